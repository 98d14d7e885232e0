/** Derivatives by central differences, Richardson's extrapolation, and how results are compared. */
import { expect } from "vitest";
import { at } from "../../src/core/exactly.ts";
import { isFloat } from "../../src/tensor/dtype.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { floats, type Source } from "./source.ts";

/** A function of a list of tensors, evaluated at once. */
export type Evaluate = (inputs: readonly Tensor[]) => readonly Tensor[];

/**
 * Steps of 2⁻⁶ to 2⁻⁹ leave a truncation error of 2⁻⁶⁰·f⁽⁹⁾/9!, which is 1e-15 where the nearest singularity is 0.4 away, and
 * a rounding error of some 2⁹·ε ≈ 1e-13 relative to f. What is left is for sums of a few hundred such terms and for samples
 * whose derivative is small beside the value.
 */
export const differenceTolerance = 1e-10;

/** Sums may be taken in another order, over at most a few hundred elements. */
export const roundingTolerance = 1e-12;

/** The same in float32, whose rounding unit is 6e-8. */
export const singleTolerance = 2e-5;

/** Random directions for the float inputs, `undefined` for the others. */
export function directionsOf(inputs: readonly Tensor[], source: Source): (Tensor | undefined)[] {
  return inputs.map((x) =>
    isFloat(x.dtype) ? floats(x.shape, () => source.uniform(-1, 1)).cast(x.dtype) : undefined,
  );
}

/** d/dt f(x + t v) at t = 0, by Richardson's extrapolation; outputs that are no floats give zeros. */
export function differences(
  f: Evaluate,
  inputs: readonly Tensor[],
  directions: readonly (Tensor | undefined)[],
): Float64Array[] {
  const valueAt = (t: number): Float64Array[] =>
    f(inputs.map((x, i) => directions[i]?.mul(t).add(x) ?? x)).map((y) =>
      isFloat(y.dtype) ? Float64Array.from(y.toTypedArray()) : new Float64Array(y.size),
    );
  const central = (h: number): Float64Array[] => {
    const [right, left] = [valueAt(h), valueAt(-h)];
    return right.map((values, i) => values.map((value, k) => (value - at(at(left, i), k)) / (2 * h)));
  };
  let column = [6, 7, 8, 9].map((power) => central(2 ** -power));
  for (let factor = 4; column.length > 1; factor *= 4) {
    column = column
      .slice(1)
      .map((finer, i) =>
        finer.map((values, k) =>
          values.map((value, j) => value + (value - at(at(at(column, i), k), j)) / (factor - 1)),
        ),
      );
  }
  return at(column, 0);
}

/** Expects equality up to `tolerance` times the largest magnitude (at least 1) of each tensor. */
export function expectClose(
  actual: readonly (Tensor | undefined)[],
  expected: readonly ArrayLike<number>[],
  tolerance: number,
  what: string,
): void {
  expect(actual.length, `${what}: number of results`).toBe(expected.length);
  for (const [i, values] of expected.entries()) {
    const data = actual[i]?.toTypedArray() ?? new Float64Array(values.length);
    expect(data.length, `${what}: elements of result ${i}`).toBe(values.length);
    let worst = 0;
    let scale = 1;
    for (let k = 0; k < values.length; k++) {
      const [a, b] = [at(data, k), at(values, k)];
      if (Object.is(a, b)) continue;
      const distance = Math.abs(a - b);
      // A NaN on one side only makes the maximum NaN, and fails.
      worst = Math.max(worst, distance);
      if (Number.isNaN(worst)) break;
      scale = Math.max(scale, Math.abs(b));
    }
    if (!(worst <= tolerance * scale)) {
      expect(Array.from(data), `${what}: result ${i}, off by ${worst}`).toEqual(Array.from(values));
    }
  }
}

/** Σ aᵢbᵢ over all pairs of tensors, and the sum of magnitudes that bounds its rounding. */
export function innerProduct(
  a: readonly (Tensor | undefined)[],
  b: readonly (Tensor | undefined)[],
): { value: number; magnitude: number } {
  let value = 0;
  let magnitude = 0;
  for (const [i, x] of a.entries()) {
    const y = b[i];
    if (x === undefined || y === undefined) continue;
    const [left, right] = [x.toTypedArray(), y.toTypedArray()];
    expect(left.length).toBe(right.length);
    for (let k = 0; k < left.length; k++) {
      const product = at(left, k) * at(right, k);
      value += product;
      magnitude += Math.abs(product);
    }
  }
  return { value, magnitude };
}
