/**
 * Shorten the step until f(x + t d) ≤ f + c₁ t gᵀd.
 * Armijo (1966); Nocedal & Wright (2006), algorithm 3.1. The next length is the minimum of the quadratic through f, its slope
 * and the trial (equation 3.58), kept between a tenth and `shrink` of the last (Dennis & Schnabel 1983, algorithm A6.3.1).
 */
import { readSettings, type Setting } from "../solver/card.ts";
import { firstLength, type LastStep } from "./first-length.ts";
import { hasDrowned, keepLowest, type Lowest, noneLowest, roundingOf } from "./rounding.ts";
import type { Search, SearchState, Trial } from "./search.ts";

/** Options of `backtracking`. */
export interface BacktrackingOptions {
  /** ρ in (0, 1): a rejected length is shortened to this share of itself, or to less. Default 0.5, Dennis & Schnabel. */
  readonly shrink?: number;
  /** c₁ in (0, 1): the share of the decrease promised by the slope that must come true. Default 1e-4, Nocedal & Wright. */
  readonly decrease?: number;
}

/** The state of `backtracking`. */
export interface BacktrackingState extends SearchState, LastStep, Lowest {
  /** gᵀd. */
  readonly slope: number;
  /** Whether this is the step's first trial. */
  readonly isFirst: boolean;
}

const settings = [
  {
    kind: "number",
    name: "shrink",
    symbol: "\\rho",
    meaning: "a rejected length is shortened to this share of itself, or to less",
    default: 0.5,
    source: "Dennis & Schnabel (1983), algorithm A6.3.1",
    range: "(0, 1)",
  },
  {
    kind: "number",
    name: "decrease",
    symbol: "c_1",
    meaning: "the share of the decrease promised by the slope that must come true",
    default: 1e-4,
    source: "Nocedal & Wright (2006), section 3.1",
    range: "(0, 1)",
  },
] as const satisfies readonly Setting[];

const atRest: BacktrackingState = {
  control: 1,
  status: "trying",
  value: Number.NaN,
  slope: Number.NaN,
  isFirst: true,
  ...noneLowest,
};

/** A length is shortened to no less than this share of itself at a time. */
const least = 0.1;

/**
 * The search that shortens steps until f decreases enough. It asks for values alone; a trial where f is infinite or not a
 * number is too long.
 *
 * ```ts
 * import { backtracking, gradientDescent } from "nabla";
 *
 * const method = gradientDescent({ search: backtracking({ shrink: 0.3 }) });
 * method.settings.search; // → { name: "backtracking", shrink: 0.3, decrease: 0.0001 }
 * ```
 *
 * @throws ArgumentError for a setting outside its range.
 */
export function backtracking(
  options: BacktrackingOptions = {},
): Search<"length", BacktrackingState, "value"> {
  const chosen = readSettings<keyof BacktrackingOptions>({ name: "backtracking", settings }, options);
  const { shrink, decrease } = chosen;
  return {
    name: "backtracking",
    settings: chosen,
    control: "length",
    asks: ["value"],
    begin: () => atRest,
    open: (state, opening) => ({
      ...state,
      control: firstLength(state, opening),
      status: "trying",
      value: opening.value,
      slope: opening.slope,
      isFirst: true,
    }),
    judge: (state, trial) => {
      const { control, value, slope } = state;
      const rounding = roundingOf(value);
      const isInvisible = -control * slope <= rounding;
      // What the slope promises may round to nothing; equal values are no decrease.
      const isEnough = trial.value < value && trial.value <= value + decrease * control * slope;
      if (isEnough || (state.isFirst && isInvisible && trial.value <= value + rounding))
        return accept(state, trial);
      if (isInvisible || !(control > 0)) return { ...state, status: "failed", detail: tooShort };
      return { ...state, control: shorten(state, trial, shrink), isFirst: false };
    },
  };
}

const tooShort = "no step that could change f visibly decreases it";

/**
 * Near a minimum the decrease of a step, even of Newton's own, may be too small to be seen. It is taken where it is the
 * first choice, but not many in a row; a step that was shortened until nothing can be seen is none.
 */
function accept(state: BacktrackingState, { value }: Trial): BacktrackingState {
  const memory = keepLowest(state, value);
  if (memory === undefined) return { ...state, status: "failed", detail: hasDrowned };
  return { ...state, ...memory, status: "accepted" };
}

function shorten({ control: t, value, slope }: BacktrackingState, trial: Trial, shrink: number): number {
  if (trial.value === Infinity) return shrink * t;
  const minimum = (-slope * t * t) / (2 * (trial.value - value - slope * t));
  return Math.min(shrink * t, Math.max(least * t, minimum));
}
