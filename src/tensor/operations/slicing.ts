/** Parts of tensors by NumPy's slices. */
import { showValue } from "../../core/checks.ts";
import { IndexError } from "../../core/errors.ts";
import { showShape } from "../shape.ts";
import { type Operand, type Tensor, toTensor } from "../tensor.ts";

/** What to take along one axis: an index (the axis goes), `null` for everything, or `[start, stop, step]` as in NumPy. */
export type SliceSpec =
  | number
  | null
  | readonly [start?: number | null, stop?: number | null, step?: number | null];

/**
 * Part of a tensor, axis by axis; axes not mentioned are taken whole. Negative places count from the end.
 *
 * @throws IndexError for an index out of range, a step of 0, or bounds that are not whole.
 *
 * ```ts
 * slice([1, 2, 3, 4], [null, null, -1]); // → Tensor(float64 [4]) [4, 3, 2, 1]
 * slice([[1, 2], [3, 4]], null, 0); // → Tensor(float64 [2]) [1, 3]
 * ```
 */
export function slice(x: Operand, ...specs: readonly SliceSpec[]): Tensor {
  const value = toTensor(x);
  if (specs.length > value.rank) {
    throw new IndexError(
      `slice: ${specs.length} indices for shape ${showShape(value.shape)}; give at most ${value.rank}`,
    );
  }
  const ranges = value.shape.map((length, axis) => resolveSlice(specs[axis] ?? null, length, axis));
  const flipped = ranges.flatMap(({ isReversed }, axis) => (isReversed ? [axis] : []));
  const taken = value.slicePrimitive(
    ranges.map(({ start }) => start),
    ranges.map(({ stop }) => stop),
    ranges.map(({ step }) => step),
  );
  const turned = flipped.length > 0 ? taken.flip(flipped) : taken;
  return turned.reshape(turned.shape.filter((_, axis) => typeof specs[axis] !== "number"));
}

interface Range {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly isReversed: boolean;
}

/** Python's rules for slices; backward ones are turned into forward ones to be flipped. */
function resolveSlice(spec: SliceSpec, length: number, axis: number): Range {
  if (spec === null) return { start: 0, stop: length, step: 1, isReversed: false };
  if (typeof spec === "number") {
    if (!Number.isInteger(spec) || spec < -length || spec >= length) {
      throw new IndexError(`slice: index ${spec} is out of range for axis ${axis} of length ${length}`);
    }
    const start = spec < 0 ? spec + length : spec;
    return { start, stop: start + 1, step: 1, isReversed: false };
  }
  if (!Array.isArray(spec))
    throw new IndexError(
      `slice: each axis takes an index, null, or [start, stop, step]; got ${showValue(spec)} for axis ${axis}`,
    );
  const [from = null, to = null, by = null] = spec;
  const step = by ?? 1;
  if (!Number.isInteger(step) || step === 0)
    throw new IndexError(
      `slice: steps are whole numbers other than 0; got ${showValue(step)} for axis ${axis}`,
    );
  for (const bound of [from, to]) {
    if (bound !== null && !Number.isInteger(bound))
      throw new IndexError(
        `slice: bounds are whole numbers or null; got ${showValue(bound)} for axis ${axis}`,
      );
  }
  const clip = (bound: number, low: number, high: number): number =>
    Math.min(Math.max(bound < 0 ? bound + length : bound, low), high);
  if (step > 0) {
    const start = from === null ? 0 : clip(from, 0, length);
    const stop = to === null ? length : clip(to, 0, length);
    return { start, stop: Math.max(start, stop), step, isReversed: false };
  }
  const first = from === null ? length - 1 : clip(from, -1, length - 1);
  const end = to === null ? -1 : clip(to, -1, length - 1);
  const count = Math.max(0, Math.ceil((first - end) / -step));
  const last = first + (count - 1) * step;
  return count === 0
    ? { start: 0, stop: 0, step: 1, isReversed: false }
    : { start: last, stop: first + 1, step: -step, isReversed: true };
}
