/**
 * AP = QR by Householder reflections with column pivoting: R's diagonal falls in size, and so shows the rank. Golub & Van
 * Loan (2013), Algorithm 5.4.1. We differ in one place: the norms of what remains of the columns are not only brought down
 * from step to step, which cancels, but computed anew where little is left (Drmač & Bujanović 2008; LAPACK's xLAQP2).
 */
import { at } from "../core/exactly.ts";
import { entry } from "../core/vector.ts";

/** A matrix in factors: plain data. */
export interface QR {
  readonly m: number;
  readonly n: number;
  /** `[m, n]` row-major: R on and above the diagonal; below it v of the reflections I − τvvᵀ, whose first element 1 is left out. */
  readonly factors: Float64Array;
  /** τ of each reflection, `[min(m, n)]`. */
  readonly tau: Float64Array;
  /** The column of A that became column j. */
  readonly columns: Int32Array;
}

/** Factors `a`, `[m, n]` row-major of any shape, in its own memory. */
export function qr(a: Float64Array, m: number, n: number): QR {
  const tau = new Float64Array(Math.min(m, n));
  const columns = Int32Array.from({ length: n }, (_, j) => j);
  const norms = Float64Array.from(columns, (j) => columnNorm(a, m, n, 0, j));
  const exact = norms.slice();
  for (let k = 0; k < tau.length; k++) {
    swapColumns(a, m, n, k, largestFrom(norms, k), { columns, norms, exact });
    const t = reflect(a, m, n, k);
    tau[k] = t;
    for (let j = k + 1; j < n; j++) {
      let sum = entry(a, k * n + j);
      for (let i = k + 1; i < m; i++) sum += entry(a, i * n + k) * entry(a, i * n + j);
      sum *= t;
      a[k * n + j] = entry(a, k * n + j) - sum;
      for (let i = k + 1; i < m; i++) a[i * n + j] = entry(a, i * n + j) - sum * entry(a, i * n + k);
      lowerNorm(a, m, n, k, j, norms, exact);
    }
  }
  return { m, n, factors: a, tau, columns };
}

/** The number of columns that are independent: those with |rⱼⱼ| above `share` · |r₁₁|; default max(m, n) · 2⁻⁵², as in LAPACK. */
export function rank(
  { m, n, factors }: Pick<QR, "m" | "n" | "factors">,
  share: number = Math.max(m, n) * Number.EPSILON,
): number {
  const length = Math.min(m, n);
  const least = length === 0 ? 0 : share * Math.abs(entry(factors, 0));
  let count = 0;
  while (count < length && Math.abs(entry(factors, count * n + count)) > least) count++;
  return count;
}

/** Replaces b, `[m]`, by Qᵀb. */
export function applyQTransposed({ m, n, factors, tau }: QR, b: Float64Array): void {
  for (let k = 0; k < tau.length; k++) applyReflection(factors, m, n, k, entry(tau, k), b);
}

/** Replaces b, `[m]`, by Qb. */
export function applyQ({ m, n, factors, tau }: QR, b: Float64Array): void {
  for (let k = tau.length - 1; k >= 0; k--) applyReflection(factors, m, n, k, entry(tau, k), b);
}

function applyReflection(a: Float64Array, m: number, n: number, k: number, t: number, b: Float64Array): void {
  let sum = entry(b, k);
  for (let i = k + 1; i < m; i++) sum += entry(a, i * n + k) * entry(b, i);
  sum *= t;
  b[k] = entry(b, k) - sum;
  for (let i = k + 1; i < m; i++) b[i] = entry(b, i) - sum * entry(a, i * n + k);
}

/** A column smaller than this is zero: so near to underflow its direction has lost digits, and Q would not be orthogonal. */
const tiny = 2 ** -970;

/** Makes the reflection that leaves of column k only its head; Golub & Van Loan, Algorithm 5.1.1. Returns τ. */
function reflect(a: Float64Array, m: number, n: number, k: number): number {
  const head = entry(a, k * n + k);
  const size = columnNorm(a, m, n, k, k);
  if (size < tiny) for (let i = k; i < m; i++) a[i * n + k] = 0;
  if (size < tiny || columnNorm(a, m, n, k + 1, k) === 0) return 0;
  const r = head > 0 ? -size : size;
  for (let i = k + 1; i < m; i++) a[i * n + k] = entry(a, i * n + k) / (head - r);
  a[k * n + k] = r;
  return (r - head) / r;
}

/** The norm of what is left of column j below row k, from the norm above it; anew where the difference holds few digits. */
function lowerNorm(
  a: Float64Array,
  m: number,
  n: number,
  k: number,
  j: number,
  norms: Float64Array,
  exact: Float64Array,
): void {
  const size = entry(norms, j);
  if (size === 0) return;
  const left = Math.max(0, 1 - (entry(a, k * n + j) / size) ** 2);
  if (left * (size / entry(exact, j)) ** 2 > Math.sqrt(Number.EPSILON)) {
    norms[j] = size * Math.sqrt(left);
    return;
  }
  const anew = columnNorm(a, m, n, k + 1, j);
  norms[j] = anew;
  exact[j] = anew;
}

/** ‖A[from.., j]‖₂, without overflow. */
function columnNorm(a: Float64Array, m: number, n: number, from: number, j: number): number {
  let largest = 0;
  for (let i = from; i < m; i++) largest = Math.max(largest, Math.abs(entry(a, i * n + j)));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = from; i < m; i++) sum += (entry(a, i * n + j) / largest) ** 2;
  return largest * Math.sqrt(sum);
}

function largestFrom(norms: Float64Array, k: number): number {
  let best = k;
  for (let j = k + 1; j < norms.length; j++) if (entry(norms, j) > entry(norms, best)) best = j;
  return best;
}

function swapColumns(
  a: Float64Array,
  m: number,
  n: number,
  j: number,
  k: number,
  lists: Readonly<Record<string, Float64Array | Int32Array>>,
): void {
  if (j === k) return;
  for (let i = 0; i < m; i++) swap(a, i * n + j, i * n + k);
  for (const list of Object.values(lists)) swap(list, j, k);
}

function swap(list: Float64Array | Int32Array, j: number, k: number): void {
  const kept = at(list, j);
  list[j] = at(list, k);
  list[k] = kept;
}
