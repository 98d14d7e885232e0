/**
 * One step of training as `train` takes it, on a network 784-256-10: 128 of 12,800 images drawn without order, bytes scaled to [0, 1], the step of Adam,
 * the norms of the gradient and the accuracy of the batch.
 */
import { accuracy, adam, crossEntropy, dense, randomKey, relu, sequential } from "../../dist/src/index.js";
import { arrayLoader } from "../../dist/src/train/batches/array-loader.js";
import { keyFor } from "../../dist/src/train/course/keys.js";
import { learnerOf } from "../../dist/src/train/course/learner.js";
import { divide } from "../../dist/src/train/course/statistics.js";
import { against, contest } from "../contest.mjs";
import { labels, rate, uniform } from "../inputs.mjs";
import { kernelsText, native, use, wasm } from "../ours.mjs";
import { pytorch } from "../peers/peers.mjs";
import { local } from "../timing.mjs";

export const title = "training step, 784-256-10, batch 128 of 12,800 images, float32";

const [count, batch, pixels, hidden, classes] = [12_800, 128, 784, 256, 10];
const parameterCount = (pixels + 1) * hidden + (hidden + 1) * classes;

function stepOf(kernels) {
  use(kernels);
  const data = Uint8Array.from(uniform(count * pixels, 0), (x) => 255 * x);
  const source = {
    inputs: { data, shape: [count, pixels], dtype: "float32" },
    targets: { data: Int32Array.from(labels(count, classes)), shape: [count], dtype: "int32" },
    standardization: { mean: [0], scale: [255] },
    classWeights: undefined,
  };
  const loader = arrayLoader(source, { batchSize: batch, lastBatch: "keep", seed: 1 });
  const model = sequential([
    dense({ inputs: pixels, outputs: hidden }),
    relu,
    dense({ inputs: hidden, outputs: classes }),
  ]);
  const start = model.init(randomKey(1));
  const [first] = loader.epoch(1, 0);
  const { transformation } = adam({ rate });
  const division = divide(model, start, first.inputs, randomKey(2));
  const learner = learnerOf({
    model,
    start,
    division,
    loss: crossEntropy(),
    metrics: [accuracy],
    transformation,
  });
  let [epoch, t] = [0, 0];
  let batches = [][Symbol.iterator]();
  const step = () => {
    let next = batches.next();
    if (next.done) {
      epoch += 1;
      batches = loader.epoch(epoch, 0)[Symbol.iterator]();
      next = batches.next();
    }
    t += 1;
    return learner.learn(t, next.value, keyFor(1, "layers", t)).loss;
  };
  return Object.assign(local(step), { step });
}

const operations = 2 * batch * (2 * pixels * hidden + 3 * hidden * classes);
/** As in adam-step, and the images are read as bytes and written as floats. */
const bytes = 4 * (8 * parameterCount + 3 * batch * pixels) + batch * pixels;

export async function* measure(run) {
  const row = (kernels, peers) => {
    const ours = () => stepOf(kernels);
    const { threads } = kernels;
    const what = kernelsText(kernels);
    return contest({ what, ours, peers, operations, bytes, dtype: "float32", threads }, run);
  };
  const torch = (threads) => against(pytorch(threads, "training"), 0.8);
  yield await row(native(1), [torch(1)]);
  yield await row(native(2), [torch(2)]);
  yield await row(wasm(1), [against(pytorch(1, "training"))]);
}
