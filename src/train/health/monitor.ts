/** The health of a training: a pure state machine that is told of steps and epochs and says once, with advice, what looks wrong. */
import { readSettings } from "../../solver/card.ts";
import type { HealthEpoch, HealthKind, HealthStep, HealthWarning } from "./facts.ts";
import { type Course, further, measure, noCourse } from "./measured.ts";
import { type HealthOptions, healthSettings } from "./settings.ts";
import { dying } from "./signs/dead-units.ts";
import { type ExplodingGradients, explodingGradients } from "./signs/exploding-gradients.ts";
import { nonFinite } from "./signs/non-finite.ts";
import { type RateTooHigh, rateTooHigh } from "./signs/rate-too-high.ts";
import { crawling, type RateTooLow, rateTooLow } from "./signs/rate-too-low.ts";
import { type VanishingGradients, vanishingGradients } from "./signs/vanishing-gradients.ts";

/** What is remembered from step to step: plain data, for checkpoints. */
export interface HealthState {
  /** The last step told. */
  readonly step: number;
  /** What was said already. */
  readonly given: readonly HealthKind[];
  readonly course: Course;
  readonly rateTooHigh: RateTooHigh;
  readonly explodingGradients: ExplodingGradients;
  readonly vanishingGradients: VanishingGradients;
  readonly rateTooLow: RateTooLow;
}

/** The next state, and what is new. */
export interface HealthReport {
  readonly state: HealthState;
  readonly warnings: readonly HealthWarning[];
  /** Given where loss, gradient or update is NaN or infinite: the run must end, since this step leaves parameters that are lost. */
  readonly verdict?: "non-finite";
}

/** Watches a training. */
export interface HealthMonitor {
  readonly init: () => HealthState;
  readonly step: (state: HealthState, facts: HealthStep) => HealthReport;
  readonly epoch: (state: HealthState, facts: HealthEpoch) => HealthReport;
}

/** What follows from what was said already is not said as well: advice for the cause is enough. */
const consequences: Readonly<Record<HealthKind, readonly HealthKind[]>> = {
  "non-finite": [],
  "rate-too-high": ["exploding-gradients", "dead-units", "vanishing-gradients"],
  "exploding-gradients": ["rate-too-high", "dead-units"],
  "dead-units": ["vanishing-gradients", "rate-too-low"],
  "vanishing-gradients": ["rate-too-low"],
  "rate-too-low": [],
};

/**
 * A monitor. `step` and `epoch` are pure: they are given what was remembered, and return what is to be remembered next with the warnings that are
 * new. Each kind is given once in a run. It costs a few norms; what to do about a warning is for whoever trains to decide.
 *
 * ```ts
 * const monitor = healthMonitor();
 * const facts = { step: 1, loss: Number.NaN, paths: [".w"], gradientNorms: Float64Array.of(1) };
 * const { verdict, warnings } = monitor.step(monitor.init(), facts);
 * verdict; // → "non-finite"
 * warnings[0]?.message; // → "The loss is NaN at step 1, before anything was learned: look for NaN in inputs and targets…"
 * ```
 *
 * @throws ArgumentError for limits out of range.
 */
export function healthMonitor(options: HealthOptions = {}): HealthMonitor {
  const limits = readSettings<keyof HealthOptions>(
    { name: "healthMonitor", settings: healthSettings },
    options,
  );
  return {
    init: () => ({
      step: 0,
      given: [],
      course: noCourse,
      rateTooHigh: rateTooHigh.init,
      explodingGradients: explodingGradients.init,
      vanishingGradients: vanishingGradients.init,
      rateTooLow: rateTooLow.init,
    }),
    step: (before, told) => {
      const facts = measure(told, before.course);
      const at = { ...before, step: told.step };
      const end = nonFinite(facts, before.rateTooHigh.long, limits);
      if (end !== undefined) return { ...withNews(at, [["non-finite", end]]), verdict: "non-finite" };
      const high = rateTooHigh.step(before.rateTooHigh, facts, limits);
      const exploding = explodingGradients.step(before.explodingGradients, facts, limits);
      const vanishing = vanishingGradients.step(before.vanishingGradients, facts, limits);
      const low = rateTooLow.step(before.rateTooLow, facts, limits);
      const state: HealthState = {
        ...at,
        course: further(before.course, told.loss),
        rateTooHigh: high.state,
        explodingGradients: exploding.state,
        vanishingGradients: vanishing.state,
        rateTooLow: low.state,
      };
      return withNews(state, [
        ["rate-too-high", high.message],
        ["exploding-gradients", exploding.message],
        ["vanishing-gradients", vanishing.message],
      ]);
    },
    epoch: (state, facts) =>
      withNews(state, [
        ["dead-units", dying(facts, limits)],
        ["rate-too-low", crawling(state.rateTooLow, facts, limits)],
      ]),
  };
}

/** Keeps what was not said yet and does not follow from what was. */
function withNews(
  state: HealthState,
  news: readonly (readonly [HealthKind, string | undefined])[],
): HealthReport {
  const given = [...state.given];
  const warnings: HealthWarning[] = [];
  for (const [kind, message] of news) {
    const isKnown = given.includes(kind) || given.some((cause) => consequences[cause].includes(kind));
    if (message === undefined || isKnown) continue;
    given.push(kind);
    warnings.push({ kind, step: state.step, message });
  }
  return { state: { ...state, given }, warnings };
}
