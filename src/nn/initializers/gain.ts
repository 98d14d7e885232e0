/** Gains: what weights before an activation are multiplied by, so that it leaves the size of signals as it is. */
import { checkNumber, showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";

/** g² E[f(z)²] = 1 for standard normal z; tanh's 5/3 is PyTorch's, a little more than the 1.59 of that rule. */
const gains: ReadonlyMap<string, number> = new Map([
  ["linear", 1],
  ["sigmoid", 1],
  ["tanh", 5 / 3],
  ["relu", Math.SQRT2],
]);

/**
 * The gain of an activation as PyTorch's `calculate_gain` has it: linear 1, sigmoid 1, tanh 5/3, relu √2, leaky-relu √(2 / (1 + slope²)) (He et al. 2015,
 * equation 15).
 *
 * ```ts
 * import { gainOf, xavierUniform } from "nabla";
 * gainOf("tanh"); // → 1.6666666666666667
 * gainOf("leaky-relu", 1); // → 1
 * xavierUniform({ gain: gainOf("tanh") }).settings; // → { gain: 1.6666666666666667 }
 * ```
 *
 * @param slope of leaky-relu; default 0.01 (PyTorch).
 * @throws ArgumentError for other names.
 */
export function gainOf(activation: string, slope = 0.01): number {
  checkNumber("gainOf", slope, "the slope");
  if (activation === "leaky-relu") return Math.sqrt(2 / (1 + slope ** 2));
  const gain = gains.get(activation);
  if (gain === undefined)
    throw new ArgumentError(
      `gainOf: knows the gains of ${[...gains.keys()].join(", ")} and leaky-relu; got ${showValue(activation)}; take that of relu for what is much like it`,
    );
  return gain;
}
