/** Lower triangular factors L of covariances LLᵀ, `[n, n]`, row-major. */
import { at } from "../core/exactly.ts";

/** The factor of a diagonal covariance. */
export function diagonalFactor(deviations: Float64Array): Float64Array {
  const n = deviations.length;
  const L = new Float64Array(n * n);
  for (let i = 0; i < n; i++) L[i * n + i] = at(deviations, i);
  return L;
}

/** L·z. */
export function timesFactor(L: Float64Array, z: Float64Array): Float64Array {
  const n = z.length;
  const product = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += at(L, i * n + j) * at(z, j);
    product[i] = sum;
  }
  return product;
}

/**
 * The factor of LLᵀ + vvᵀ, by plane rotations; undefined where a number over- or underflows.
 * Gill, Golub, Murray & Saunders (1974), method C1.
 */
export function rankOneUpdate(factor: Float64Array, vector: Float64Array): Float64Array | undefined {
  const n = vector.length;
  const [L, v] = [factor.slice(), vector.slice()];
  for (let j = 0; j < n; j++) {
    const [diagonal, vj] = [at(L, j * n + j), at(v, j)];
    const root = Math.hypot(diagonal, vj);
    if (!(diagonal > 0 && root < Infinity)) return undefined;
    const [c, s] = [diagonal / root, vj / root];
    L[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      const [below, vi] = [at(L, i * n + j), at(v, i)];
      L[i * n + j] = c * below + s * vi;
      v[i] = c * vi - s * below;
    }
  }
  return L;
}
