/** The side of TensorFlow.js with its WebAssembly backend. */
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { labels, rate, uniform, weights } from "../inputs.mjs";
import { answer } from "./answer.mjs";

const weight = (shape, fanIn, seed) =>
  tf.tensor(Float32Array.from(weights(tf.util.sizeFromShape(shape), fanIn, seed)), shape);
const bias = (length) => tf.variable(tf.zeros([length]));
const dense = (inputs, outputs, seed) => tf.variable(weight([inputs, outputs], inputs, seed));
/** Kernels and images have their channels last here. */
const kernel = (inputs, outputs, seed) =>
  tf.variable(tf.transpose(weight([outputs, inputs, 5, 5], 25 * inputs, seed), [2, 3, 1, 0]));

/** A step of Adam; the loss is read, as in the other libraries. */
function training(shape, logits) {
  const images = tf.tensor(Float32Array.from(uniform(tf.util.sizeFromShape(shape), 0)), shape);
  const targets = tf.oneHot(tf.tensor1d(labels(shape[0], 10), "int32"), 10).toFloat();
  const adam = tf.train.adam(rate);
  const call = () => {
    const loss = adam.minimize(() => tf.losses.softmaxCrossEntropy(targets, logits(images)), true);
    const [value] = loss.dataSync();
    loss.dispose();
    return value;
  };
  return { call, check: call };
}

function adamStep() {
  const [w1, b1, w2, b2] = [dense(784, 256, 1), bias(256), dense(256, 10, 2), bias(10)];
  return training([128, 784], (x) => tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(x, w1), b1)), w2), b2));
}

function cnnStep() {
  giveFilterGradient();
  const [k1, k2] = [kernel(1, 6, 1), kernel(6, 16, 2)];
  // The rows of the first dense layer follow the channels; the same network wants them in the order of these images.
  const w3 = tf.variable(
    weight([256, 120], 256, 3).reshape([16, 4, 4, 120]).transpose([1, 2, 0, 3]).reshape([256, 120]),
  );
  const [w4, w5] = [dense(120, 84, 4), dense(84, 10, 5)];
  const [b1, b2, b3, b4, b5] = [6, 16, 120, 84, 10].map(bias);
  const convolve = (x, k, b) => tf.maxPool(tf.relu(tf.add(tf.conv2d(x, k, 1, "valid"), b)), 2, 2, "valid");
  return training([64, 28, 28, 1], (x) => {
    const features = convolve(convolve(x, k1, b1), k2, b2).reshape([64, 256]);
    const first = tf.relu(tf.add(tf.matMul(features, w3), b3));
    return tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(first, w4), b4)), w5), b5);
  });
}

/**
 * The backend lacks the derivative of a convolution by its kernel. It is a convolution too, of the images with what flows back,
 * the batch taking the place of the channels: that lets the network be trained with the backend's own kernels.
 */
function giveFilterGradient() {
  tf.registerKernel({
    kernelName: "Conv2DBackpropFilter",
    backendName: "wasm",
    kernelFunc: ({ inputs: { x, dy } }) => {
      const product = tf.conv2d(tf.transpose(x, [3, 1, 2, 0]), tf.transpose(dy, [1, 2, 0, 3]), 1, "valid");
      return tf.transpose(product, [1, 2, 0, 3]);
    },
  });
}

tf.enableProdMode();
if (await tf.setBackend("wasm")) {
  await answer(tf.version.tfjs, { "adam-step": adamStep, "cnn-step": cnnStep });
}
