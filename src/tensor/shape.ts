/** Shapes, axes and broadcasting: all the index arithmetic that operations share. Row-major throughout. */
import { showValue } from "../core/checks.ts";
import { IndexError, ShapeError } from "../core/errors.ts";

/** The lengths of a tensor's axes; `[]` is a scalar. */
export type Shape = readonly number[];

/**
 * The length of an axis that is known only when the program runs (the tape of a `whileLoop`). It appears only in traced
 * values that loops hand to each other, never in a user's tensor.
 */
export const unknownLength = -1;

/** The number of elements. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** Steps between neighbours along each axis, in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis] ?? 1;
  }
  return strides;
}

/** True when both have the same axes. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a === b || (a.length === b.length && a.every((length, axis) => length === b[axis]));
}

/** A shape as people read it: `[3, 4]`, `[]`. */
export function showShape(shape: Shape): string {
  return `[${shape.map((length) => (length === unknownLength ? "?" : length)).join(", ")}]`;
}

/** Refuses lengths that are not whole and non-negative. */
export function checkShape(call: string, shape: unknown): asserts shape is Shape {
  if (
    !Array.isArray(shape) ||
    !Array.from(shape).every((length) => Number.isSafeInteger(length) && length >= 0)
  ) {
    throw new ShapeError(`${call}: a shape is an array of whole numbers ≥ 0; got ${showValue(shape)}`);
  }
}

/**
 * The shape in which all operands meet: axes are aligned at the end, and an axis of length 1 stretches.
 *
 * @throws ShapeError when two lengths differ and neither is 1.
 */
export function broadcastShapes(call: string, shapes: readonly Shape[]): Shape {
  const [first, ...others] = shapes;
  if (first !== undefined && others.every((shape) => sameShape(shape, first))) return first;
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const result = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    const offset = rank - shape.length;
    for (const [axis, length] of shape.entries()) {
      const met = result[offset + axis] ?? 1;
      if (met === 1) result[offset + axis] = length;
      else if (length !== met && length !== 1) {
        throw new ShapeError(
          `${call}: shapes ${shapes.map(showShape).join(" and ")} do not broadcast (${met} against ${length}, counting axes from the end); reshape or expandDims one of them`,
        );
      }
    }
  }
  return result;
}

/**
 * A wanted shape with one −1 replaced by what is left over.
 *
 * @throws ShapeError when the elements of `from` do not fill it.
 */
export function completeShape(from: Shape, shape: Shape): Shape {
  if (from.includes(unknownLength)) return shape;
  if (!Array.isArray(shape))
    throw new ShapeError(`reshape: a shape is an array of whole numbers; got ${showValue(shape)}`);
  const holes = shape.filter((length) => length === -1).length;
  const known = shape.reduce((product, length) => (length === -1 ? product : product * length), 1);
  const size = sizeOf(from);
  const isWhole = Array.from(shape).every((length) => Number.isInteger(length) && length >= -1);
  const fits = holes === 0 ? known === size : holes === 1 && known > 0 && size % known === 0;
  if (!isWhole || !fits) {
    throw new ShapeError(
      `reshape: ${size} elements of shape ${showShape(from)} do not fill [${shape.map((length) => showValue(length)).join()}]; the product of the lengths must stay the same (one of them may be -1)`,
    );
  }
  return shape.map((length) => (length === -1 ? size / known : length));
}

/** Strides that read an operand of `shape` as if it had `target`: 0 along stretched axes. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const offset = target.length - shape.length;
  const own = stridesOf(shape);
  return target.map((length, axis) => {
    const ownAxis = axis - offset;
    return ownAxis < 0 || (shape[ownAxis] === 1 && length !== 1) ? 0 : (own[ownAxis] ?? 0);
  });
}

/** An axis counted from the front; negative ones count from the end. */
export function resolveAxis(call: string, axis: number, rank: number): number {
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    const allowed = rank === 0 ? "a scalar has no axes" : `axes run from ${-rank} to ${rank - 1}`;
    throw new IndexError(`${call}: axis ${showValue(axis)} is out of range for rank ${rank}; ${allowed}`);
  }
  return axis < 0 ? axis + rank : axis;
}

/** Several axes (one, a list, or all when omitted), counted from the front, sorted and checked to be different. */
export function resolveAxes(
  call: string,
  axes: number | readonly number[] | undefined,
  rank: number,
): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  if (typeof axes !== "number" && !Array.isArray(axes))
    throw new IndexError(`${call}: axes are one number or an array of them; got ${showValue(axes)}`);
  const list = Array.from(typeof axes === "number" ? [axes] : axes)
    .map((axis) => resolveAxis(call, axis, rank))
    .sort((a, b) => a - b);
  if (list.some((axis, i) => axis === list[i - 1]))
    throw new IndexError(`${call}: axis named twice in [${axes}]; name each once`);
  return list;
}

/** The shape without `axes`, or with length 1 there. */
export function reducedShape(shape: Shape, axes: readonly number[], keepDims = false): number[] {
  return keepDims
    ? shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
    : shape.filter((_, axis) => !axes.includes(axis));
}

/** Calls `visit` with the flat offset into an operand, for each index of `shape` in row-major order. */
export function forEachOffset(
  shape: Shape,
  strides: readonly number[],
  start: number,
  visit: (offset: number, index: number) => void,
): void {
  const size = sizeOf(shape);
  const last = shape.length - 1;
  // The last axis has a loop of its own: most of the time is spent there.
  const run = shape[last] ?? 1;
  const step = strides[last] ?? 0;
  const counter = new Int32Array(shape.length);
  let row = start;
  for (let index = 0; index < size; ) {
    for (let k = 0, offset = row; k < run; k++, offset += step) visit(offset, index++);
    for (let axis = last - 1; axis >= 0; axis--) {
      const stride = strides[axis] ?? 0;
      const length = shape[axis] ?? 1;
      const count = (counter[axis] ?? 0) + 1;
      row += stride;
      if (count < length) {
        counter[axis] = count;
        break;
      }
      counter[axis] = 0;
      row -= stride * length;
    }
  }
}
