/** The same length for every step: t = η, the constant rate of learning. */
import { showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import type { Search, SearchState } from "./search.ts";

/**
 * The search that does not search: every step has the length given, and is taken wherever f is finite.
 *
 * ```ts
 * import { fixedStep, gradientDescent } from "nabla";
 *
 * gradientDescent({ search: fixedStep(0.1) }).settings.search; // → { name: "fixed-step", length: 0.1 }
 * ```
 *
 * @throws ArgumentError when the length is no finite number above 0.
 */
export function fixedStep(length: number): Search<"length", SearchState, "value"> {
  if (typeof length !== "number" || !(length > 0 && length < Infinity))
    throw new ArgumentError(`fixedStep(length): must be a number in (0, ∞); got ${showValue(length)}`);
  const trying: SearchState = { control: length, status: "trying" };
  return {
    name: "fixed-step",
    settings: { length },
    control: "length",
    asks: ["value"],
    begin: () => trying,
    open: () => trying,
    judge: (state, { value }) =>
      value < Infinity
        ? { control: length, status: "accepted" }
        : { ...state, status: "failed", detail: "f is not finite at the end of the fixed step; shorten it" },
  };
}
