/** The end of a run: the point returned is the best one, and what is said of it was evaluated there. */
import { showValue } from "../core/checks.ts";
import type { MethodCard } from "./card.ts";
import { takeCheckpoint } from "./checkpoint.ts";
import { type Criteria, describeTests, gradientMeasure, groupMet, judge, valueScale } from "./criteria.ts";
import { type End, evaluationsEnd } from "./ending.ts";
import type { Course, LoopEvent, Reply } from "./loop.ts";
import type { State } from "./method.ts";
import type { Outcome } from "./outcome.ts";
import type { Evaluation, Want } from "./question.ts";
import type { Reason } from "./reason.ts";
import { type RunRecord, spend } from "./record.ts";

/** How a run stands when it ends. */
export interface LastStand<S extends State> {
  readonly state: S;
  readonly record: RunRecord;
  readonly end: End;
  readonly elapsed: () => number;
}

/** Evaluates the best point anew, measures once more and writes down what came out. */
export function* finish<S extends State, W extends Want>(
  course: Course<S, W>,
  { state, record, end, elapsed }: LastStand<S>,
): Generator<LoopEvent<S, W>, Outcome<S>, Reply<W>> {
  const { card } = course.method;
  const chosen = resultPoint(state, record, end.reason);
  const { value, gradient, failure } = yield* certify(course, chosen, record, end.reason);
  const criteria = measureAnew(course, state, record, { ...chosen, value, gradient });
  const { reason, detail, error } =
    failure ?? lost(chosen, value) ?? confirm(end, card, criteria, chosen.isOwn);
  const time = elapsed();
  return {
    x: chosen.x.slice(),
    value,
    gradient: gradient?.slice(),
    reason,
    detail,
    converged: reason === "converged",
    criteria,
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

/** The point to be returned. */
interface Chosen {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array | undefined;
  /** Whether it is the point the method itself reached. */
  readonly isOwn: boolean;
}

/** Values that differ by less than this share of f's scale are equal to working precision. */
const rounding = 8 * Number.EPSILON;

/**
 * Where a method has converged, values that differ by less than this share of themselves are equal: sums whose terms cancel, such as
 * residuals of a good fit, carry so much rounding, and the derivatives that were tested are the better judge.
 */
const noise = 1e-10;

/** The state's own point, unless a lower value was met elsewhere. */
function resultPoint(
  { x, value = Number.NaN, gradient }: State,
  { best, scale }: RunRecord,
  reason: Reason,
): Chosen {
  const own = { x, value, gradient, isOwn: true };
  if (best === undefined || scale === undefined) return own;
  const blur = reason === "converged" ? noise * Math.abs(best.value) : 0;
  const isLowest = value - best.value <= rounding * valueScale(best.value, scale.value) + blur;
  return isLowest ? own : { ...best, gradient: undefined, isOwn: false };
}

/** No more questions after these: nobody may be there to answer, or no budget is left. */
const silent: readonly Reason[] = ["aborted", "time-limit", "function-failed", "max-evaluations"];

/** What is known of the chosen point, and why the run failed where that could not be found out. */
type Certified = Pick<Chosen, "value" | "gradient"> & { readonly failure?: End };

function* certify<S extends State, W extends Want>(
  { problem, limits }: Course<S, W>,
  { x, value, gradient }: Chosen,
  record: RunRecord,
  reason: Reason,
): Generator<LoopEvent<S, W>, Certified, Reply<W>> {
  const isSpent = evaluationsEnd(limits, record.spent) !== undefined;
  if (isSpent || silent.includes(reason) || problem.certifies.length === 0) return { value, gradient };
  let reply: Reply<W>;
  try {
    reply = yield { kind: "ask", query: { points: [x], wants: problem.certifies } };
  } catch (error) {
    return { value, gradient, failure: functionFailed(error, " at the exit") };
  }
  if (typeof reply !== "object") return { value, gradient };
  spend(record.spent, reply.spent);
  const anew: Evaluation = reply.evaluations[0] ?? {};
  return { value: anew.value ?? value, gradient: anew.gradient ?? gradient };
}

/** The end of a run whose function threw. */
export function functionFailed(error: unknown, where = ""): End {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : showValue(error);
  return { reason: "function-failed", detail: `the function threw${where}: ${what}`, error };
}

/**
 * What is known of the point returned: the last step's measures where it led there, and the gradient's anew, unless the method
 * has one of its own.
 */
function measureAnew<S extends State, W extends Want>(
  { method, limits }: Course<S, W>,
  state: S,
  { measured, scale }: RunRecord,
  { isOwn, x, value, gradient }: Chosen,
): Criteria {
  if (scale === undefined || (isOwn && method.measure?.(state).gradient !== undefined))
    return judge(measured, limits.tolerance);
  const anew = gradient && gradientMeasure({ x, value, gradient }, scale);
  return judge(isOwn ? { ...measured, gradient: anew } : { gradient: anew }, limits.tolerance);
}

/** A function that is no longer finite where it was. */
function lost(before: Pick<Chosen, "value">, value: number): End | undefined {
  if (!Number.isFinite(before.value) || Number.isFinite(value)) return undefined;
  return { reason: "non-finite", detail: `the value, evaluated anew at the exit, is ${value}` };
}

/** A success that the final figures do not bear out is none. */
function confirm(end: End, card: MethodCard, criteria: Criteria, isOwn: boolean): End {
  if (end.reason !== "converged") return end;
  // Of a point that the method did not step to, only what was evaluated there is known.
  const tests = isOwn ? card.tests : card.tests.filter((group) => group.every((name) => name === "gradient"));
  const met = groupMet(tests, criteria);
  if (met !== undefined) return { reason: "converged", detail: describeTests(met, criteria) };
  const detail = isOwn
    ? `the test that was met (${end.detail}) was not met when evaluated anew`
    : `${card.name} came to rest (${end.detail}) above a value it had met before, which is returned`;
  return { reason: "stalled", detail };
}
