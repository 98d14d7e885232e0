/**
 * The largest eigenvalue of a symmetric matrix that is known only by its products with vectors. Lanczos (1950); Golub & Van Loan (2013), Algorithm
 * 10.1.1, with full reorthogonalization (section 10.3) and the error bound of section 10.1. It needs far fewer products than the power method, and is
 * not led astray by negative eigenvalues of larger magnitude.
 */
import { at } from "../../../core/exactly.ts";
import { addScaled, dot, norm, scaled } from "../../../core/vector.ts";
import { spectrumEnds } from "./tridiagonal.ts";

/** When to stop. */
export interface LanczosOptions {
  /** The error of the eigenvalue that is good enough, relative to the eigenvalue of largest magnitude. */
  readonly tolerance: number;
  /** Products at most. As many vectors are kept. */
  readonly steps: number;
}

/** What was found. */
export interface LanczosResult {
  /** The largest eigenvalue. */
  readonly value: number;
  /** Its eigenvector, of length 1. */
  readonly vector: Float64Array;
  /** |Av − λv|: an eigenvalue lies within so much of the one found. */
  readonly residual: number;
  /** The smallest value of vᵀAv met: the smallest eigenvalue is at most that. */
  readonly smallest: number;
  /** Products taken. */
  readonly steps: number;
  readonly converged: boolean;
}

/** Shorter vectors cannot be scaled to length 1. */
const leastLength = 1e-290;

/** Looks for the largest eigenvalue, beginning with a vector that is not at right angles to its eigenvector: a random one. */
export function lanczos(
  multiply: (v: Float64Array) => Float64Array,
  start: Float64Array,
  { tolerance, steps }: LanczosOptions,
): LanczosResult {
  const most = Math.min(steps, start.length);
  const basis: Float64Array[] = [scaled(1 / norm(start), start)];
  const diagonal: number[] = [];
  const beside: number[] = [];
  for (;;) {
    const q = at(basis, basis.length - 1);
    const product = multiply(q);
    diagonal.push(dot(q, product));
    const rest = orthogonalTo(basis, product);
    const length = norm(rest);
    const found = largestPair(diagonal, beside, length);
    const bound = Math.max(found.scale * Number.EPSILON * start.length, leastLength);
    // Nothing left: the vectors span all that the start can reach.
    const isWhole = !(length > bound) || basis.length === start.length;
    const converged = isWhole || found.residual <= tolerance * found.scale;
    if (converged || basis.length >= most || !Number.isFinite(length)) {
      const vector = combine(basis, found.weights);
      const residual = isWhole ? 0 : found.residual;
      const { value, smallest } = found;
      return {
        value,
        vector,
        residual,
        smallest,
        steps: basis.length,
        converged: converged && Number.isFinite(value),
      };
    }
    beside.push(length);
    basis.push(scaled(1 / length, rest));
  }
}

/** x less its parts along the basis, twice for orthogonality to working precision. */
function orthogonalTo(basis: readonly Float64Array[], x: Float64Array): Float64Array {
  let rest = x;
  for (let pass = 0; pass < 2; pass++) for (const q of basis) rest = addScaled(rest, -dot(q, rest), q);
  return rest;
}

/** The largest eigenvalue of the tridiagonal matrix, and what is known of its error. */
function largestPair(
  diagonal: readonly number[],
  beside: readonly number[],
  next: number,
): {
  readonly value: number;
  readonly smallest: number;
  readonly scale: number;
  readonly weights: Float64Array;
  readonly residual: number;
} {
  const { smallest, largest: value, vector: weights } = spectrumEnds(diagonal, beside);
  const scale = Math.max(Math.abs(smallest), Math.abs(value));
  return { value, smallest, scale, weights, residual: next * Math.abs(at(weights, weights.length - 1)) };
}

function combine(basis: readonly Float64Array[], weights: Float64Array): Float64Array {
  const sum = basis.reduce(
    (made, q, i) => addScaled(made, at(weights, i), q),
    new Float64Array(at(basis, 0).length),
  );
  return scaled(1 / norm(sum), sum);
}
