/** The first call: walking the source, differentiating the graph, evaluating it once. The promise is below 1,000 ms for n = 1,000. */
import { grad, hvp } from "../../dist/src/index.js";
import { figure } from "../contest.mjs";
import { rosenbrock, start } from "../rosenbrock-functions.mjs";
import { timeOfFirst } from "../timing.mjs";

export const title = "tracing and differentiating, Rosenbrock in plain arithmetic";

export function* measure({ timing }) {
  for (const n of [100, 1000]) {
    const x = start(n);
    const first = (derivative) => timeOfFirst(() => () => derivative()(x), timing);
    const row = (what, value) => figure({ what: `first ${what}, n = ${n}`, value, unit: "ms", bar: 1000 });
    yield row(
      "gradient",
      first(() => grad(rosenbrock)),
    );
    const product = timeOfFirst(() => () => hvp(rosenbrock)(x, x), timing);
    yield row("Hessian-vector product", product);
  }
}
