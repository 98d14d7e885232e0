/**
 * Derivatives by finite differences of functions that can only be called.
 *
 * Central differences with steps ∛ε·max(|xᵢ|, τᵢ), where ε is the rounding of the values (Nocedal & Wright 2006, section 8.1), τᵢ what is
 * typical of the variable. The step is the distance of the points really taken.
 */
import { at } from "../core/exactly.ts";
import { type Call, gather, type Work } from "./work.ts";

/** What steps depend on. */
export interface Scale {
  /** The relative rounding of values. */
  readonly epsilon: number;
  /** For each variable a magnitude below which its changes may still matter. */
  readonly typical: Float64Array;
}

/** The scale of variables that start here: a start of 1e-8 speaks of variables of that size, one of 0 or 100 does not. */
export function scaleOf(start: Float64Array, epsilon: number): Scale {
  return { epsilon, typical: start.map((x) => (x === 0 ? 1 : Math.min(1, Math.abs(x)))) };
}

/** Points as the function will see them: in single precision a finer step would be rounded away. */
export const rounder = ({ epsilon }: Scale): ((x: number) => number) =>
  epsilon > 2 ** -52 ? Math.fround : (x) => x;

/** x with the variable i somewhere else. */
export function moved(x: Float64Array, i: number, to: number): Float64Array {
  const point = x.slice();
  point[i] = to;
  return point;
}

/** A function of vectors to be differenced, `[m]`. */
export type VectorCall = (x: Float64Array) => Call<Float64Array>;

/**
 * The derivatives of a vector function by each variable: column i is `[m]`. Where the function is finite on one side only,
 * a formula of that side is used.
 *
 * @param centre f(x), where it is known.
 */
export function* columnsByDifferences(
  f: VectorCall,
  x: Float64Array,
  scale: Scale,
  centre?: Float64Array,
): Work<Float64Array[]> {
  const round = rounder(scale);
  const base = Math.cbrt(scale.epsilon);
  const steps = scale.typical.map((typical, i) => base * Math.max(Math.abs(at(x, i)), typical));
  const shift = (i: number, t: number): number => round(at(x, i) + t * at(steps, i));
  const sides = yield* gather(
    Array.from({ length: 2 * x.length }, (_, k): Call<Float64Array> => {
      const i = k >> 1;
      return () => f(moved(x, i, shift(i, k % 2 === 0 ? 1 : -1)))();
    }),
  );
  const columns: Float64Array[] = [];
  let middle = centre;
  for (let i = 0; i < x.length; i++) {
    let [plus, minus] = [at(sides, 2 * i), at(sides, 2 * i + 1)];
    if (isFlat(plus, minus) && at(steps, i) < base) {
      // No change at all: the variable may matter on the scale of 1 only.
      steps[i] = base;
      [plus, minus] = pairOf(yield* gather([f(moved(x, i, shift(i, 1))), f(moved(x, i, shift(i, -1)))]));
    }
    const column = quotient(plus, minus, shift(i, 1) - shift(i, -1));
    columns.push(column);
    const side = finiteSide(plus, minus);
    if (side === 0) continue;
    middle ??= (yield* gather([f(x)]))[0];
    const [far] = yield* gather([f(moved(x, i, shift(i, 2 * side)))]);
    if (middle === undefined || far === undefined) continue;
    const near = side > 0 ? plus : minus;
    const [h1, h2] = [shift(i, side) - at(x, i), shift(i, 2 * side) - at(x, i)];
    repair(column, { middle, near, far, h1, h2 });
  }
  return columns;
}

function pairOf([first, second]: readonly Float64Array[]): [Float64Array, Float64Array] {
  if (first === undefined || second === undefined)
    throw new RangeError("two calls came back without results");
  return [first, second];
}

/** Whether a function is the same on both sides. */
export function isFlat(plus: Float64Array, minus: Float64Array): boolean {
  return plus.every((value, j) => value === minus[j]);
}

/** The slope of each element between two points so far apart. */
export function quotient(plus: Float64Array, minus: Float64Array, width: number): Float64Array {
  return plus.map((value, j) => (value - at(minus, j)) / width);
}

/** The side on which some element is finite that is not on the other; 0 where no such repair is possible. */
function finiteSide(plus: Float64Array, minus: Float64Array): number {
  for (let j = 0; j < plus.length; j++) {
    const [right, left] = [Number.isFinite(plus[j]), Number.isFinite(minus[j])];
    if (right !== left) return right ? 1 : -1;
  }
  return 0;
}

/** Replaces what is not finite by the three-point formula of one side, or the two-point one where it is not finite either. */
function repair(
  column: Float64Array,
  side: {
    readonly middle: Float64Array;
    readonly near: Float64Array;
    readonly far: Float64Array;
    readonly h1: number;
    readonly h2: number;
  },
): void {
  const { middle, near, far, h1, h2 } = side;
  for (let j = 0; j < column.length; j++) {
    if (Number.isFinite(column[j])) continue;
    const first = (at(near, j) - at(middle, j)) / h1;
    const second = (at(far, j) - at(middle, j)) / h2;
    const slope = (h2 * first - h1 * second) / (h2 - h1);
    column[j] = Number.isFinite(slope) ? slope : first;
  }
}

/** Columns `[m]` as a row-major matrix `[m, n]`. */
export function matrixOf(columns: readonly Float64Array[]): Float64Array {
  const n = columns.length;
  const m = columns[0]?.length ?? 0;
  const matrix = new Float64Array(m * n);
  for (const [i, column] of columns.entries()) for (let j = 0; j < m; j++) matrix[j * n + i] = at(column, j);
  return matrix;
}
