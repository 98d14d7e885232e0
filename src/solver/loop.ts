/** THE loop: written once, for every method, whoever answers and however answers come. */
import { ArgumentError } from "../core/errors.ts";
import { maxNorm, norm, subtract } from "../core/vector.ts";
import { type Checkpoint, takeCheckpoint } from "./checkpoint.ts";
import { type Criteria, judge, measure } from "./criteria.ts";
import { budgetEnd, type Interruption, interruption, stateEnd } from "./ending.ts";
import { finish, functionFailed } from "./finish.ts";
import type { Method, State } from "./method.ts";
import type { Limits } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import type { ProblemFacts } from "./problem.ts";
import type { Answer, Query, Want } from "./question.ts";
import { keepBest, newRecord, note, type RunRecord, spend } from "./record.ts";
import type { StepReport } from "./report.ts";

/** What the loop is given. */
export interface Course<S extends State, W extends Want> {
  readonly method: Method<S, W>;
  readonly problem: ProblemFacts<W>;
  readonly start: Float64Array;
  readonly limits: Limits;
  readonly recordPath: boolean;
  /** Where an earlier run is taken up. */
  readonly resumed: { readonly state: S; readonly record: RunRecord } | undefined;
  /** Whether anybody wants to hear of steps. */
  readonly isWatched: boolean;
  readonly isAborted: () => boolean;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
}

/** What the loop hands out: a question to be answered, or a step to be looked at (and answered by "stop" or nothing). */
export type LoopEvent<S extends State, W extends Want> =
  | { readonly kind: "ask"; readonly query: Query<W> }
  | { readonly kind: "step"; readonly step: StepReport<Float64Array, S> };

/** What the loop is handed in return. */
export type Reply<W extends Want> = Answer<W> | Interruption | undefined;

/**
 * Asks, waits for the answer, tells, measures, until a test is met or a budget spent. A generator, so that the same lines
 * serve synchronous and asynchronous answers and a caller who takes one step at a time.
 */
export function* loop<S extends State, W extends Want>(
  course: Course<S, W>,
): Generator<LoopEvent<S, W>, Outcome<S>, Reply<W>> {
  const { method, resumed, now } = course;
  const { card } = method;
  const { tolerance } = course.limits;
  const began = now();
  const record = resumed?.record ?? newRecord(course.recordPath);
  let state = resumed?.state ?? method.init({ x: course.start.slice() });
  let answers = 0;
  let criteria = judge(record.measured, tolerance);
  let end = stateEnd(card, state, criteria);
  while (end === undefined) {
    end = endBeforeAsking(course, state, record, began, answers);
    if (end !== undefined) break;

    const query = method.ask(state);
    let reply: Reply<W>;
    try {
      reply = yield { kind: "ask", query };
    } catch (error) {
      // At the start there is nothing to return: the caller's own mistake, most likely, and the caller hears of it.
      if (record.scale === undefined) throw error;
      end = functionFailed(error);
      break;
    }
    if (typeof reply !== "object") {
      end = interruption(reply ?? "stop");
      break;
    }
    answers++;
    spend(record.spent, reply.spent);
    keepBest(record, query, reply);

    const { x, value, steps } = state;
    state = method.tell(state, reply);
    const stepNorm = arrive(course, state, { x, value, steps }, record);
    if (stepNorm !== undefined || state.verdict !== undefined) criteria = judge(record.measured, tolerance);
    end = stateEnd(card, state, criteria);
    if (stepNorm === undefined || value === undefined || !course.isWatched) continue;

    const elapsed = record.elapsedBefore + now() - began;
    const save = saver(course, state, record, elapsed, answers, () => answers);
    const step = report(state, record, { criteria, stepNorm, elapsed, save });
    if ((yield { kind: "step", step }) === "stop") end ??= interruption("stop");
  }
  const elapsed = (): number => record.elapsedBefore + now() - began;
  return yield* finish(course, { state, record, end, elapsed });
}

function endBeforeAsking<S extends State, W extends Want>(
  { limits, isAborted, now }: Course<S, W>,
  state: S,
  { spent }: RunRecord,
  began: number,
  answers: number,
): ReturnType<typeof budgetEnd> {
  if (isAborted()) return interruption("aborted");
  // A run needs its start evaluated, whatever the budget: without it there is nothing to return.
  if (state.value === undefined && answers === 0) return undefined;
  const elapsed = limits.timeLimit === Infinity ? 0 : now() - began;
  return budgetEnd(limits, state, spent, elapsed);
}

/** Notes and measures the start, or the point to which a step led; the step's length, and nothing where no step was taken. */
function arrive<S extends State, W extends Want>(
  { method, limits }: Course<S, W>,
  state: S,
  left: Pick<State, "x" | "value" | "steps">,
  record: RunRecord,
): number | undefined {
  if (state.value === undefined) return undefined;
  if (left.value === undefined || record.scale === undefined) {
    record.scale = { x: state.x.slice(), value: state.value };
    note(record, state, 0);
    record.measured = measure(method, state, record.scale, limits.tolerance);
    return 0;
  }
  if (state.steps <= left.steps) {
    // A method that gives up may have measured how little there was left to gain.
    if (state.verdict !== undefined) record.measured = { ...record.measured, ...method.measure?.(state) };
    return undefined;
  }
  const stepNorm = norm(subtract(state.x, left.x));
  note(record, state, stepNorm);
  const from = { x: left.x, value: left.value };
  record.measured = measure(method, state, record.scale, limits.tolerance, from);
  return stepNorm;
}

/** Saves while nothing has happened since; later the state's buffers hold something else. */
function saver<S extends State, W extends Want>(
  course: Course<S, W>,
  state: S,
  record: RunRecord,
  elapsed: number,
  answers: number,
  answersNow: () => number,
): () => Checkpoint {
  return () => {
    if (answersNow() !== answers)
      throw new ArgumentError(
        `save() of step ${state.steps}: the run has gone on since; call it while the step is being looked at`,
      );
    return takeCheckpoint(course, state, record, elapsed);
  };
}

function report<S extends State>(
  state: S,
  record: RunRecord,
  rest: {
    readonly criteria: Criteria;
    readonly stepNorm: number;
    readonly elapsed: number;
    readonly save: () => Checkpoint;
  },
): StepReport<Float64Array, S> {
  return {
    steps: state.steps,
    x: state.x.slice(),
    value: state.value ?? Number.NaN,
    gradientNorm: state.gradient === undefined ? undefined : maxNorm(state.gradient),
    evaluations: { ...record.spent },
    state,
    ...rest,
  };
}
