/** Comparing tensors with values that came from elsewhere. */
import { expect } from "vitest";
import { gradientGraph } from "../../src/autodiff/transforms.ts";
import { at } from "../../src/core/exactly.ts";
import type { Dtype, NestedArray, Operand } from "../../src/tensor/index.ts";
import { evaluateGraph } from "../../src/tensor/interpreter.ts";
import { Tensor, toTensor } from "../../src/tensor/tensor.ts";
import { traceFunctions } from "../../src/tensor/trace.ts";

/** Relative, elementwise: mathematical libraries differ by a few units in the last place (2.2e-16 in float64). */
const tolerances = { float64: 4e-15, float32: 4e-7, int32: 0, bool: 0 };

/** Expects dtype (float64 unless said), shape, and values up to rounding or the given relative tolerance. */
export function expectTensor(
  actual: Tensor,
  expected: NestedArray,
  { dtype = "float64", tolerance = tolerances[dtype] }: { dtype?: Dtype; tolerance?: number } = {},
): void {
  expect(actual.dtype).toBe(dtype);
  if (!isClose(actual.toArray(), expected, tolerance)) expect(actual.toArray()).toEqual(expected);
}

function isClose(actual: NestedArray, expected: NestedArray, tolerance: number): boolean {
  if (Array.isArray(actual) && Array.isArray(expected)) {
    return (
      actual.length === expected.length &&
      actual.every((item, i) => isClose(item, at(expected, i), tolerance))
    );
  }
  if (typeof actual !== "number" || typeof expected !== "number") return actual === expected;
  if (actual === expected || (Number.isNaN(actual) && Number.isNaN(expected))) return true;
  return Math.abs(actual - expected) <= tolerance * Math.abs(expected);
}

/** The gradient of a scalar function, or of the sum of its elements, by each of its arguments. */
export function gradients(f: (...inputs: Tensor[]) => Tensor, ...operands: readonly Operand[]): Tensor[] {
  const inputs = operands.map((x) => (typeof x === "number" ? toTensor(x).cast("float64") : toTensor(x)));
  const { graphs } = traceFunctions(inputs, [(values) => [f(...values).sum()]]);
  const graph = gradientGraph(
    at(graphs, 0),
    inputs.map(() => true),
  );
  const results = evaluateGraph(
    graph,
    inputs.map((x) => x.values()),
  );
  return results.slice(1).map((y) => new Tensor(y, y.data));
}

/** The gradient by the only argument. */
export function gradient(f: (x: Tensor) => Tensor, x: Operand): Tensor {
  return at(
    gradients((first = toTensor(x)) => f(first), x),
    0,
  );
}
