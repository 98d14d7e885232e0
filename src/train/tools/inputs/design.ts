/**
 * The inputs of a linear model as a matrix X̃ with a column of ones, and its second moments X̃ᵀX̃ / n, which are the Hessian of least squares:
 * Goodfellow et al. (2016), eq. 5.10 and section 4.5.
 */
import { at } from "../../../core/exactly.ts";
import { dot, entry } from "../../../core/vector.ts";
import { symmetricEigen } from "../curvature/symmetric-eigen.ts";
import { momentsOf } from "../statistics/moments.ts";

/** What is done to a feature: (x − shift) / scale. */
export interface FeatureScaling {
  readonly shift: number;
  readonly scale: number;
}

/** A matrix by its columns, each `[n]`; the last one is ones, for the bias. */
export interface Design {
  readonly columns: readonly Float64Array[];
  readonly rows: number;
}

/** Curvatures of a linear model: eigenvalues and eigenvectors of X̃ᵀX̃ / n, those left out that are 0. */
export interface Curvatures {
  /** Ascending, all above 0. */
  readonly values: Float64Array;
  readonly vectors: readonly Float64Array[];
}

/** The columns of rows of d numbers. */
export function columnsOf(rows: readonly Float64Array[], features: number): Float64Array[] {
  return Array.from({ length: features }, (_, j) => Float64Array.from(rows, (row) => entry(row, j)));
}

/** Zero mean and unit variance; a feature that never changes is only centred. */
export function standardizationOf(column: Float64Array): FeatureScaling {
  const { mean, variance } = momentsOf(column);
  const deviation = Math.sqrt(variance);
  // A constant is off its own mean by rounding.
  const isConstant = deviation <= 4 * Number.EPSILON * Math.abs(mean);
  return { shift: mean, scale: isConstant ? 1 : deviation };
}

/** Columns scaled, and one of ones behind them. */
export function designOf(columns: readonly Float64Array[], scaling: readonly FeatureScaling[]): Design {
  const rows = at(columns, 0).length;
  const scaled = columns.map((column, j) => {
    const { shift, scale } = at(scaling, j);
    return column.map((x) => (x - shift) / scale);
  });
  return { columns: [...scaled, new Float64Array(rows).fill(1)], rows };
}

/** X̃ᵀy / n. */
export function momentsWith({ columns, rows }: Design, y: Float64Array): Float64Array {
  return Float64Array.from(columns, (column) => dot(column, y) / rows);
}

/**
 * Eigenvalues of X̃ᵀX̃ / n. How many are 0, since columns depend on each other, is told by the same matrix with ones on its diagonal: beside features of very
 * different size a small eigenvalue is no sign of it.
 */
export function curvaturesOf(design: Design): Curvatures {
  const n = design.columns.length;
  const moments = secondMoments(design);
  const { values, vectors } = symmetricEigen(moments, n);
  const size = (i: number): number => Math.sqrt(entry(moments, i * n + i)) || 1;
  const unit = moments.map((value, k) => value / size(Math.floor(k / n)) / size(k % n));
  const dependent = symmetricEigen(unit, n).values.filter((value) => value <= 32 * n * Number.EPSILON).length;
  return { values: values.slice(dependent), vectors: vectors.slice(dependent) };
}

function secondMoments({ columns, rows }: Design): Float64Array {
  const n = columns.length;
  return Float64Array.from(
    { length: n * n },
    (_, k) => dot(at(columns, Math.floor(k / n)), at(columns, k % n)) / rows,
  );
}
