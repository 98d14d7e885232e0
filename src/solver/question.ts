/** What a method may ask about a point, and what it is told. */

/** Everything that can be known about a function at one point of n variables; matrices are row-major. */
export interface Knowledge {
  /** f(x). Of a least-squares problem ½‖r‖². */
  readonly value: number;
  /** ∇f(x), `[n]`. */
  readonly gradient: Float64Array;
  /** ∇²f(x), `[n, n]`. */
  readonly hessian: Float64Array;
  /** ∇²f(x)·v for the direction v of the query, `[n]`. */
  readonly hessianProduct: Float64Array;
  /** r(x), `[m]`. */
  readonly residuals: Float64Array;
  /** ∂r/∂x, `[m, n]`. */
  readonly jacobian: Float64Array;
}

/** One kind of knowledge. */
export type Want = keyof Knowledge;

/** All kinds, in the order in which they are shown. */
export const wants: readonly Want[] = [
  "value",
  "gradient",
  "hessian",
  "hessianProduct",
  "residuals",
  "jacobian",
];

/** What a method wants to know next: the same kinds at one point or at many. */
export interface Query<W extends Want = Want> {
  /** They belong to the method and hold until it is told. */
  readonly points: readonly Float64Array[];
  readonly wants: readonly W[];
  /** The direction at each point, where `hessianProduct` is wanted. */
  readonly directions?: readonly Float64Array[];
}

/** What is known about one point of a query: what was wanted there. */
export type Evaluation<W extends Want = Want> = { readonly [K in W]?: Knowledge[K] };

/** How often each kind was evaluated. */
export type Counts = { readonly [K in Want]: number };

/** The answer to a query. */
export interface Answer<W extends Want = Want> {
  /** One for each point, in the query's order. */
  readonly evaluations: readonly Evaluation<W>[];
  /** What answering cost: calls of the user's functions by kind. What is shared with an earlier answer costs nothing. */
  readonly spent: Partial<Counts>;
}

/** What was told about point `index`. A method that reads what it did not ask for is wrong, and hears so here. */
export function told<W extends Want, K extends W>(answer: Answer<W>, index: number, kind: K): Knowledge[K] {
  return read<W, K>(answer.evaluations[index], kind);
}

/** One kind out of an evaluation that holds it. */
export function read<W extends Want, K extends W>(
  evaluation: Evaluation<W> | undefined,
  kind: K,
): Knowledge[K] {
  const known: Knowledge[K] | undefined = evaluation?.[kind];
  if (known === undefined)
    throw new RangeError(`the answer holds no ${kind}: a method must ask for what it reads`);
  return known;
}
