/** What a run may be told, read once at its edge. */
import { checkFunction, checkOptions, showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import type { MethodCard } from "./card.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { readTolerance, type Tolerance } from "./criteria.ts";
import type { Observer } from "./observer.ts";
import { type Counts, wants } from "./question.ts";
import type { StepReport } from "./report.ts";

/** When a run ends whether or not it has converged. */
export interface Budgets {
  /** Steps at most. Default 10,000. */
  readonly maxSteps?: number;
  /** Calls of the user's functions at most: of all kinds together, or by kind. Default: no limit. */
  readonly maxEvaluations?: number | Partial<Counts>;
  /** Milliseconds at most. Default: no limit. */
  readonly timeLimit?: number;
}

/** Where checkpoints go: a file's path (Node), or a function that keeps the text. */
export type CheckpointSink = string | ((text: string) => void);

/** Everything about a run except problem, method and start. */
export interface SolveOptions<Step = StepReport> extends Budgets {
  /** Limits of the tests by name; see docs/tolerances.md. Default: the method card's. */
  readonly tolerance?: Tolerance;
  /** Keep every point reached. Default false. */
  readonly recordPath?: boolean;
  /** Called after every step; returning `"stop"` ends the run. */
  readonly onStep?: (step: Step) => unknown;
  /** Watchers, told of begin, steps and end. */
  readonly observers?: readonly Observer<Step>[];
  /** Ends the run when aborted. A synchronous run sees only what its own callbacks abort. */
  readonly signal?: AbortSignal;
  /** Where checkpoints are written, every ten seconds and at the end. */
  readonly checkpoint?: CheckpointSink;
  /** A checkpoint to continue from: a file's path (Node), or a checkpoint itself. */
  readonly resume?: string | Checkpoint;
}

/** The names of all options. */
export const solveOptionNames = [
  "tolerance",
  "maxSteps",
  "maxEvaluations",
  "timeLimit",
  "recordPath",
  "onStep",
  "observers",
  "signal",
  "checkpoint",
  "resume",
] as const satisfies readonly (keyof SolveOptions)[];

/** The default of `maxSteps`: enough for first-order methods on the lecture's problems, a second or so on small ones. */
export const defaultMaxSteps = 10_000;

/** Limits with nothing left open. */
export interface Limits {
  readonly tolerance: Tolerance;
  readonly maxSteps: number;
  readonly maxEvaluations: Partial<Counts>;
  /** All kinds together. */
  readonly maxTotal: number;
  readonly timeLimit: number;
}

/** Checks options and fills in defaults. @throws ArgumentError naming the option, the value and the rule. */
export function readLimits(card: MethodCard, options: SolveOptions<never>, call: string): Limits {
  const { maxSteps = defaultMaxSteps, timeLimit = Infinity, maxEvaluations = {} } = options;
  if (
    typeof maxSteps !== "number" ||
    !(maxSteps >= 0) ||
    (maxSteps !== Infinity && !Number.isInteger(maxSteps))
  )
    throw refusal(call, "maxSteps", "a whole number of steps", maxSteps);
  if (typeof timeLimit !== "number" || !(timeLimit >= 0))
    throw refusal(call, "timeLimit", "a number of milliseconds ≥ 0", timeLimit);
  if (options.onStep !== undefined) checkFunction(`${call}({ onStep })`, options.onStep);
  if (options.signal !== undefined && !(options.signal instanceof AbortSignal))
    throw refusal(call, "signal", "an AbortSignal", options.signal);
  const { recordPath = false } = options;
  if (typeof recordPath !== "boolean") throw refusal(call, "recordPath", "true or false", recordPath);
  const byKind = typeof maxEvaluations === "object" && maxEvaluations !== null ? maxEvaluations : {};
  checkOptions(`${call}({ maxEvaluations })`, byKind, wants);
  const total = typeof maxEvaluations === "object" ? Infinity : maxEvaluations;
  for (const count of [total, ...Object.values(byKind)])
    if (typeof count !== "number" || !(count >= 0))
      throw refusal(call, "maxEvaluations", "a number ≥ 0, or numbers by kind", count);
  return {
    tolerance: readTolerance(card, options.tolerance ?? {}, call),
    maxSteps,
    maxEvaluations: byKind,
    maxTotal: total,
    timeLimit,
  };
}

function refusal(call: string, name: string, rule: string, value: unknown): ArgumentError {
  return new ArgumentError(`${call}({ ${name} }): must be ${rule}; got ${showValue(value)}`);
}
