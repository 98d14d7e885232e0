/** The error function, erf(x) = 2/√π ∫₀ˣ exp(-t²) dt. Abramowitz & Stegun (1964), 7.1.1. */

import { ERF_CENTRAL_END, erfCentral } from "./erf-central.ts";
import { erfc } from "./erfc.ts";

/** From here on 1 - erf(x) is less than half a unit in the last place of 1. */
const SATURATION = 6;

/**
 * The error function of any number: odd, erf(±∞) = ±1, erf(-0) = -0, NaN for NaN. Within 1 unit in the last
 * place.
 *
 * Example: `erf(0.5)` is 0.5204998778130465.
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size < ERF_CENTRAL_END) return erfCentral(x);
  if (size >= SATURATION) return Math.sign(x);
  return x < 0 ? erfc(size) - 1 : 1 - erfc(size);
}
