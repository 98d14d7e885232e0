/** Reading and adding at places given by integer tensors, and sorting. */
import { checkOptions } from "../../core/checks.ts";
import { DtypeError, IndexError, ShapeError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { checkDtype } from "../dtype.ts";
import { broadcastShapes, resolveAxis, sameShape, showShape, sizeOf, stridesOf } from "../shape.ts";
import { apply, type Operand, type Tensor, toTensor, unify } from "../tensor.ts";
import { arange } from "./creation.ts";

/** Indices as int32, counted from the front. */
function resolveIndices(call: string, indices: Operand, length: number): Tensor {
  const given = toTensor(indices);
  if (given.dtype === "bool")
    throw new DtypeError(`${call}: indices must be whole numbers; got bool; use where to choose by a mask`);
  if (!given.isTraced) {
    for (const index of given.values().data) {
      if (!Number.isInteger(index) || index < -length || index >= length) {
        throw new IndexError(
          `${call}: index ${index} is out of range; whole numbers from ${-length} to ${length - 1} are allowed`,
        );
      }
    }
  }
  const whole = given.cast("int32");
  return whole.less(0).where(whole.add(length), whole);
}

/**
 * Rows `indices` along an axis (default: the first); the axis gives way to the axes of the indices
 * (NumPy's take).
 *
 * @throws IndexError for an index out of range.
 * @throws DtypeError for indices that are bool.
 *
 * ```ts
 * gather([[1, 2], [3, 4], [5, 6]], [2, 0]); // → Tensor(float64 [2, 2]) [[5, 6], [1, 2]]
 * ```
 */
export function gather(x: Operand, indices: Operand, axis = 0): Tensor {
  const value = toTensor(x);
  const place = resolveAxis("gather", axis, value.rank);
  return value.gatherPrimitive(resolveIndices("gather", indices, at(value.shape, place)), place);
}

/**
 * x with `updates` added at rows `indices` along an axis (default: the first); repeated indices add up.
 *
 * @throws IndexError for an index out of range.
 * @throws ShapeError when the updates do not broadcast to the rows.
 *
 * ```ts
 * scatterAdd([0, 0, 0], [1, 1, 2], [10, 20, 30]); // → Tensor(float64 [3]) [0, 30, 30]
 * ```
 */
export function scatterAdd(x: Operand, indices: Operand, updates: Operand, axis = 0): Tensor {
  const [value, added] = unify(x, updates);
  const place = resolveAxis("scatterAdd", axis, value.rank);
  const rows = resolveIndices("scatterAdd", indices, at(value.shape, place));
  const wanted = [...value.shape.slice(0, place), ...rows.shape, ...value.shape.slice(place + 1)];
  if (!sameShape(broadcastShapes("scatterAdd", [added.shape, wanted]), wanted)) {
    throw new ShapeError(
      `scatterAdd: updates of shape ${showShape(added.shape)} do not fit; rows ${showShape(rows.shape)} of axis ${place} of ${showShape(value.shape)} need ${showShape(wanted)}`,
    );
  }
  return value.scatterAddPrimitive(rows, added.broadcastTo(wanted), place);
}

/**
 * For each place of `indices`, the element of x at that index along the axis; the other axes broadcast.
 * Default: the last axis.
 *
 * @throws IndexError for an index out of range.
 * @throws ShapeError when the ranks differ.
 *
 * ```ts
 * takeAlongAxis([[1, 2], [3, 4]], [[1], [0]]); // → Tensor(float64 [2, 1]) [[2], [3]]
 * ```
 */
export function takeAlongAxis(x: Operand, indices: Operand, axis = -1): Tensor {
  const value = toTensor(x);
  const place = resolveAxis("takeAlongAxis", axis, value.rank);
  const index = resolveIndices("takeAlongAxis", indices, at(value.shape, place));
  if (index.rank !== value.rank) {
    throw new ShapeError(
      `takeAlongAxis: indices ${showShape(index.shape)} and operand ${showShape(value.shape)} must have the same rank; use gather for whole rows`,
    );
  }
  const length = at(index.shape, place);
  const drop = (shape: readonly number[]): number[] => shape.map((n, i) => (i === place ? 1 : n));
  const others = broadcastShapes("takeAlongAxis", [drop(value.shape), drop(index.shape)]);
  const source = value.broadcastTo(others.map((n, i) => (i === place ? at(value.shape, place) : n)));
  const target = others.map((n, i) => (i === place ? length : n));
  const strides = stridesOf(source.shape);
  // A traced index is only known later: one out of range must not reach into another row, so it leaves the whole tensor.
  const rows = at(value.shape, place);
  const inside = index.isTraced
    ? index.less(0).logicalOr(index.greaterEqual(rows)).where(-sizeOf(source.shape), index)
    : index;
  const flat = target.reduce(
    (sum, n, i) => {
      const along = i === place ? inside : arange(n).reshape(target.map((_, k) => (k === i ? n : 1)));
      return sum.add(along.mul(at(strides, i)));
    },
    arange(1).reshape(target.map(() => 1)),
  );
  return source.reshape([sizeOf(source.shape)]).gatherPrimitive(flat.broadcastTo(target), 0);
}

/** Options of `sort` and `argsort`. */
export interface SortOptions {
  /** From largest to smallest. Default false. */
  readonly descending?: boolean;
}

/**
 * The int32 indices that sort along an axis (default: the last); equal elements keep their order and NaN
 * comes last.
 *
 * @throws IndexError for an axis that x does not have.
 *
 * ```ts
 * argsort([3, 1, 2]); // → Tensor(int32 [3]) [1, 2, 0]
 * ```
 */
export function argsort(x: Operand, axis = -1, options: SortOptions = {}): Tensor {
  checkOptions("argsort", options, ["descending"]);
  const { descending = false } = options;
  const value = toTensor(x);
  // As a float: the smallest int32 has no negative of its own type.
  const key = descending ? value.float().neg() : value;
  return at(apply("argsort", [key], { axis: resolveAxis("argsort", axis, value.rank) }), 0);
}

/**
 * Sorted along an axis (default: the last). NaN comes last; `descending` reverses the order of the
 * numbers.
 *
 * @throws IndexError for an axis that x does not have.
 *
 * ```ts
 * sort([3, 1, 2]); // → Tensor(float64 [3]) [1, 2, 3]
 * sort([3, 1, 2], 0, { descending: true }); // → Tensor(float64 [3]) [3, 2, 1]
 * ```
 */
export function sort(x: Operand, axis = -1, options: SortOptions = {}): Tensor {
  checkOptions("sort", options, ["descending"]);
  return takeAlongAxis(x, argsort(x, axis, options), axis);
}

/**
 * 1 at the index along a new last axis of length `depth`, 0 elsewhere. Default dtype float64.
 *
 * @throws IndexError for an index out of range.
 *
 * ```ts
 * oneHot([1, 0], 3); // → Tensor(float64 [2, 3]) [[0, 1, 0], [1, 0, 0]]
 * ```
 */
export function oneHot(
  indices: Operand,
  depth: number,
  dtype: "float64" | "float32" | "int32" = "float64",
): Tensor {
  checkDtype("oneHot", dtype);
  if (!Number.isSafeInteger(depth) || depth < 0)
    throw new ShapeError(`oneHot: depth must be a whole number ≥ 0; got ${depth}`);
  const index = resolveIndices("oneHot", indices, depth);
  return index
    .reshape([...index.shape, 1])
    .equal(arange(depth))
    .cast(dtype);
}
