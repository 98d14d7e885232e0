/** Random graphs, compiled, agree with the interpreter: bit for bit where nothing is rounded otherwise. */
import { expect, test } from "vitest";
import { checkGraph } from "./graph-check.ts";
import { describeGraph, shrink } from "./graph-shrink.ts";
import { type RandomGraph, randomGraph, randomTransform } from "./random-graphs.ts";
import type { Elements } from "./random-pool.ts";

const kinds: readonly Elements[] = ["whole", "any", "ordinary"];

/** What is wrong with a graph, with the smallest graph that shows it. */
function faultOf({ graph, inputs }: RandomGraph): string | undefined {
  const fault = checkGraph(graph, inputs);
  if (fault === undefined) return undefined;
  const small = shrink(graph, inputs, checkGraph);
  return `${fault}\n${checkGraph(small.graph, small.inputs)}\n${describeGraph(small.graph, small.inputs)}`;
}

test.each([0, 240, 480, 720, 960])("240 graphs from seed %i", (first) => {
  for (let seed = first; seed < first + 240; seed++) {
    const elements = kinds[seed % 3] ?? "any";
    const made =
      seed % 5 === 4
        ? randomTransform(seed, 2 + (seed % 11), elements)
        : randomGraph(seed, 2 + (seed % 13), elements);
    expect(faultOf(made), `seed ${seed}, ${elements}`).toBeUndefined();
  }
});
