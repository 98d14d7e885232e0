/** Changing shape without changing elements. */
import { checkList, checkNumber, showValue } from "../../core/checks.ts";
import { ShapeError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { toElement } from "../dtype.ts";
import { checkShape, resolveAxes, resolveAxis, type Shape, showShape } from "../shape.ts";
import { type Operand, type Tensor, toTensor } from "../tensor.ts";

/**
 * The same elements in row-major order under another shape; one length may be −1 and is worked out.
 *
 * @throws ShapeError when the number of elements differs.
 *
 * ```ts
 * reshape([1, 2, 3, 4], [2, -1]); // → Tensor(float64 [2, 2]) [[1, 2], [3, 4]]
 * ```
 */
export function reshape(x: Operand, shape: Shape): Tensor {
  return toTensor(x).reshape(shape);
}

/**
 * Axes in the order given; reversed when omitted.
 *
 * @throws ShapeError unless it is a permutation of the axes.
 *
 * ```ts
 * transpose([[1, 2], [3, 4]]); // → Tensor(float64 [2, 2]) [[1, 3], [2, 4]]
 * ```
 */
export function transpose(x: Operand, permutation?: readonly number[]): Tensor {
  return toTensor(x).transpose(permutation);
}

/**
 * Two axes exchanged.
 *
 * @throws IndexError for axes that x does not have.
 *
 * ```ts
 * swapAxes([[1, 2], [3, 4]], 0, 1); // → Tensor(float64 [2, 2]) [[1, 3], [2, 4]]
 * ```
 */
export function swapAxes(x: Operand, a: number, b: number): Tensor {
  const value = toTensor(x);
  const [i, j] = [resolveAxis("swapAxes", a, value.rank), resolveAxis("swapAxes", b, value.rank)];
  return value.transpose(value.shape.map((_, axis) => (axis === i ? j : axis === j ? i : axis)));
}

/**
 * One axis moved to another place, the others staying in order.
 *
 * @throws IndexError for axes that x does not have.
 *
 * ```ts
 * moveAxis([[[1, 2]]], 2, 0).shape; // → [ 2, 1, 1 ]
 * ```
 */
export function moveAxis(x: Operand, from: number, to: number): Tensor {
  const value = toTensor(x);
  return value.moveAxis(resolveAxis("moveAxis", from, value.rank), resolveAxis("moveAxis", to, value.rank));
}

/**
 * Stretched to a shape by NumPy's broadcasting.
 *
 * @throws ShapeError when x does not stretch to the shape.
 *
 * ```ts
 * broadcastTo([1, 2], [2, 2]); // → Tensor(float64 [2, 2]) [[1, 2], [1, 2]]
 * ```
 */
export function broadcastTo(x: Operand, shape: Shape): Tensor {
  checkShape("broadcastTo", shape);
  return toTensor(x).broadcastTo(shape);
}

/**
 * A new axis of length 1 at the given place of the result.
 *
 * @throws IndexError for an axis outside the result.
 *
 * ```ts
 * expandDims([1, 2], 0).shape; // → [ 1, 2 ]
 * ```
 */
export function expandDims(x: Operand, axis: number): Tensor {
  const value = toTensor(x);
  const place = resolveAxis("expandDims", axis, value.rank + 1);
  return value.reshape([...value.shape.slice(0, place), 1, ...value.shape.slice(place)]);
}

/**
 * Without axes of length 1: the ones named, or all of them.
 *
 * @throws ShapeError for a named axis that is longer than 1.
 *
 * ```ts
 * squeeze([[[1, 2]]]); // → Tensor(float64 [2]) [1, 2]
 * ```
 */
export function squeeze(x: Operand, axis?: number | readonly number[]): Tensor {
  const value = toTensor(x);
  const named = axis === undefined ? undefined : resolveAxes("squeeze", axis, value.rank);
  const wrong = named?.find((i) => value.shape[i] !== 1);
  if (wrong !== undefined) {
    throw new ShapeError(
      `squeeze: axis ${wrong} of shape ${showShape(value.shape)} has length ${value.shape[wrong]}; only axes of length 1 can go`,
    );
  }
  return value.reshape(value.shape.filter((length, i) => (named ? !named.includes(i) : length !== 1)));
}

/**
 * Reversed along axes (default: all).
 *
 * @throws IndexError for axes that x does not have.
 *
 * ```ts
 * flip([1, 2, 3]); // → Tensor(float64 [3]) [3, 2, 1]
 * ```
 */
export function flip(x: Operand, axis?: number | readonly number[]): Tensor {
  return toTensor(x).flip(axis);
}

/**
 * Repeated `repeats[i]` times along axis i, as blocks (NumPy's tile).
 *
 * @throws ShapeError for repeats that are not whole and ≥ 0.
 *
 * ```ts
 * tile([1, 2], 2); // → Tensor(float64 [4]) [1, 2, 1, 2]
 * ```
 */
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

/**
 * Surrounded by a constant: one width for all sides, one a side, or a pair `[before, behind]` for each
 * axis. Default value 0.
 *
 * @throws ShapeError unless there is a whole width ≥ 0 for every axis.
 * @throws DtypeError when the dtype cannot hold the value.
 *
 * ```ts
 * pad([1, 2], 1); // → Tensor(float64 [4]) [0, 1, 2, 0]
 * pad([[1, 2]], [0, [1, 0]], 9); // → Tensor(float64 [1, 3]) [[9, 1, 2]]
 * ```
 */
export function pad(x: Operand, widths: number | readonly PadWidth[], value = 0): Tensor {
  const operand = toTensor(x);
  const list = typeof widths === "number" ? operand.shape.map(() => widths) : widths;
  checkList("pad", list, "one width, or an array with one for each axis");
  if (typeof value !== "boolean") checkNumber("pad", value, "the value");
  const pairs = list.map((width) => (typeof width === "number" ? [width, width] : width));
  if (pairs.length !== operand.rank) {
    throw new ShapeError(
      `pad: shape ${showShape(operand.shape)} needs ${operand.rank} widths; got ${pairs.length}`,
    );
  }
  if (
    !pairs.every(
      (pair) =>
        Array.isArray(pair) && pair.length === 2 && pair.every((n) => Number.isSafeInteger(n) && n >= 0),
    )
  ) {
    throw new ShapeError(`pad: widths are whole numbers ≥ 0; got ${showValue(widths)}; use slice to cut off`);
  }
  return operand.padPrimitive(
    pairs.map((pair) => at(pair, 0)),
    pairs.map((pair) => at(pair, 1)),
    pairs.map(() => 0),
    toElement(value, operand.dtype, "pad"),
  );
}
