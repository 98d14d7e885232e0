/** Hessians and Jacobians as users give them: matrices, or trees as `hessian(f)` and `jacobian(f)` return them. */
import { showValue } from "../core/checks.ts";
import { ShapeError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { showShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type Layout, numbersOf, partsAlong, sizeOfLeaf } from "./layout.ts";

/** The rows of a matrix written as a tensor or an array of rows; undefined when it is no such thing. */
function rowsOf(matrix: unknown): { readonly rows: number; readonly numbers: Float64Array } | undefined {
  if (matrix instanceof Tensor) {
    const [rows] = matrix.shape;
    return matrix.rank === 2 && rows !== undefined
      ? { rows, numbers: Float64Array.from(matrix.values().data) }
      : undefined;
  }
  if (!Array.isArray(matrix)) return undefined;
  const rows = matrix.map(numbersOf);
  const width = rows[0]?.length ?? 0;
  const numbers = new Float64Array(rows.length * width);
  for (const [i, row] of rows.entries()) {
    if (row === undefined || row.length !== width) return undefined;
    numbers.set(row, i * width);
  }
  return { rows: rows.length, numbers };
}

/** A Jacobian `[m, n]`; any m where it is not known yet. @throws ShapeError when it is not. */
export function readJacobian(what: string, matrix: unknown, m: number | undefined, n: number): Float64Array {
  const read = rowsOf(matrix);
  if (read === undefined || read.rows !== (m ?? read.rows) || read.numbers.length !== read.rows * n)
    throw new ShapeError(
      `${what} must be a matrix of ${m ?? "m"} rows (one for each residual) and ${n} columns (one for each variable), as number[][] or tensor; got ${describeMatrix(matrix)}`,
    );
  return read.numbers;
}

/** A Hessian `[n, n]`, as a matrix or as a tree of trees of blocks. @throws ShapeError when it is neither. */
export function readHessian(what: string, matrix: unknown, layout: Layout): Float64Array {
  const n = layout.size;
  const read = rowsOf(matrix);
  if (read !== undefined && read.rows === n && read.numbers.length === n * n) return read.numbers;
  const { leaves, structure } = layout.point;
  const hessian = new Float64Array(n * n);
  let row = 0;
  for (const [i, rowTree] of partsAlong(structure, matrix, what).entries()) {
    const height = sizeOfLeaf(at(leaves, i));
    let column = 0;
    for (const [j, block] of partsAlong(structure, rowTree, what).entries()) {
      const width = sizeOfLeaf(at(leaves, j));
      const numbers = typeof block === "number" ? [block] : numbersOf(block);
      if (numbers === undefined || numbers.length !== height * width)
        throw new ShapeError(
          `${what} must be a matrix [${n}, ${n}] or what hessian(f) returns; its block (${i}, ${j}) needs ${height} × ${width} elements; got ${describeMatrix(block)}`,
        );
      for (let r = 0; r < height; r++)
        for (let c = 0; c < width; c++) hessian[(row + r) * n + column + c] = at(numbers, r * width + c);
      column += width;
    }
    row += height;
  }
  return hessian;
}

function describeMatrix(matrix: unknown): string {
  if (matrix instanceof Tensor) return `a tensor of shape ${showShape(matrix.shape)}`;
  const read = rowsOf(matrix);
  return read === undefined || read.rows === 0
    ? showValue(matrix)
    : `a matrix [${read.rows}, ${read.numbers.length / read.rows}]`;
}
