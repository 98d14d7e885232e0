/** What compiled random graphs give, bit for bit, as short texts: for comparing engines. Runs in Node and in pages. */
import { runCompiled } from "../../src/compiler/program/executable.ts";
import { tensorProgram } from "../../src/compiler/program/tensor-program.ts";
import { useKernels } from "../../src/kernels/index.ts";
import type { NdArray } from "../../src/tensor/array.ts";
import { randomGraph, randomTransform } from "./random-graphs.ts";

/** The texts of graphs from one seed to before another, with kernels that give the same bits everywhere. */
export function bitsOfGraphs(first: number, end: number): string[] {
  useKernels({ deterministic: true });
  return Array.from({ length: end - first }, (_, i) => bitsOf(first + i));
}

function bitsOf(seed: number): string {
  const make = seed % 4 === 3 ? randomTransform : randomGraph;
  const { graph, inputs } = make(seed, 2 + (seed % 9), seed % 2 === 0 ? "any" : "ordinary");
  const program = tensorProgram(graph, { run: runCompiled });
  for (const [i, x] of inputs.entries()) program.write(i, x);
  program.run();
  return graph.results.map((_, i) => digest(program.read(i))).join();
}

/** FNV-1a over the elements' bytes; all NaN are one. */
function digest({ data, dtype, shape }: NdArray): string {
  const same = data.map((x) => (Number.isNaN(x) ? Number.NaN : x));
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(same.buffer)) hash = Math.imul(hash ^ byte, 0x01000193);
  return `${dtype}[${shape}]${(hash >>> 0).toString(16)}`;
}
