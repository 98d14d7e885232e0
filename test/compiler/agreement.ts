/** Compiled graphs beside the reference interpreter. */
import { expect } from "vitest";
import { runCompiled } from "../../src/compiler/program/executable.ts";
import { type TensorProgram, tensorProgram } from "../../src/compiler/program/tensor-program.ts";
import { at } from "../../src/core/exactly.ts";
import type { NdArray } from "../../src/tensor/array.ts";
import type { Graph } from "../../src/tensor/graph.ts";
import { evaluateGraph } from "../../src/tensor/interpreter.ts";
import type { TensorFunction } from "../../src/tensor/primitives/types.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { graphOf } from "../primitives/sample.ts";

/** Relative to the largest element: some roundings of each dtype. */
const tolerances = { float64: 1e-13, float32: 2e-6, int32: 0, bool: 0 } as const;

function expectClose(found: NdArray, expected: NdArray, what: string): void {
  expect([found.dtype, found.shape], what).toEqual([expected.dtype, expected.shape]);
  const scale = Math.max(1e-300, ...Array.from(expected.data, Math.abs).filter(Number.isFinite));
  for (const [i, y] of expected.data.entries()) {
    const x = at(found.data, i);
    if (Number.isFinite(y))
      expect(Math.abs(x - y), `${what} [${i}]: ${x} for ${y}`).toBeLessThanOrEqual(
        scale * tolerances[expected.dtype],
      );
    else expect(x, `${what} [${i}]`).toBe(y);
  }
}

/** Runs a graph twice, so that what one call leaves behind shows in the other; the program that ran it. */
export function expectGraph(graph: Graph, tensors: readonly Tensor[], what: string): TensorProgram {
  const inputs = tensors.map((x) => x.values());
  const program = tensorProgram(graph, { run: runCompiled });
  const expected = evaluateGraph(graph, inputs);
  for (let call = 0; call < 2; call++) {
    for (const [i, x] of inputs.entries()) program.write(i, x);
    program.run();
  }
  for (const [i, y] of expected.entries()) expectClose(program.read(i), y, `${what}, output ${i}`);
  return program;
}

/** Compares a function of tensors; the kinds of the program's units, outermost only. */
export function expectAgreement(
  f: TensorFunction,
  tensors: readonly Tensor[],
  what = "the function",
): string[] {
  const types = tensors.map(({ dtype, shape }) => ({ dtype, shape }));
  return expectGraph(graphOf(types, f), tensors, what).parts.units.units.map(({ kind }) => kind);
}
