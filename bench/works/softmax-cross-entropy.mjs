/** Softmax cross-entropy of 1024 rows of 1000 logits, value and gradient, float32. */
import { tensor, valueAndGrad, zeros } from "../../dist/src/index.js";
import { against, contest, onNode } from "../contest.mjs";
import { labels, uniform } from "../inputs.mjs";
import { crossEntropy, kernelsText, resident, wasm } from "../ours.mjs";
import { pytorch } from "../peers/peers.mjs";

export const title = "softmax cross-entropy forward and backward, 1024 × 1000, float32";

const [rows, classes] = [1024, 1000];

export async function* measure(run) {
  const logits = tensor(uniform(rows * classes, 1), { dtype: "float32", shape: [rows, classes] }).mul(8);
  for (const threads of [1, 2]) {
    const start = {
      logits,
      targets: tensor(labels(rows, classes)),
      gradient: zeros([rows, classes], "float32"),
      loss: zeros([], "float32"),
    };
    const step = ({ logits, targets }) => {
      const { value, grad } = valueAndGrad(crossEntropy)(logits, targets);
      return { logits, targets, gradient: grad, loss: value };
    };
    const ours = () => resident(wasm(threads), step, start);
    const check = (made) => made.next().loss.item();
    const peers = [against(pytorch(threads, "softmax-cross-entropy"), onNode({ 20: 0.9, 26: 0.6 }))];
    const what = kernelsText(wasm(threads));
    // An exponential, a maximum, sums and a product for each element; logits are read, the gradient is written.
    const facts = { operations: 35 * rows * classes, bytes: 8 * rows * classes, dtype: "float32", threads };
    yield await contest({ what, ours, peers, check, ...facts }, run);
  }
}
