/** One training step of a 784-128-10 network: 128 images, float32, gradient and momentum. */
import {
  logSoftmax,
  mapTree,
  matmul,
  mean,
  normal,
  oneHot,
  randomKey,
  relu,
  splitKey,
  sum,
  uniform,
  valueAndGrad,
  zeros,
} from "../dist/src/index.js";
import { timeOf } from "./timing.mjs";

export const title = "training step, 784-128-10, batch 128, float32";

const dtype = "float32";
const [first, second, third, fourth] = splitKey(randomKey(1), 4);

function loss({ w1, b1, w2, b2 }, images, labels) {
  const hidden = relu(matmul(images, w1).add(b1));
  return mean(sum(logSoftmax(matmul(hidden, w2).add(b2)).mul(labels), 1)).neg();
}

export function* measure({ timing, peer }) {
  const images = uniform(first, [128, 784], { dtype });
  const labels = oneHot(uniform(second, [128], { high: 10 }).floor().cast("int32"), 10, dtype);
  let parameters = {
    w1: normal(third, [784, 128], { std: 0.05, dtype }),
    b1: zeros([128], dtype),
    w2: normal(fourth, [128, 10], { std: 0.1, dtype }),
    b2: zeros([10], dtype),
  };
  let velocity = mapTree((w) => w.zerosLike(), parameters);
  const lossAndGradient = valueAndGrad(loss);
  const step = () => {
    const { grad } = lossAndGradient(parameters, images, labels);
    velocity = mapTree((v, g) => v.mul(0.9).add(g), velocity, grad);
    parameters = mapTree((w, v) => w.sub(v.mul(0.01)), parameters, velocity);
  };
  yield { what: "reference interpreter", ours: timeOf(step, timing), unit: "ms", peer: peer.trainingStep };
}
