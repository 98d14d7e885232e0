/** Comparison of trees of numbers and tensors by the norm of their difference. */
import { expect } from "vitest";
import { flattenTree, Tensor } from "../../src/index.ts";

/** All numbers of a tree, end to end. */
export function numbersOf(tree: unknown): number[] {
  return flattenTree(tree).leaves.flatMap((leaf) =>
    leaf instanceof Tensor ? [...leaf.toTypedArray()] : typeof leaf === "number" ? [leaf] : [...leaf],
  );
}

/** ‖actual − expected‖ / max(‖expected‖, floor). */
export function relativeDistance(actual: unknown, expected: unknown, floor = Number.MIN_VALUE): number {
  const [a, b] = [numbersOf(actual), numbersOf(expected)];
  if (a.length !== b.length) throw new RangeError(`${a.length} numbers against ${b.length}`);
  const distance = Math.hypot(...a.map((value, i) => value - (b[i] ?? Number.NaN)));
  return distance === 0 ? 0 : distance / Math.max(Math.hypot(...b), floor);
}

/** Expects two trees to agree in the norm, relative to max(‖expected‖, floor). */
export function expectClose(actual: unknown, expected: unknown, tolerance: number, floor?: number): void {
  const distance = relativeDistance(actual, expected, floor);
  if (!(distance <= tolerance)) expect(numbersOf(actual)).toEqual(numbersOf(expected));
}
