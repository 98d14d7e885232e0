/** Value and gradient of Rosenbrock's function through the public interface, beside the same written by hand. */
import { tensor, valueAndGrad } from "../../dist/src/index.js";
import { against, contest } from "../contest.mjs";
import { called, wasm } from "../ours.mjs";
import { pytorch } from "../peers/peers.mjs";
import { handWritten, rosenbrock, rosenbrockOfTensors, start } from "../rosenbrock-functions.mjs";
import { local } from "../timing.mjs";

export const title = "value and gradient of Rosenbrock's function (peer: written by hand)";

export async function* measure(run) {
  for (const n of [2, 10, 1000]) {
    const x = start(n);
    const ours = () => called(wasm(1), valueAndGrad(rosenbrock), x);
    const check = (made) => lastOf(made.value().grad);
    const peers = [byHand(x, n === 2 ? 2 : 1.5)];
    yield await contest({ what: `plain arithmetic, n = ${n}`, ours, peers, check }, run);
  }
  const x = start(1000);
  const ours = () => called(wasm(1), valueAndGrad(rosenbrockOfTensors), tensor(x));
  const check = (made) => lastOf(made.value().grad.toTypedArray());
  const peers = [byHand(x, 1), against(pytorch(1, "rosenbrock", "gradient", 1000))];
  yield await contest({ what: "tensors, n = 1000", ours, peers, check }, run);
}

function byHand(x, bar) {
  const call = () => handWritten(x);
  return against({ ...local(call), name: "by hand", answer: () => lastOf(call().grad) }, bar);
}

/** The last derivative, by which the peers are checked. */
const lastOf = (gradient) => gradient[gradient.length - 1];
