/** Heap that stays with a traced function, for each step of its graph: the same for small and large graphs. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { readTree } from "../../dist/src/autodiff/reading.js";
import { tracer } from "../../dist/src/autodiff/traced.js";
import { gradientGraph } from "../../dist/src/autodiff/transforms.js";
import { figure } from "../contest.mjs";
import { rosenbrock, start } from "../rosenbrock-functions.mjs";

export const title = "heap held by a traced function";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

export function* measure() {
  // The first trace also parses the source and loads what it needs.
  tracer("bench", rosenbrock)([readTree(start(10), "bench")]);
  for (const n of [1000, 4000]) {
    const point = readTree(start(n), "bench");
    const before = heap();
    const { graph } = tracer("bench", rosenbrock)([point]);
    const traced = heap();
    const gradient = gradientGraph(
      graph,
      graph.inputs.map(() => true),
    );
    const both = heap();
    const [steps, more] = [graph.steps.length, gradient.steps.length];
    yield figure({ what: `function, ${steps} steps`, value: (traced - before) / steps, unit: "B/step" });
    yield figure({ what: `gradient, ${more} steps`, value: (both - traced) / more, unit: "B/step" });
  }
}

function heap() {
  collect();
  return process.memoryUsage().heapUsed;
}
