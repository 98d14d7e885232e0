/** The side of jax-js with its WebAssembly backend. Arrays are counted: what is used again is passed by `.ref`. */
import { readFileSync } from "node:fs";
import { defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { labels, rate, uniform, weights } from "../inputs.mjs";
import { answer } from "./answer.mjs";

const sizeOf = (shape) => shape.reduce((size, n) => size * n, 1);
const array = (numbers, shape) => np.array(Float32Array.from(numbers)).reshape(shape);
const weight = (shape, fanIn, seed) => array(weights(sizeOf(shape), fanIn, seed), shape);
const bias = (length) => np.zeros([length]);

/** Adam as its paper has it, with the loss in one compiled function. */
function training(logits, parameters, shape) {
  const lossOf = (w, images, targets) =>
    np.mean(np.sum(nn.logSoftmax(logits(w, images)).mul(targets), 1)).mul(-1);
  const step = jit(({ w, m, v }, images, targets, first, second) => {
    const [loss, g] = valueAndGrad(lossOf)(tree.ref(w), images, targets);
    const nextM = tree.map((m, g) => m.mul(0.9).add(g.mul(0.1)), m, tree.ref(g));
    const nextV = tree.map((v, g) => v.mul(0.999).add(np.square(g).mul(0.001)), v, g);
    const moved = tree.map(
      (w, m, v) =>
        w.sub(
          m
            .mul(first.ref)
            .div(np.sqrt(v.mul(second.ref)).add(1e-8))
            .mul(rate),
        ),
      w,
      tree.ref(nextM),
      tree.ref(nextV),
    );
    first.dispose();
    second.dispose();
    return [{ w: moved, m: nextM, v: nextV }, loss];
  });
  const images = array(uniform(sizeOf(shape), 0), shape);
  const targets = nn.oneHot(np.array(labels(shape[0], 10), { dtype: np.int32 }), 10);
  const zeros = () => tree.map((w) => np.zerosLike(w), tree.ref(parameters));
  let state = { w: parameters, m: zeros(), v: zeros() };
  let t = 0;
  const call = () => {
    t++;
    const corrections = [1 / (1 - 0.9 ** t), 1 / (1 - 0.999 ** t)].map((c) => np.array(c));
    const [next, loss] = step(state, images.ref, targets.ref, ...corrections);
    state = next;
    return loss.js();
  };
  return { call, check: call };
}

function adamStep() {
  const parameters = {
    w1: weight([784, 256], 784, 1),
    b1: bias(256),
    w2: weight([256, 10], 256, 2),
    b2: bias(10),
  };
  const logits = ({ w1, b1, w2, b2 }, x) => np.matmul(nn.relu(np.matmul(x, w1).add(b1)), w2).add(b2);
  return training(logits, parameters, [128, 784]);
}

function cnnStep() {
  const parameters = {
    k1: weight([6, 1, 5, 5], 25, 1),
    c1: bias(6),
    k2: weight([16, 6, 5, 5], 150, 2),
    c2: bias(16),
    w3: weight([256, 120], 256, 3),
    b3: bias(120),
    w4: weight([120, 84], 120, 4),
    b4: bias(84),
    w5: weight([84, 10], 84, 5),
    b5: bias(10),
  };
  const logits = ({ k1, c1, k2, c2, w3, b3, w4, b4, w5, b5 }, x) => {
    const features = convolve(convolve(x, k1, c1, [6, 12]), k2, c2, [16, 4]).reshape([64, 256]);
    const first = nn.relu(np.matmul(features, w3).add(b3));
    return np.matmul(nn.relu(np.matmul(first, w4).add(b4)), w5).add(b5);
  };
  return training(logits, parameters, [64, 1, 28, 28]);
}

/** Convolution, relu, and the largest of each 2 × 2; the result is `[64, channels, size, size]`. */
function convolve(x, kernel, bias, [channels, size]) {
  const convolved = nn.relu(lax.conv(x, kernel, [1, 1], "VALID").add(bias.reshape([channels, 1, 1])));
  return np.max(convolved.reshape([64, channels, size, 2, size, 2]), [3, 5]);
}

const manifest = new URL("../node_modules/@jax-js/jax/package.json", import.meta.url);
await init("wasm");
defaultDevice("wasm");
await answer(JSON.parse(readFileSync(manifest, "utf8")).version, {
  "adam-step": adamStep,
  "cnn-step": cnnStep,
});
