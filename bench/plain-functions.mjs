/** Value and gradient of a function in plain arithmetic, compiled, beside the same written by hand in JavaScript. */
import { readTree } from "../dist/src/autodiff/reading.js";
import { pointMask, tracer } from "../dist/src/autodiff/traced.js";
import { gradientGraph } from "../dist/src/autodiff/transforms.js";
import { scalarProgram } from "../dist/src/compiler/scalar/program.js";
import { rosenbrock, start } from "./rosenbrock.mjs";
import { timesOf } from "./timing.mjs";

export const title = "value and gradient, compiled (peer: by hand)";

export function* measure({ timing }) {
  for (const n of [2, 10, 1000]) {
    const x = start(n);
    const traced = tracer("bench", rosenbrock)([readTree(x, "bench")]);
    const program = scalarProgram(gradientGraph(traced.graph, pointMask(traced)));
    const outputs = new Float64Array(n + 1);
    const gradient = new Float64Array(n);
    const [ours, byHand] = timesOf([() => program.run(x, outputs), () => handWritten(x, gradient)], timing);
    yield { what: `Rosenbrock, n = ${n}`, ours: 1e3 * ours, unit: "µs", peer: 1e3 * byHand };
  }
}

/** What somebody who knows the derivative would write. */
function handWritten(x, gradient) {
  let value = 0;
  gradient.fill(0);
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b] = [x[i + 1] - x[i] * x[i], 1 - x[i]];
    value += 100 * a * a + b * b;
    gradient[i] += -400 * a * x[i] - 2 * b;
    gradient[i + 1] += 200 * a;
  }
  return value;
}
