/** What a run may be told, read once at its edge. */
import { checkFunction, checkList, checkOptions, showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import type { MethodCard } from "./card.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { readTolerance, type Tolerance } from "./criteria.ts";
import { isObserver, type Observer } from "./observer.ts";
import { type Counts, wants } from "./question.ts";
import type { StepReport } from "./report.ts";

/**
 * When a run ends whether or not it has converged. Budgets are looked at before each question, so the last answer may go over
 * them; the start is evaluated whatever they are. A run that is resumed counts the steps and evaluations of the runs it
 * continues, so that it ends where it would have ended; its time limit is its own.
 */
export interface Budgets {
  /** Steps at most; 0 evaluates the start. Default 10,000. */
  readonly maxSteps?: number;
  /** Calls of the user's functions at most: of all kinds together, or by kind. Default: no limit. */
  readonly maxEvaluations?: number | Partial<Counts>;
  /** Milliseconds at most, of this call. Default: no limit. */
  readonly timeLimit?: number;
}

/** Where checkpoints go: a file's path (Node), or a function that keeps the text. */
export type CheckpointSink = string | ((text: string) => void);

/** Everything about a run except problem, method and start. */
export interface SolveOptions<Step = StepReport> extends Budgets {
  /** Limits of the tests by name; see docs/tolerances.md. Default: the method card's. */
  readonly tolerance?: Tolerance;
  /** Keep every point reached; of a resumed run those of the earlier ones too, where they kept them. Default false. */
  readonly recordPath?: boolean;
  /** Called after every step; returning `"stop"` ends the run, and so does promising it to a verb that is asynchronous. */
  readonly onStep?: (step: Step) => unknown;
  /** Watchers, told of begin, steps and end. */
  readonly observers?: readonly Observer<Step>[];
  /** Ends the run when aborted. A synchronous run sees only what its own callbacks abort. */
  readonly signal?: AbortSignal;
  /** Where checkpoints are written, after steps every ten seconds and at the end. A file is replaced whole. */
  readonly checkpoint?: CheckpointSink;
  /** A checkpoint to continue from: a file's path (Node), or a checkpoint itself. */
  readonly resume?: string | Checkpoint;
}

/** The names of all options. */
export const solveOptionNames: readonly (keyof SolveOptions)[] = [
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
];

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
  const { maxSteps = defaultMaxSteps, timeLimit = Infinity, maxEvaluations = Infinity } = options;
  if (!isBudget(maxSteps) || (maxSteps !== Infinity && !Number.isInteger(maxSteps)))
    throw refusal(call, "maxSteps", "a whole number of steps", maxSteps);
  if (!isBudget(timeLimit)) throw refusal(call, "timeLimit", "a number of milliseconds ≥ 0", timeLimit);
  checkCallbacks(options, call);
  return {
    tolerance: readTolerance(card, options.tolerance ?? {}, call),
    maxSteps,
    ...readEvaluations(maxEvaluations, call),
    timeLimit,
  };
}

const isBudget = (value: unknown): boolean => typeof value === "number" && value >= 0;

function readEvaluations(
  budget: number | Partial<Counts>,
  call: string,
): Pick<Limits, "maxEvaluations" | "maxTotal"> {
  if (typeof budget === "object" && budget !== null) {
    checkOptions(`${call}({ maxEvaluations })`, budget, wants);
    if (Object.values(budget).every(isBudget)) return { maxEvaluations: budget, maxTotal: Infinity };
  } else if (isBudget(budget)) return { maxEvaluations: {}, maxTotal: budget };
  throw refusal(call, "maxEvaluations", "a number ≥ 0, or numbers by kind", budget);
}

function checkCallbacks(
  { onStep, signal, recordPath = false, observers = [] }: SolveOptions<never>,
  call: string,
): void {
  if (onStep !== undefined) checkFunction(`${call}({ onStep })`, onStep);
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw refusal(call, "signal", "an AbortSignal", signal);
  if (typeof recordPath !== "boolean") throw refusal(call, "recordPath", "true or false", recordPath);
  checkList(`${call}({ observers })`, observers, "a list of observers");
  // A watcher that is never told would be a mistake that nobody notices.
  const wrong: unknown = observers.find((observer) => !isObserver(observer));
  if (!observers.every((observer) => isObserver(observer)))
    throw refusal(call, "observers", "a list of { begin, step, end }, functions all", wrong);
}

function refusal(call: string, name: string, rule: string, value: unknown): ArgumentError {
  return new ArgumentError(`${call}({ ${name} }): must be ${rule}; got ${showValue(value)}`);
}
