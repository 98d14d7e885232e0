/**
 * The damping δ of a step, by the gain: what f lost for what the model promised, ρ = (f(x) − f(x + p)) / −predicted. A step
 * with ρ ≥ 10⁻⁴ is taken (Moré 1978, §7), and
 *   δ ← δ max(1/γ, 1 − (β − 1)(2ρ − 1)³);
 * one that is not is tried again with δ ← νδ, ν ← 2ν, where ν begins at β. Nielsen (1999), eq. 2.4 and algorithm 3.3. Where
 * Nielsen's δ only tends to 0, ours is 0 below a floor, from which it is raised again when there is no step without it.
 *
 * Near a minimum both changes drown in the rounding of f, and ρ is noise. A step of which the model promises less than that
 * noise is taken as long as f does not show more than noise and promises become smaller, so that steps go on to the
 * accuracy of the gradient, which is much finer than that of f.
 */
import type { Opening } from "../descent/descent.ts";
import type { NumberSetting } from "../solver/card.ts";
import type { Measured } from "../solver/criteria.ts";
import type { Search, SearchState, Trial } from "./search.ts";

/** The numbers of the search. */
export interface DampingOptions {
  /** The first δ, as a share of the matrix: the guess of the descent. */
  readonly damping: number;
  /** β. */
  readonly increase: number;
  /** γ. */
  readonly decrease: number;
  /** Below this share of the matrix δ is 0. */
  readonly floor: number;
}

/** What the user of a damped method may choose of its damping. */
export interface DampingChoice {
  /** β: the factor by which the damping rises after a step that was not taken. Default 2 (Nielsen 1999); the lecture's 10. */
  readonly increase?: number;
  /** γ: the factor by which it falls after a good step. Default 3 (Nielsen 1999); the lecture's 10. */
  readonly decrease?: number;
}

/** The same on a method's card. */
export const dampingSettings: readonly NumberSetting[] = [
  {
    kind: "number",
    name: "increase",
    symbol: String.raw`\beta`,
    meaning: "factor by which the damping rises after a step that was not taken; doubles with each in a row",
    default: 2,
    source: "Nielsen (1999); the lecture has 10",
    range: "(1, ∞)",
  },
  {
    kind: "number",
    name: "decrease",
    symbol: String.raw`\gamma`,
    meaning: "factor by which the damping falls after a good step",
    default: 3,
    source: "Nielsen (1999); the lecture has 10",
    range: "(1, ∞)",
  },
];

/** What it remembers. */
export interface DampingState extends SearchState {
  /** f(x). */
  readonly value: number;
  /** The size of the matrix that is damped. */
  readonly guess: number;
  /** The δ with which the next step begins; undefined before the first. */
  readonly next?: number;
  /** The δ of the last step taken, as a share of the matrix. */
  readonly taken?: number;
  /** ν: the factor of the next rise. */
  readonly growth: number;
  /** Whether this is the step's first trial. */
  readonly isFirst: boolean;
  /** The smallest change promised below the noise of f since a step was last above it; ∞ when there was none. */
  readonly drowned: number;
  /** What the model promises without damping, as a share of f; NaN where no such step was made. */
  readonly promise: number;
}

/** Changes of f below this share of it may be noise: the roundings of a sum whose terms are larger than itself. */
const noise = 1e-10;
/** Changes of f below this share of it cannot be seen. */
const rounding = Number.EPSILON;
/** The least gain of a step that is taken. */
const leastGain = 1e-4;
/** A damping above this share of the matrix finds no step any more. */
const hopeless = 1e100;

/** How large one number is beside another; 0 is nothing beside anything. */
const share = (part: number, whole: number): number => (part === 0 ? 0 : part / whole);

/** The search that raises and lowers a damping by the gain. */
export function damping({
  damping: initial,
  increase,
  decrease,
  floor,
}: DampingOptions): Search<"damping", DampingState, "value"> {
  const least = (state: DampingState): number => floor * state.guess;

  const raise = (state: DampingState, detail: string): DampingState => {
    const control = Math.max(state.control * state.growth, least(state));
    if (!(control <= hopeless * state.guess && control < Infinity))
      return { ...state, status: "failed", detail };
    return { ...state, control, growth: 2 * state.growth, isFirst: false };
  };

  const take = (state: DampingState, gain: number): DampingState => {
    const factor = Math.max(1 / decrease, 1 - (increase - 1) * (2 * gain - 1) ** 3);
    const next = factor * state.control;
    return {
      ...state,
      status: "accepted",
      next: next < least(state) ? 0 : next,
      taken: state.control / state.guess,
      drowned: Infinity,
    };
  };

  /** Takes a step whose gain is noise, and learns nothing from it. */
  const keep = (state: DampingState, promised: number): DampingState => ({
    ...state,
    status: "accepted",
    next: state.control,
    taken: state.control / state.guess,
    drowned: promised,
  });

  return {
    name: "damping",
    settings: { damping: initial, increase, decrease, floor },
    control: "damping",
    asks: [],
    begin: () => ({
      control: initial,
      status: "trying",
      value: Number.NaN,
      guess: Number.NaN,
      growth: increase,
      isFirst: true,
      drowned: Infinity,
      promise: Number.NaN,
    }),
    open: (state, { value, guess, promise }: Opening) => ({
      ...state,
      control: state.next ?? initial * guess,
      status: "trying",
      value,
      guess,
      growth: increase,
      isFirst: true,
      promise: share(promise, Math.abs(value)),
    }),
    judge: (before, { value, predicted }: Trial) => {
      const [lost, promised] = [before.value - value, -predicted];
      const [size, gain] = [Math.abs(before.value), lost / promised];
      const state = before.control === 0 ? { ...before, promise: share(promised, size) } : before;
      const isDrowned = promised <= noise * size;
      if (gain >= leastGain && promised > 0) return isDrowned ? keep(state, promised) : take(state, gain);
      if (isDrowned && state.isFirst && lost >= -noise * size && promised < 0.9 * state.drowned)
        return keep(state, promised);
      if (promised <= rounding * size)
        return { ...state, status: "failed", detail: "the model promises no change of f above its rounding" };
      return raise(state, "no damping gave a step that lowers f");
    },
  };
}

/** The test of a method that can go no further: what its model would still lower f by, if nothing held its step back. */
export function decreaseLeft(state: { readonly phase: string; readonly search: DampingState }): Measured {
  const { promise } = state.search;
  return state.phase === "over" && !Number.isNaN(promise) ? { decrease: promise } : {};
}
