/** The beginning of a run: what was given is checked, once, and put together for the loop and for those who watch. */
import { showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { checkpointWriter, readCheckpoint } from "./checkpoint-store.ts";
import type { Course } from "./loop.ts";
import type { Method, State } from "./method.ts";
import { readLimits, type SolveOptions } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import type { ProblemFacts } from "./problem.ts";
import type { Want } from "./question.ts";
import { continuedRecord } from "./record.ts";
import type { StepReport } from "./report.ts";

/** Who hears of a run, put together from its options. */
export interface Audience<S extends State> {
  readonly begin: () => void;
  /** What `onStep` returned. */
  readonly step: (step: StepReport<Float64Array, S>) => unknown;
  readonly end: (outcome: Outcome<S>) => Outcome<S>;
}

/** A run that can begin. */
export interface Opened<S extends State, W extends Want> {
  readonly course: Course<S, W>;
  readonly audience: Audience<S>;
}

/**
 * Checks problem, method, start and options against each other.
 *
 * @throws ArgumentError where they do not fit; FileError for a checkpoint that cannot be read, or could not be written.
 */
export function open<S extends State, W extends Want>(
  problem: ProblemFacts<W>,
  method: Method<S, W>,
  start: Float64Array,
  options: SolveOptions<StepReport<Float64Array, S>>,
  call: string,
): Opened<S, W> {
  checkMethod(problem, method, call);
  checkStart(problem.dimension, start, call);
  const limits = readLimits(method.card, options, call);
  const { onStep, observers = [], signal, recordPath = false, checkpoint } = options;
  const saved = options.resume === undefined ? undefined : readCheckpoint(options.resume, call);
  const resumed = saved === undefined ? undefined : openCheckpoint<S>(saved, { method, problem }, call);
  const now = (): number => performance.now();
  const writer =
    checkpoint === undefined ? undefined : checkpointWriter(checkpoint, method.settings, call, now);
  const course: Course<S, W> = {
    method,
    problem,
    start,
    limits,
    recordPath,
    resumed: resumed && { ...resumed, record: continuedRecord(resumed.record, resumed.state, recordPath) },
    isWatched: onStep !== undefined || observers.length > 0 || writer !== undefined,
    isAborted: () => signal?.aborted === true,
    now,
  };
  const audience: Audience<S> = {
    begin: () => {
      for (const observer of observers) observer.begin?.(method.card);
    },
    step: (step) => {
      writer?.step(step.save);
      for (const observer of observers) observer.step?.(step);
      return onStep?.(step);
    },
    end: (reached) => {
      const failure = writer?.end(reached.save);
      const outcome = failure === undefined ? reached : withUnsaved(reached, failure);
      for (const observer of observers) observer.end?.(outcome);
      return outcome;
    },
  };
  return { course, audience };
}

/** A result is not lost because its checkpoint is; but it says so. */
function withUnsaved<S extends State>(outcome: Outcome<S>, failure: unknown): Outcome<S> {
  const why = failure instanceof Error ? failure.message : showValue(failure);
  const detail = `${outcome.detail}; the last checkpoint was not written: ${why}`;
  return { ...outcome, detail, error: outcome.error ?? failure };
}

function checkMethod<S extends State, W extends Want>(
  { offers }: ProblemFacts<W>,
  { card }: Method<S, W>,
  call: string,
): void {
  const missing = card.asks.find((kind) => !offers.some((offered) => offered === kind));
  if (missing === undefined) return;
  const remedy =
    missing === "residuals" || missing === "jacobian"
      ? "state the problem by its residuals, with leastSquares(residuals, start)"
      : "choose a method that needs less, or supply it";
  throw new ArgumentError(
    `${call}: ${card.name} asks for ${missing}, which this problem does not offer (it offers ${offers.join(", ")}); ${remedy}`,
  );
}

function checkStart(dimension: number, start: Float64Array, call: string): void {
  if (start.length !== dimension)
    throw new ArgumentError(
      `${call}: the problem has ${dimension} variables; got a start of ${start.length}`,
    );
  const wrong = start.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw new ArgumentError(
      `${call}: the start must be finite; its element ${wrong} is ${showValue(start[wrong])}; begin where the function is defined`,
    );
}
