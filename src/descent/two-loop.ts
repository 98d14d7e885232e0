/**
 * d = −H g where H is BFGS's inverse Hessian made of the pairs in memory: back through the pairs, scale, and forth again.
 * Nocedal & Wright (2006), algorithm 7.4.
 */
import { entry, scaled } from "../core/vector.ts";
import type { LbfgsBelief } from "../model/lbfgs.ts";
import type { Descent } from "./descent.ts";
import { type Line, lineDescent } from "./line.ts";

/** The limited-memory quasi-Newton direction; until something was learned, the steepest direction. */
export function twoLoopDirection(): Descent<LbfgsBelief, "length", Line> {
  return lineDescent("two-loop", twoLoop, ({ updates }) => updates > 0);
}

function twoLoop({ gradient, S, Y, rho, scale, updates }: LbfgsBelief): Float64Array {
  const [n, m] = [gradient.length, rho.length];
  const oldest = Math.max(0, updates - m);
  const alpha = new Float64Array(m);
  const q = scaled(-1, gradient);
  for (let k = updates - 1; k >= oldest; k--) {
    const row = k % m;
    const share = entry(rho, row) * rowDot(S, row * n, q);
    alpha[row] = share;
    addRow(q, -share, Y, row * n);
  }
  for (let i = 0; i < n; i++) q[i] = scale * entry(q, i);
  for (let k = oldest; k < updates; k++) {
    const row = k % m;
    addRow(q, entry(alpha, row) - entry(rho, row) * rowDot(Y, row * n, q), S, row * n);
  }
  return q;
}

/** The product of the row of A that begins at `start` with q. */
function rowDot(A: Float64Array, start: number, q: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < q.length; i++) sum += entry(A, start + i) * entry(q, i);
  return sum;
}

/** q + t·row, in place. */
function addRow(q: Float64Array, t: number, A: Float64Array, start: number): void {
  for (let i = 0; i < q.length; i++) q[i] = entry(q, i) + t * entry(A, start + i);
}
