/** One step of Adam on a network 784-256-10: 128 images, float32. */
import { relu, tensor, zeros } from "../../dist/src/index.js";
import { against, contest, onNode } from "../contest.mjs";
import { labels, rate, uniform, weights } from "../inputs.mjs";
import { crossEntropy, kernelsText, native, trained, wasm } from "../ours.mjs";
import { jaxJs, pytorch, tfjs } from "../peers/peers.mjs";

export const title = "Adam step, 784-256-10, batch 128, float32";

const [batch, pixels, hidden, classes] = [128, 784, 256, 10];
const parameterCount = (pixels + 1) * hidden + (hidden + 1) * classes;

/** The mean loss of a batch. */
export const lossOf = ({ w1, b1, w2, b2 }, images, labels) =>
  crossEntropy(relu(images.matmul(w1).add(b1)).matmul(w2).add(b2), labels);

/** What the step begins with. */
export function inputs() {
  const matrix = (shape, seed) =>
    tensor(weights(shape[0] * shape[1], shape[0], seed), { dtype: "float32", shape });
  return {
    parameters: {
      w1: matrix([pixels, hidden], 1),
      b1: zeros([hidden], "float32"),
      w2: matrix([hidden, classes], 2),
      b2: zeros([classes], "float32"),
    },
    images: tensor(uniform(batch * pixels, 0), { dtype: "float32", shape: [batch, pixels] }),
    labels: tensor(labels(batch, classes)),
    rate,
  };
}

/** Forward and two products backward for each layer, but no gradient of the images. */
const operations = 2 * batch * (2 * pixels * hidden + 3 * hidden * classes);
/** Parameters and both moments are read and written, the gradient is written and read; images are read twice. */
const bytes = 4 * (8 * parameterCount + 2 * batch * pixels);

export async function* measure(run) {
  const row = (kernels, peers, what = kernelsText(kernels)) => {
    const ours = () => trained(kernels, lossOf, inputs());
    const { threads } = kernels;
    return contest(
      { what, ours, peers, check: (made) => made.step(), operations, bytes, dtype: "float32", threads },
      run,
    );
  };
  const torch = (threads, bar) => against(pytorch(threads, "adam-step"), bar);
  yield await row(native(1), [
    torch(1, 0.8),
    against(jaxJs("adam-step"), 0.3),
    against(tfjs("adam-step"), 0.05),
  ]);
  yield await row(native(2), [torch(2, 0.8)]);
  yield await row(wasm(1), [torch(1)]);
  yield await row(wasm(2), [torch(2, onNode({ 20: 1.3, 26: 0.8 })), against(jaxJs("adam-step"), 0.4)]);
  if (onNode({ 20: false, 26: true }))
    yield await row({ ...wasm(2), wide: true }, [torch(2, 0.5)], "wasm-threads, 2 threads, wide");
}
