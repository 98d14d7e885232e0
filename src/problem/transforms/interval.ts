import { checkNumber } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { elementwise } from "./elementwise.ts";
import type { Transform } from "./transform.ts";

/**
 * Parameters between two bounds: x = low + (high − low)/(1 + exp(−u)). A minimum on a bound is approached and never reached;
 * where minima lie on bounds, a method with bounds is the better choice.
 *
 * ```ts
 * import { interval } from "nabla";
 * interval(0, 1).name; // → interval(0, 1)
 * ```
 *
 * @throws ArgumentError unless low < high, both finite.
 */
export function interval(low: number, high: number): Transform {
  const name = `interval(${low}, ${high})`;
  checkNumber("interval(low, high)", low, "low");
  checkNumber("interval(low, high)", high, "high");
  const width = high - low;
  if (!(low < high) || !Number.isFinite(width))
    throw new ArgumentError(
      `interval(low, high): needs finite bounds with low < high; got ${low} and ${high}; use positive() for parameters without an upper bound`,
    );
  return elementwise({
    name,
    domain: `between ${low} and ${high}`,
    contains: (x) => x > low && x < high,
    toVariable: (x) => Math.log(x - low) - Math.log(high - x),
    // The sum may round to the outside.
    toParameter: (u) => u.sigmoid().mul(width).add(low).maximum(low).minimum(high),
  });
}
