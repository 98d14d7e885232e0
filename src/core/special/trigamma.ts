/** The trigamma function, ψ′(x) = Σₖ 1/(x + k)². Abramowitz & Stegun (1964), 6.4.1. */
import { polygamma } from "./polygamma.ts";

/**
 * ψ′(x), the derivative of digamma: positive everywhere, +∞ at the poles 0, -1, -2, ... Within 3 units in the
 * last place.
 *
 * Example: `trigamma(0.5)` is 4.934802200544679, which is π²/2.
 */
export function trigamma(x: number): number {
  return polygamma(1, x);
}
