/** Value and gradient of a function in plain arithmetic by its program alone, beside the same written by hand. */
import { readTree } from "../../dist/src/autodiff/reading.js";
import { pointMask, tracer } from "../../dist/src/autodiff/traced.js";
import { gradientGraph } from "../../dist/src/autodiff/transforms.js";
import { scalarProgram } from "../../dist/src/compiler/scalar/program.js";
import { against, contest } from "../contest.mjs";
import { handWritten, rosenbrock, start } from "../rosenbrock-functions.mjs";
import { local } from "../timing.mjs";

export const title = "program of value and gradient, without the call around it (peer: written by hand)";

export async function* measure(run) {
  for (const n of [2, 10, 1000]) {
    const x = start(n);
    const traced = tracer("bench", rosenbrock)([readTree(x, "bench")]);
    const program = scalarProgram(gradientGraph(traced.graph, pointMask(traced)));
    const outputs = new Float64Array(n + 1);
    const gradient = x.slice();
    const byHand = local(() => handWritten(x, gradient.fill(0)));
    const ours = () => local(() => program.run(x, outputs));
    const peers = [against({ ...byHand, name: "by hand" })];
    yield await contest({ what: `Rosenbrock, n = ${n}`, ours, peers }, run);
  }
}
