/** Compiled graphs of tensors agree with the reference interpreter, to rounding: every primitive, its derivatives, special values. */
import { describe, expect, test } from "vitest";
import { tensorProgram } from "../../src/compiler/program/tensor-program.ts";
import { at } from "../../src/core/exactly.ts";
import type { NdArray } from "../../src/tensor/array.ts";
import type { Graph } from "../../src/tensor/graph.ts";
import { evaluateGraph } from "../../src/tensor/interpreter.ts";
import { type PrimitiveName, type PrimitiveParams, primitives } from "../../src/tensor/primitives/index.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import type { Sample } from "../primitives/sample.ts";
import { samples } from "../primitives/samples/index.ts";
import { type Source, sourceOf } from "../primitives/source.ts";
import { subjectOf } from "../primitives/subject.ts";

const isName = (name: string): name is PrimitiveName => name in primitives;
const toSingle = (x: Tensor): Tensor => (x.dtype === "float64" ? x.cast("float32") : x);

/** Runs a program twice, so that what one call leaves behind shows in the other. */
function compiled(graph: Graph, inputs: readonly NdArray[]): NdArray[] {
  const program = tensorProgram(graph, { run: evaluateGraph });
  for (let call = 0; call < 2; call++) {
    for (const [i, x] of inputs.entries()) program.write(i, x);
    program.run();
  }
  return graph.results.map((_, i) => program.read(i));
}

/** Equal to some units in the last place of the largest element, and alike in what is not finite. */
function expectClose(found: NdArray, expected: NdArray, what: string): void {
  expect({ dtype: found.dtype, shape: found.shape }, what).toEqual({
    dtype: expected.dtype,
    shape: expected.shape,
  });
  const scale = Math.max(1e-300, ...Array.from(expected.data, Math.abs).filter(Number.isFinite));
  const tolerance = scale * (expected.dtype === "float64" ? 1e-13 : expected.dtype === "float32" ? 1e-6 : 0);
  for (const [i, y] of expected.data.entries()) {
    const x = at(found.data, i);
    if (Number.isFinite(y) && expected.dtype.startsWith("float"))
      expect(Math.abs(x - y), `${what} [${i}]: ${x} for ${y}`).toBeLessThanOrEqual(tolerance);
    else expect(x, `${what} [${i}]`).toBe(y);
  }
}

function expectSame(graph: Graph, tensors: readonly Tensor[], what: string): void {
  const inputs = tensors.map((x) => x.values());
  const expected = evaluateGraph(graph, inputs);
  for (const [i, found] of compiled(graph, inputs).entries())
    expectClose(found, at(expected, i), `${what}, output ${i}`);
}

function checkSamples<K extends PrimitiveName>(name: K): void {
  for (const make of samples[name]) {
    for (let seed = 1; seed <= 8; seed++) {
      const source: Source = sourceOf(seed);
      const { params, draw, isFixed }: Sample<PrimitiveParams[K]> = make(source);
      const drawn = draw(source);
      for (const inputs of isFixed ? [drawn] : [drawn, drawn.map(toSingle)]) {
        const subject = subjectOf(name, params, inputs);
        const what = `${name} of ${inputs.map(({ dtype, shape }) => `${dtype}[${shape}]`)}, seed ${seed}`;
        expectSame(subject.graph, inputs, what);
        const directions = inputs.filter((_, i) => subject.moving[i]);
        expectSame(subject.tangents(), [...inputs, ...directions], `tangents of ${what}`);
      }
    }
  }
}

describe("agrees with the interpreter on", () => {
  test.each(Object.keys(primitives).filter(isName))("%s", checkSamples);
});
