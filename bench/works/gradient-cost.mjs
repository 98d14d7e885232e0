/** What a gradient costs in units of the function: a small constant, whatever the number of variables. */
import { tensor, trace, valueAndGrad } from "../../dist/src/index.js";
import { quotient } from "../contest.mjs";
import { pytorch } from "../peers/peers.mjs";
import { rosenbrock, rosenbrockOfTensors, start } from "../rosenbrock-functions.mjs";
import { local } from "../timing.mjs";

export const title = "gradient ÷ function, Rosenbrock";

export async function* measure(run) {
  for (const n of [10, 100, 1000, ...(run.quick ? [] : [10_000])]) {
    const forms = { plain: [rosenbrock, start(n)], tensors: [rosenbrockOfTensors, tensor(start(n))] };
    for (const [form, [f, x]] of Object.entries(forms)) {
      const [value, gradient] = [trace(f), valueAndGrad(f)];
      const torch = ["gradient", "value"].map((kind) => pytorch(1, "rosenbrock", kind, n));
      const peer = form === "tensors" ? torch : undefined;
      const [over, under] = [() => local(() => gradient(x)), () => local(() => value(x))];
      yield await quotient({ what: `${form}, n = ${n}`, over, under, peer }, run);
    }
  }
}
