/** Changing shape without changing elements. */
import { IndexError, ShapeError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { toElement } from "../dtype.ts";
import { checkShape, resolveAxes, resolveAxis, type Shape, showShape } from "../shape.ts";
import { type Operand, type Tensor, toTensor } from "../tensor.ts";

/** The same elements in row-major order under another shape; one length may be −1 and is worked out. */
export function reshape(x: Operand, shape: Shape): Tensor {
  return toTensor(x).reshape(shape);
}

/** Axes in the order given; reversed when omitted. */
export function transpose(x: Operand, permutation?: readonly number[]): Tensor {
  return toTensor(x).transpose(permutation);
}

/** Two axes exchanged. */
export function swapAxes(x: Operand, a: number, b: number): Tensor {
  const value = toTensor(x);
  const [i, j] = [resolveAxis("swapAxes", a, value.rank), resolveAxis("swapAxes", b, value.rank)];
  return value.transpose(value.shape.map((_, axis) => (axis === i ? j : axis === j ? i : axis)));
}

/** One axis moved to another place, the others staying in order. */
export function moveAxis(x: Operand, from: number, to: number): Tensor {
  const value = toTensor(x);
  return value.moveAxis(resolveAxis("moveAxis", from, value.rank), resolveAxis("moveAxis", to, value.rank));
}

/** Stretched to a shape by NumPy's broadcasting. */
export function broadcastTo(x: Operand, shape: Shape): Tensor {
  checkShape("broadcastTo", shape);
  return toTensor(x).broadcastTo(shape);
}

/** A new axis of length 1 at the given place of the result. */
export function expandDims(x: Operand, axis: number): Tensor {
  const value = toTensor(x);
  const place = resolveAxis("expandDims", axis, value.rank + 1);
  return value.reshape([...value.shape.slice(0, place), 1, ...value.shape.slice(place)]);
}

/** Without axes of length 1: the ones named, or all of them. */
export function squeeze(x: Operand, axis?: number | readonly number[]): Tensor {
  const value = toTensor(x);
  const named = axis === undefined ? undefined : resolveAxes("squeeze", axis, value.rank);
  const wrong = named?.find((i) => value.shape[i] !== 1);
  if (wrong !== undefined) {
    throw new ShapeError(`squeeze: axis ${wrong} of shape ${showShape(value.shape)} has length ${value.shape[wrong]}; only axes of length 1 can go`);
  }
  return value.reshape(value.shape.filter((length, i) => (named ? !named.includes(i) : length !== 1)));
}

/** Reversed along axes (default: all). */
export function flip(x: Operand, axis?: number | readonly number[]): Tensor {
  return toTensor(x).flip(axis);
}

/** Repeated `repeats[i]` times along axis i, as blocks (NumPy's tile). */
export function tile(x: Operand, repeats: number | readonly number[]): Tensor {
  const value = toTensor(x);
  const given = typeof repeats === "number" ? [repeats] : repeats;
  checkShape("tile", given);
  const rank = Math.max(value.rank, given.length);
  const shape = [...new Array<number>(rank - value.rank).fill(1), ...value.shape];
  const counts = [...new Array<number>(rank - given.length).fill(1), ...given];
  const interleaved = shape.flatMap((length) => [1, length]);
  const stretched = shape.flatMap((length, i) => [at(counts, i), length]);
  return value
    .reshape(interleaved)
    .broadcastTo(stretched)
    .reshape(shape.map((length, i) => length * at(counts, i)));
}

/** How much an axis grows before and behind. */
export type PadWidth = number | readonly [number, number];

/** Surrounded by a constant: one width for all sides, one a side, or a pair `[before, behind]` for each axis. */
export function pad(x: Operand, widths: number | readonly PadWidth[], value = 0): Tensor {
  const operand = toTensor(x);
  const list = typeof widths === "number" ? operand.shape.map(() => widths) : widths;
  const pairs = list.map((width) => (typeof width === "number" ? [width, width] : width));
  if (pairs.length !== operand.rank) {
    throw new ShapeError(`pad: shape ${showShape(operand.shape)} needs ${operand.rank} widths; got ${pairs.length}`);
  }
  if (!pairs.flat().every((n) => Number.isSafeInteger(n) && n >= 0)) {
    throw new ShapeError(`pad: widths are whole numbers ≥ 0; got ${JSON.stringify(widths)}; use slice to cut off`);
  }
  return operand.padPrimitive(
    pairs.map((pair) => at(pair, 0)),
    pairs.map((pair) => at(pair, 1)),
    pairs.map(() => 0),
    toElement(value, operand.dtype, "pad"),
  );
}

/** What to take along one axis: an index (the axis goes), `null` for everything, or `[start, stop, step]` as in NumPy. */
export type SliceSpec = number | null | readonly [start?: number | null, stop?: number | null, step?: number | null];

/** Part of a tensor, axis by axis; axes not mentioned are taken whole. Negative places count from the end. */
export function slice(x: Operand, ...specs: readonly SliceSpec[]): Tensor {
  const value = toTensor(x);
  if (specs.length > value.rank) {
    throw new IndexError(`slice: ${specs.length} indices for shape ${showShape(value.shape)}; give at most ${value.rank}`);
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
  const [from = null, to = null, by = null] = spec;
  const step = by ?? 1;
  if (!Number.isInteger(step) || step === 0) throw new IndexError(`slice: steps are whole numbers other than 0; got ${step} for axis ${axis}`);
  for (const bound of [from, to]) {
    if (bound !== null && !Number.isInteger(bound)) throw new IndexError(`slice: bounds are whole numbers or null; got ${bound} for axis ${axis}`);
  }
  const clip = (bound: number, low: number, high: number): number => Math.min(Math.max(bound < 0 ? bound + length : bound, low), high);
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
