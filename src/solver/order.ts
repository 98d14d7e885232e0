/**
 * How fast a run converged, read off the lengths of its last steps sₖ = ‖xₖ₊₁ − xₖ‖₂. Where errors shrink as eₖ₊₁ ≈ C eₖ^q, so do
 * the steps, and the order is q ≈ log(sₖ₊₁/sₖ) / log(sₖ/sₖ₋₁). Nocedal & Wright (2006), section A.2, rates of convergence;
 * the estimate from steps is that of Grau-Sánchez, Noguera & Gutiérrez (2010), the extrapolated order.
 */
import { at } from "../core/exactly.ts";
import type { History } from "./record.ts";

/** The speed of convergence. */
export interface Convergence {
  /** q: 1 is linear, between 1 and 2 superlinear, 2 quadratic. */
  readonly order: number;
  /** What each step leaves of the one before it, where convergence is linear (q < 1.1). */
  readonly rate?: number;
}

/** Steps shorter than this share of the way travelled are mostly rounding. */
const resolution = 8 * Number.EPSILON;

/** The order is the geometric mean of at most so many estimates, the latest: one alone may be an accident. */
const most = 3;

/** An estimate further than this factor from their mean shows that there is no order. */
const spread = 3;

/** The lowest mean that is taken for an order; steps that shrink ever less have none. */
const lowest = 0.75;

/**
 * The order at which a run converged; undefined where its last steps do not show one: fewer than four that shrink one after
 * another above the level of rounding, or estimates that contradict each other. With few steps it is rough: within a tenth or
 * two for Newton's method, which passes from its first good step to the last digit in five.
 */
export function convergenceOrder(history: Pick<History, "stepNorm">): Convergence | undefined {
  const steps = lastShrinking(history.stepNorm.slice(1));
  const logs = steps.slice(1).map((s, k) => Math.log(s / at(steps, k)));
  const estimates = logs
    .slice(1)
    .map((log, k) => log / at(logs, k))
    .slice(-most);
  if (estimates.length < 2) return undefined;
  const order = geometricMean(estimates);
  const agree = estimates.every((q) => q < spread * order && q > order / spread);
  if (!(order > lowest) || !agree) return undefined;
  return order < 1.1 ? { order, rate: Math.exp(mean(logs.slice(-most))) } : { order };
}

/** The longest run of shrinking steps at the end, without those that only rounding made. */
function lastShrinking(steps: readonly number[]): readonly number[] {
  const floor = resolution * steps.reduce((sum, s) => sum + s, 0);
  let end = steps.length;
  while (end > 0 && !(at(steps, end - 1) > floor)) end--;
  let begin = Math.max(0, end - 1);
  while (begin > 0 && at(steps, begin - 1) > at(steps, begin)) begin--;
  return steps.slice(begin, end);
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
const geometricMean = (values: readonly number[]): number => Math.exp(mean(values.map(Math.log)));
