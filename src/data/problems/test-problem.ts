/** What is known of a test problem: its function, exact derivatives written by hand, and where its minima lie. */

/** A stationary point that is no minimum. */
export interface StationaryPoint {
  readonly x: readonly number[];
  readonly kind: "saddle" | "maximum";
}

/**
 * A function whose minima are known. Coordinates are exact, or 40-digit results rounded to the nearest double.
 *
 * `f` and `residuals` are ordinary functions: `grad`, `hessian` and all else that differentiates takes them as they are.
 * `gradient` and `hessian` are not made from them but written out by hand, so that one can be held against the other.
 */
export interface TestProblem {
  /** In kebab case: `goldstein-price`. */
  readonly name: string;
  readonly title: string;
  /** For `parseFormula`: in x and y for two variables, in x1 to xn otherwise. Left out where it would hold a table of numbers. */
  readonly formula: string | undefined;
  /** In TeX. */
  readonly equation: string;
  /** Who posed it, and where. */
  readonly origin: string;
  readonly dimension: number;
  /** The box in which it is usually searched. Minima are claimed inside it; functions without a note are as low nowhere else. */
  readonly domain: { readonly lower: readonly number[]; readonly upper: readonly number[] };
  /** The standard start. */
  readonly start: readonly number[];
  /** Every global minimizer in the box; none where f is unbounded below. */
  readonly minimizers: readonly (readonly number[])[];
  /**
   * Minimizers in the box with a higher value: all that theory or a search from many starts knows. Left out where there are too
   * many to list.
   */
  readonly localMinimizers?: readonly (readonly number[])[];
  /** Saddles and maxima: those that are known. */
  readonly stationary?: readonly StationaryPoint[];
  /** f at the global minimizers; −∞ where f is unbounded below. */
  readonly minimum: number;
  /** @throws ArgumentError when x has not `dimension` numbers; `residuals`, `jacobian`, `gradient` and `hessian` do, too. */
  readonly f: (x: readonly number[]) => number;
  /** Where f = Σ r²: the residuals r. A least-squares problem of them is ½ Σ r² in Nabla, half of f. */
  readonly residuals?: (x: readonly number[]) => number[];
  /** ∂r/∂x, `[m, n]`, row-major, by hand. */
  readonly jacobian?: (x: readonly number[]) => Float64Array;
  /** ∇f, `[n]`, by hand. */
  readonly gradient: (x: readonly number[]) => Float64Array;
  /** ∇²f, `[n, n]`, row-major, by hand. */
  readonly hessian: (x: readonly number[]) => Float64Array;
  /** What else a user should know. */
  readonly note?: string;
}
