/** The first call: walking the source, differentiating the graph, evaluating it once. The promise is below 1,000 ms for n = 1,000. */
import { grad, hvp } from "../dist/src/index.js";
import { rosenbrock, start } from "./rosenbrock.mjs";
import { timeOfFirst } from "./timing.mjs";

export const title = "tracing and differentiating, Rosenbrock in plain arithmetic";

export function* measure({ timing }) {
  for (const n of [100, 1000]) {
    const x = start(n);
    const first = (derivative) => timeOfFirst(() => () => derivative()(x), timing);
    yield { what: `first gradient, n = ${n}`, ours: first(() => grad(rosenbrock)), unit: "ms" };
    const product = timeOfFirst(() => () => hvp(rosenbrock)(x, x), timing);
    yield { what: `first Hessian-vector product, n = ${n}`, ours: product, unit: "ms" };
  }
}
