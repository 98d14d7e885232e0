/** THE loop: written once, for every method, whoever answers and however answers come. */
import { showValue } from "../core/checks.ts";
import { maxNorm, norm, subtract } from "../core/vector.ts";
import type { MethodCard } from "./card.ts";
import { type Checkpoint, openCheckpoint, takeCheckpoint } from "./checkpoint.ts";
import {
  type Criteria,
  type CriterionName,
  gradientMeasure,
  groupMet,
  judge,
  type Measured,
  stepMeasure,
  valueMeasure,
} from "./criteria.ts";
import type { Method, State } from "./method.ts";
import type { Limits } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import type { ProblemFacts } from "./problem.ts";
import { type Answer, type Evaluation, type Query, type Want, wants } from "./question.ts";
import type { Reason } from "./reason.ts";
import { newRecord, type RunRecord, spend, total } from "./record.ts";
import type { StepReport } from "./report.ts";

/** What the loop is given. */
export interface Course<S extends State, W extends Want> {
  readonly method: Method<S, W>;
  readonly problem: ProblemFacts<W>;
  readonly start: Float64Array;
  readonly limits: Limits;
  readonly recordPath: boolean;
  readonly resume: Checkpoint | undefined;
  /** The name of the verb, for error messages. */
  readonly call: string;
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
export type Reply<W extends Want> = Answer<W> | "stop" | "aborted" | "too-late" | undefined;

/** Why the run is over. */
interface End {
  readonly reason: Reason;
  readonly detail: string;
  readonly error?: unknown;
}

/** A point so far out, or a value so low, is taken for divergence: nobody's minimum lies there. */
const beyond = 1e100;

/**
 * Asks, waits for the answer, tells, measures, until a test is met or a budget spent. A generator, so that the same lines
 * serve synchronous and asynchronous answers and a caller who takes one step at a time.
 */
export function* loop<S extends State, W extends Want>(
  course: Course<S, W>,
): Generator<LoopEvent<S, W>, Outcome<S>, Reply<W>> {
  const { method, limits, now } = course;
  const resumed = course.resume && openCheckpoint<S>(course.resume, course, course.call);
  const record = resumed?.record ?? newRecord(course.recordPath);
  let state = resumed?.state ?? method.init({ x: course.start.slice() });
  const began = now() - record.elapsedBefore;
  const elapsed = (): number => now() - began;
  let criteria = state.value === undefined ? {} : judge(measure(method, state, record), limits.tolerance);
  let end = state.value === undefined ? undefined : stateEnd(method, state, criteria);
  while (end === undefined) {
    end = budgetEnd(course, state, record, elapsed());
    if (end !== undefined) break;
    const query = method.ask(state);
    let reply: Reply<W>;
    try {
      reply = yield { kind: "ask", query };
    } catch (error) {
      // At the start there is nothing to return: the caller's own mistake, most likely, and the caller hears of it.
      if (record.scale === undefined) throw error;
      end = { reason: "function-failed", detail: `the function threw ${showError(error)}`, error };
      break;
    }
    if (typeof reply !== "object") {
      end = interruption(reply);
      break;
    }
    spend(record.spent, reply.spent);
    keepBest(record, query, reply);
    const { x, value, steps } = state;
    state = method.tell(state, reply);
    if (value === undefined && state.value !== undefined) {
      record.scale = { x: state.x.slice(), value: state.value };
      note(record, state, 0);
      criteria = judge(measure(method, state, record), limits.tolerance);
    } else if (value !== undefined && state.steps > steps) {
      const stepNorm = norm(subtract(state.x, x));
      note(record, state, stepNorm);
      criteria = judge(measure(method, state, record, { x, value }), limits.tolerance);
      end = stateEnd(method, state, criteria);
      if (!course.isWatched) continue;
      const step = report(course, state, record, { criteria, stepNorm, elapsed: elapsed() });
      const heard = yield { kind: "step", step };
      if (heard === "stop") end ??= interruption(heard);
      continue;
    }
    end = stateEnd(method, state, criteria);
  }
  return yield* finish(course, { state, record, criteria, end, elapsed });
}

/** Ends that do not depend on what the method found. */
function budgetEnd(
  { limits, isAborted }: Pick<Course<State, Want>, "limits" | "isAborted">,
  state: State,
  record: RunRecord,
  elapsed: number,
): End | undefined {
  if (isAborted()) return interruption("aborted");
  if (elapsed >= limits.timeLimit) return interruption("too-late");
  // A run needs its start evaluated, whatever the budget: without it there is nothing to return.
  if (state.value === undefined) return undefined;
  if (state.steps >= limits.maxSteps) return { reason: "max-steps", detail: `took ${state.steps} steps` };
  const spent = wants.find((kind) => record.spent[kind] >= (limits.maxEvaluations[kind] ?? Infinity));
  if (spent !== undefined)
    return { reason: "max-evaluations", detail: `evaluated ${spent} ${record.spent[spent]} times` };
  if (total(record.spent) >= limits.maxTotal)
    return { reason: "max-evaluations", detail: `made ${total(record.spent)} evaluations` };
  return undefined;
}

function interruption(reply: "stop" | "aborted" | "too-late" | undefined): End {
  switch (reply) {
    case "aborted":
      return { reason: "aborted", detail: "the signal was aborted" };
    case "too-late":
      return { reason: "time-limit", detail: "the time was up" };
    default:
      return { reason: "stopped", detail: "onStep asked to stop" };
  }
}

/** What the point reached says: trouble before success, success before giving up. */
function stateEnd(
  { card }: { readonly card: MethodCard },
  { x, value, gradient, verdict }: State,
  criteria: Criteria,
): End | undefined {
  if (value === undefined) return undefined;
  const size = maxNorm(x);
  const slope = gradient === undefined ? 0 : maxNorm(gradient);
  if (value < -beyond || size > beyond)
    return { reason: "diverged", detail: `reached the value ${value} at a point of size ${size}` };
  if (!Number.isFinite(value)) return { reason: "non-finite", detail: `the value became ${value}` };
  if (!Number.isFinite(size)) return { reason: "non-finite", detail: "the point became NaN" };
  if (!Number.isFinite(slope))
    return {
      reason: "non-finite",
      detail: `the gradient holds ${Number.isNaN(slope) ? "NaN" : "an infinity"}`,
    };
  const met = groupMet(card.tests, criteria);
  if (met !== undefined) return { reason: "converged", detail: describeTests(met, criteria) };
  return verdict;
}

function describeTests(names: readonly CriterionName[], criteria: Criteria): string {
  const tests = names.map((name) => {
    const { measured = Number.NaN, limit = Number.NaN } = criteria[name] ?? {};
    return `${name} ${measured.toPrecision(3)} ≤ ${limit}`;
  });
  return tests.join(" and ");
}

/** What is to be compared with limits; tests between steps need the point left. */
function measure<S extends State>(
  method: Pick<Method<S, never>, "measure">,
  state: S,
  { scale }: RunRecord,
  left?: { readonly x: Float64Array; readonly value: number },
): Measured {
  if (scale === undefined || state.value === undefined) return {};
  const gradient = gradientMeasure(state, scale);
  return {
    ...(gradient === undefined ? {} : { gradient }),
    ...(left === undefined
      ? {}
      : { step: stepMeasure(left.x, state, scale), value: valueMeasure(left.value, state.value, scale) }),
    ...method.measure?.(state),
  };
}

/** Keeps the lowest finite value among the points of a query. */
function keepBest(record: RunRecord, { points }: Query, { evaluations }: Answer): void {
  for (const [i, x] of points.entries()) {
    const value = evaluations[i]?.value;
    if (value !== undefined && Number.isFinite(value) && !(value >= (record.best?.value ?? Infinity)))
      record.best = { x: x.slice(), value };
  }
}

/** Notes a point reached. */
function note(
  { history, path }: RunRecord,
  { x, value = Number.NaN, gradient }: State,
  stepNorm: number,
): void {
  history.value.push(value);
  history.gradientNorm.push(gradient === undefined ? Number.NaN : maxNorm(gradient));
  history.stepNorm.push(stepNorm);
  path?.push(x.slice());
}

function report<S extends State, W extends Want>(
  course: Course<S, W>,
  state: S,
  record: RunRecord,
  {
    criteria,
    stepNorm,
    elapsed,
  }: { readonly criteria: Criteria; readonly stepNorm: number; readonly elapsed: number },
): StepReport<Float64Array, S> {
  const gradientNorm = state.gradient === undefined ? undefined : maxNorm(state.gradient);
  return {
    steps: state.steps,
    x: state.x.slice(),
    value: state.value ?? Number.NaN,
    gradientNorm,
    stepNorm,
    criteria,
    evaluations: { ...record.spent },
    elapsed,
    state,
    save: () => takeCheckpoint(course, state, record, elapsed),
  };
}

/** Values that differ by less than this share are equal to working precision. */
const rounding = 8 * Number.EPSILON;

/** The result's point: the state's own, unless a lower value was met elsewhere. */
function resultPoint({ x, value = Number.NaN, gradient }: State, { best }: RunRecord): Chosen {
  const isOwn = best === undefined || value <= best.value + rounding * Math.abs(best.value);
  return isOwn ? { x, value, gradient, isOwn } : { x: best.x, value: best.value, gradient: undefined, isOwn };
}

interface Chosen {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array | undefined;
  /** Whether it is the point the method itself reached. */
  readonly isOwn: boolean;
}

interface Finish<S extends State> {
  readonly state: S;
  readonly record: RunRecord;
  readonly criteria: Criteria;
  readonly end: End;
  readonly elapsed: () => number;
}

/** Evaluates the best point anew, measures once more and writes down what came out. */
function* finish<S extends State, W extends Want>(
  course: Course<S, W>,
  { state, record, criteria, end, elapsed }: Finish<S>,
): Generator<LoopEvent<S, W>, Outcome<S>, Reply<W>> {
  const { method, problem, limits } = course;
  const chosen = resultPoint(state, record);
  const { value, gradient } = yield* certify<S, W>(problem, chosen, record, end.reason);
  const anew =
    record.scale && gradient ? gradientMeasure({ x: chosen.x, value, gradient }, record.scale) : undefined;
  const measured = anew === undefined ? {} : judge({ gradient: anew }, limits.tolerance);
  const final = { ...criteria, ...measured };
  const { reason, detail, error } = confirm(end, method.card, final, value, chosen.isOwn);
  const time = elapsed();
  return {
    x: chosen.x.slice(),
    value,
    gradient,
    reason,
    detail,
    converged: reason === "converged",
    criteria: final,
    steps: state.steps,
    evaluations: { ...record.spent },
    elapsed: time,
    history: record.history,
    path: record.path,
    error,
    state,
    save: () => takeCheckpoint(course, state, record, time),
  };
}

/** No more questions after these: nobody may be there to answer, or no budget is left. */
const silent: readonly Reason[] = ["aborted", "time-limit", "function-failed", "max-evaluations"];

function* certify<S extends State, W extends Want>(
  problem: ProblemFacts<W>,
  { x, value, gradient }: Chosen,
  record: RunRecord,
  reason: Reason,
): Generator<LoopEvent<S, W>, Pick<Chosen, "value" | "gradient">, Reply<W>> {
  if (silent.includes(reason) || problem.certifies.length === 0) return { value, gradient };
  let reply: Reply<W>;
  try {
    reply = yield { kind: "ask", query: { points: [x], wants: problem.certifies } };
  } catch {
    return { value, gradient };
  }
  if (typeof reply !== "object") return { value, gradient };
  spend(record.spent, reply.spent);
  const anew: Evaluation = reply.evaluations[0] ?? {};
  return { value: anew.value ?? value, gradient: anew.gradient ?? gradient };
}

/** A success that the final figures do not bear out is none. */
function confirm(end: End, card: MethodCard, criteria: Criteria, value: number, isOwn: boolean): End {
  if (end.reason === "converged") {
    if (!Number.isFinite(value))
      return { reason: "non-finite", detail: `the value, evaluated anew at the exit, is ${value}` };
    if (!isOwn)
      return {
        reason: "stalled",
        detail: `${card.name} came to rest (${end.detail}) above a value it had met before, which is returned`,
      };
    if (groupMet(card.tests, criteria) === undefined)
      return { reason: "stalled", detail: "the test that was met was not met when evaluated anew" };
  }
  return end;
}

/** What was thrown, in a line. */
function showError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : showValue(error);
}
