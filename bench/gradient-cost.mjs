/** What a gradient costs in units of the function: a small constant, whatever the number of variables. */
import { tensor, trace, valueAndGrad } from "../dist/src/index.js";
import { rosenbrock, rosenbrockOfTensors, start } from "./rosenbrock.mjs";
import { timesOf } from "./timing.mjs";

export const title = "gradient ÷ function, Rosenbrock";

export function* measure({ timing, quick, peer }) {
  for (const n of [10, 100, 1000, ...(quick ? [] : [10_000])]) {
    const forms = { plain: [rosenbrock, start(n)], tensors: [rosenbrockOfTensors, tensor(start(n))] };
    for (const [form, [f, x]] of Object.entries(forms)) {
      const [value, gradient] = [trace(f), valueAndGrad(f)];
      const [slope, base] = timesOf([() => gradient(x), () => value(x)], timing);
      const torch = form === "tensors" ? peer.rosenbrock?.[n] : undefined;
      yield {
        what: `${form}, n = ${n}`,
        ours: slope / base,
        unit: "×",
        peer: torch && torch.gradient / torch.value,
      };
    }
  }
}
