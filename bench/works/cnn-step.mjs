/** One step of Adam on a network like LeNet-5 (LeCun et al. 1998, figure 2) for images of 28 × 28: 64 images, float32. */
import { conv2d, maxPool2d, relu, tensor, zeros } from "../../dist/src/index.js";
import { against, contest } from "../contest.mjs";
import { labels, rate, uniform, weights } from "../inputs.mjs";
import { crossEntropy, kernelsText, native, trained, wasm } from "../ours.mjs";
import { jaxJs, pytorch, tfjs } from "../peers/peers.mjs";

export const title = "step of a LeNet-5-like network on 28 × 28, batch 64, float32";

const batch = 64;

function logitsOf({ k1, c1, k2, c2, w3, b3, w4, b4, w5, b5 }, images) {
  const convolved = (x, kernel, bias) => maxPool2d(relu(conv2d(x, kernel).add(bias.reshape([-1, 1, 1]))), 2);
  const features = convolved(convolved(images, k1, c1), k2, c2).reshape([batch, 256]);
  const first = relu(features.matmul(w3).add(b3));
  return relu(first.matmul(w4).add(b4)).matmul(w5).add(b5);
}

const lossOf = (parameters, images, labels) => crossEntropy(logitsOf(parameters, images), labels);

function cnnStep(kernels) {
  const filled = (shape, fanIn, seed) => {
    const count = shape.reduce((size, n) => size * n, 1);
    return tensor(weights(count, fanIn, seed), { dtype: "float32", shape });
  };
  const bias = (length) => zeros([length], "float32");
  return trained(kernels, lossOf, {
    parameters: {
      k1: filled([6, 1, 5, 5], 25, 1),
      c1: bias(6),
      k2: filled([16, 6, 5, 5], 150, 2),
      c2: bias(16),
      w3: filled([256, 120], 256, 3),
      b3: bias(120),
      w4: filled([120, 84], 120, 4),
      b4: bias(84),
      w5: filled([84, 10], 84, 5),
      b5: bias(10),
    },
    images: tensor(uniform(batch * 784, 0), { dtype: "float32", shape: [batch, 1, 28, 28] }),
    labels: tensor(labels(batch, 10)),
    rate,
  });
}

/** Products forward and two backward, but no gradient of the images. */
const first = 6 * 24 * 24 * 25;
const others = 16 * 8 * 8 * 6 * 25 + 256 * 120 + 120 * 84 + 84 * 10;
const operations = 2 * batch * (2 * first + 3 * others);
/** Activations of both convolutions are written, read by the pool, and the same backward; Adam as in adam-step. */
const activations = batch * (6 * 24 * 24 + 16 * 8 * 8);
const bytes = 4 * (4 * activations + 8 * 44_426);

export async function* measure(run) {
  const row = (kernels, peers) => {
    const ours = () => cnnStep(kernels);
    const { threads } = kernels;
    const what = kernelsText(kernels);
    return contest(
      { what, ours, peers, check: (made) => made.step(), operations, bytes, dtype: "float32", threads },
      run,
    );
  };
  const torch = (threads, bar) => against(pytorch(threads, "cnn-step"), bar);
  yield await row(native(1), [torch(1, 1), against(tfjs("cnn-step"), 0.1), against(jaxJs("cnn-step"))]);
  yield await row(native(2), [torch(2, 1)]);
  yield await row(wasm(1), [torch(1)]);
  yield await row(wasm(2), [torch(2)]);
}
