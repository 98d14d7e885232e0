/** What is drawn of a run. */

import type { History } from "../../../src/solver/record.ts";

/** A run to be drawn; all points are in the order of `variables`. */
export interface Drawing {
  /** The formula, or the formulas of residuals. */
  readonly formula: string;
  /** How it went, in a line. */
  readonly headline: string;
  readonly variables: readonly string[];
  /** f at many points at once, given the values of each variable. */
  readonly valuesAt: (columns: readonly Float64Array[]) => ArrayLike<number>;
  /** Every point reached, the start first. */
  readonly path: readonly (readonly number[])[];
  readonly history: History;
  /** The result: the best point, or the mean of samples. */
  readonly end: readonly number[];
  /** Whether the points are a path down to the end, or samples scattered around it. */
  readonly kind: "path" | "samples";
}
