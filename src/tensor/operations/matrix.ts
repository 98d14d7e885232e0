/** Products of matrices and vectors, diagonals and triangles. */
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { showShape } from "../shape.ts";
import { type Operand, type Tensor, toTensor, unify } from "../tensor.ts";
import { arange, checkMatrix } from "./creation.ts";

/**
 * The matrix product; vectors count as a row on the left and as a column on the right, leading axes
 * broadcast (NumPy).
 *
 * @throws ShapeError when the inner lengths differ.
 *
 * ```ts
 * matmul([[1, 2], [3, 4]], [1, 10]); // → Tensor(float64 [2]) [21, 43]
 * ```
 */
export function matmul(a: Operand, b: Operand): Tensor {
  return toTensor(a).matmul(b);
}

/**
 * Σ aᵢbᵢ of two vectors.
 *
 * @throws ShapeError unless both are vectors of one length.
 *
 * ```ts
 * dot([1, 2], [3, 4]); // → Tensor(float64 []) 11
 * ```
 */
export function dot(a: Operand, b: Operand): Tensor {
  const [x, y] = unify(a, b);
  if (x.rank !== 1 || y.rank !== 1 || x.shape[0] !== y.shape[0]) {
    throw new ShapeError(
      `dot: needs two vectors of one length; got ${showShape(x.shape)} and ${showShape(y.shape)}; use matmul for matrices`,
    );
  }
  return x.mul(y).sum();
}

/**
 * aᵢbⱼ of two vectors, `[m, n]`.
 *
 * @throws ShapeError unless both are vectors.
 *
 * ```ts
 * outer([1, 2], [3, 4]); // → Tensor(float64 [2, 2]) [[3, 4], [6, 8]]
 * ```
 */
export function outer(a: Operand, b: Operand): Tensor {
  const [x, y] = unify(a, b);
  if (x.rank !== 1 || y.rank !== 1) {
    throw new ShapeError(`outer: needs two vectors; got ${showShape(x.shape)} and ${showShape(y.shape)}`);
  }
  return x.reshape([x.size, 1]).mul(y);
}

/** Refuses what does not number a diagonal. */
function checkDiagonal(call: string, k: number): void {
  if (!Number.isSafeInteger(k))
    throw new ArgumentError(`${call}: the diagonal k must be a whole number (0 is the main one); got ${k}`);
}

/** True where column − row satisfies a rule; broadcasts against stacks of matrices. */
function band(x: Tensor, rule: (distance: Tensor) => Tensor): Tensor {
  const [rows, columns] = [at(x.shape, x.rank - 2), at(x.shape, x.rank - 1)];
  return rule(arange(columns).sub(arange(rows).reshape([rows, 1])));
}

/**
 * The lower triangle, zeros above diagonal `k` (0 is the main one, positive ones lie above it). Default k
 * = 0.
 *
 * @throws ShapeError unless x is a matrix or a stack of matrices.
 *
 * ```ts
 * tril([[1, 2], [3, 4]]); // → Tensor(float64 [2, 2]) [[1, 0], [3, 4]]
 * ```
 */
export function tril(x: Operand, k = 0): Tensor {
  const value = toTensor(x);
  checkMatrix("tril", value);
  checkDiagonal("tril", k);
  return band(value, (distance) => distance.lessEqual(k)).where(value, 0);
}

/**
 * The upper triangle, zeros below diagonal `k`. Default k = 0.
 *
 * @throws ShapeError unless x is a matrix or a stack of matrices.
 *
 * ```ts
 * triu([[1, 2], [3, 4]]); // → Tensor(float64 [2, 2]) [[1, 2], [0, 4]]
 * ```
 */
export function triu(x: Operand, k = 0): Tensor {
  const value = toTensor(x);
  checkMatrix("triu", value);
  checkDiagonal("triu", k);
  return band(value, (distance) => distance.greaterEqual(k)).where(value, 0);
}

/**
 * From a vector the matrix with it on diagonal `k`, from a matrix (or a stack) that diagonal. Default k =
 * 0.
 *
 * @throws ShapeError for a scalar.
 *
 * ```ts
 * diag([1, 2]); // → Tensor(float64 [2, 2]) [[1, 0], [0, 2]]
 * diag([[1, 2], [3, 4]]); // → Tensor(float64 [2]) [1, 4]
 * ```
 */
export function diag(x: Operand, k = 0): Tensor {
  const value = toTensor(x);
  checkDiagonal("diag", k);
  const shift = Math.abs(k);
  if (value.rank === 1) {
    const n = value.size + shift;
    const low = k > 0 ? 0 : shift;
    const padded = value.reshape([value.size, 1]).padPrimitive([low, 0], [n - low - value.size, 0]);
    return arange(n).reshape([n, 1]).add(k).equal(arange(n)).where(padded, 0);
  }
  checkMatrix("diag", value);
  const [rows, columns] = [at(value.shape, value.rank - 2), at(value.shape, value.rank - 1)];
  const [i, j] = k > 0 ? [0, k] : [shift, 0];
  const length = Math.max(0, Math.min(rows - i, columns - j));
  const places = arange(length).add(i).mul(columns).add(arange(length)).add(j);
  const stack = value.shape.slice(0, -2);
  return value.reshape([...stack, rows * columns]).gatherPrimitive(places, stack.length);
}
