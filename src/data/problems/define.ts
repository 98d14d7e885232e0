/** Makes a test problem of what is written down about it: checks points, and keeps its function traceable. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { differentiable } from "../../expression/differentiable.ts";
import type { TestProblem } from "./test-problem.ts";

/** A point of two, three or four variables. */
export type Pair = readonly [number, number];
export type Triple = readonly [number, number, number];
export type Quadruple = readonly [number, number, number, number];

/** Rows of numbers. */
export type Rows = readonly (readonly number[])[];

type Facts = Omit<TestProblem, "dimension" | "f" | "residuals" | "jacobian" | "gradient" | "hessian">;

/** A function and its derivatives. `f` captures nothing: it is walked. */
interface Statement<X extends readonly number[]> extends Facts {
  readonly f: (x: X) => number;
  readonly gradient: (x: X) => readonly number[];
  readonly hessian: (x: X) => Rows;
}

/** Residuals and their derivatives. `residuals` captures nothing: it is walked. */
interface SquaresStatement<X extends readonly number[]> extends Facts {
  readonly residuals: (x: X) => number[];
  readonly jacobian: (x: X) => Rows;
  /** Σ rᵢ ∇²rᵢ. */
  readonly curvature: (x: X, r: readonly number[]) => Rows;
}

/** The problem of a function. What is traced is `f` itself, without the check that stands around it. */
export function define<X extends readonly number[]>(statement: Statement<X>): TestProblem {
  const { f, gradient, hessian, ...facts } = statement;
  const point = pointReader<X>(facts);
  return {
    ...facts,
    dimension: facts.start.length,
    f: differentiable((x: readonly number[]) => f(point(x)), { source: "(x) => f(x)", scope: () => ({ f }) }),
    gradient: (x) => Float64Array.from(gradient(point(x))),
    hessian: (x) => Float64Array.from(hessian(point(x)).flat()),
  };
}

/** The problem of f = Σ r²: ∇f = 2 Jᵀr, ∇²f = 2 (JᵀJ + Σ rᵢ ∇²rᵢ). */
export function defineSquares<X extends readonly number[]>(statement: SquaresStatement<X>): TestProblem {
  const { residuals, jacobian, curvature, ...facts } = statement;
  const point = pointReader<X>(facts);
  const scope = () => ({ residuals, sumOfSquares });
  return {
    ...facts,
    dimension: facts.start.length,
    f: differentiable((x: readonly number[]) => sumOfSquares(residuals(point(x))), {
      source: "(x) => sumOfSquares(residuals(x))",
      scope,
    }),
    residuals: differentiable((x: readonly number[]) => residuals(point(x)), {
      source: "(x) => residuals(x)",
      scope,
    }),
    jacobian: (x) => Float64Array.from(jacobian(point(x)).flat()),
    gradient: (x) => {
      const [r, J] = [residuals(point(x)), jacobian(point(x))];
      return Float64Array.from(x, (_, j) => 2 * r.reduce((sum, ri, i) => sum + ri * at(at(J, i), j), 0));
    },
    hessian: (x) => {
      const [r, J] = [residuals(point(x)), jacobian(point(x))];
      const C = curvature(point(x), r);
      const rows = square(x.length, (i, j) =>
        J.reduce((sum, row) => sum + at(row, i) * at(row, j), at(at(C, i), j)),
      );
      return Float64Array.from(rows.flat(), (entry) => 2 * entry);
    },
  };
}

const sumOfSquares = (r: readonly number[]): number => r.reduce((sum, ri) => sum + ri ** 2, 0);

/** Lets a point through when it has as many numbers as the start. */
function pointReader<X extends readonly number[]>({ name, start }: Facts): (x: readonly number[]) => X {
  const fits = (x: readonly number[]): x is X => x?.length === start.length;
  return (x) => {
    if (fits(x)) return x;
    throw new ArgumentError(`${name}: a point has ${start.length} numbers; got ${showValue(x)}`);
  };
}

/** The square matrix with the entries given by row and column. */
export function square(n: number, entry: (i: number, j: number) => number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => entry(i, j)));
}

/** The diagonal matrix of a list. */
export function diagonal(entries: readonly number[]): number[][] {
  return square(entries.length, (i, j) => (i === j ? at(entries, i) : 0));
}

/** What variables are called in formulas: x and y, or x1 to xn. */
export function variables(n: number): string[] {
  return n === 2 ? ["x", "y"] : Array.from({ length: n }, (_, i) => `x${i + 1}`);
}

/** The formula of a sum over the variables. */
export function sumFormula(n: number, term: (x: string, i: number) => string): string {
  return variables(n).map(term).join(" + ");
}

/** n times the same number. */
export function repeat(value: number, n: number): number[] {
  return Array.from({ length: n }, () => value);
}

/** The box with the same bounds for each of n variables. */
export function cube(lower: number, upper: number, n: number): TestProblem["domain"] {
  return { lower: repeat(lower, n), upper: repeat(upper, n) };
}

/** @throws ArgumentError unless n is an integer of at least `least`. */
export function checkDimension(call: string, n: unknown, least = 1): void {
  if (!Number.isInteger(n) || Number(n) < least)
    throw new ArgumentError(
      `${call}: the dimension must be an integer of at least ${least}; got ${showValue(n)}`,
    );
}
