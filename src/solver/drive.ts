/** Three ways to drive the loop: to its end, to its end while others work, and a step at a time. */
import { showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { checkpointWriter, readCheckpoint } from "./checkpoint-file.ts";
import { type Course, type LoopEvent, loop, type Reply } from "./loop.ts";
import type { Method, State } from "./method.ts";
import { readLimits, type SolveOptions } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import type { AsyncProblem, Problem, ProblemFacts } from "./problem.ts";
import type { Answer, Want } from "./question.ts";
import type { StepReport } from "./report.ts";

/** Who hears of a run, put together from its options. */
interface Audience<S extends State> {
  readonly step: (step: StepReport<Float64Array, S>) => "stop" | undefined;
  readonly end: (outcome: Outcome<S>) => Outcome<S>;
}

/**
 * Runs a method on a problem to the end.
 *
 * @throws ArgumentError for options out of range, or a method that asks for what the problem does not offer; whatever the
 * function throws at the start.
 */
export function solve<S extends State, W extends Want>(
  problem: Problem<W>,
  method: Method<S, NoInfer<W>>,
  start: Float64Array,
  options: SolveOptions<StepReport<Float64Array, S>> = {},
  call = "solve",
): Outcome<S> {
  const { course, audience } = open(problem, method, start, options, call);
  const run = loop(course);
  let next = run.next();
  while (!next.done) next = answerEvent(run, next.value, problem, audience);
  return audience.end(next.value);
}

/** The steps of a run, one at a time; the generator returns the outcome. */
export function* iterateSteps<S extends State, W extends Want>(
  problem: Problem<W>,
  method: Method<S, NoInfer<W>>,
  start: Float64Array,
  options: SolveOptions<StepReport<Float64Array, S>> = {},
  call = "iterate",
): Generator<StepReport<Float64Array, S>, Outcome<S>, void> {
  const { course, audience } = open(problem, method, start, options, call);
  const run = loop({ ...course, isWatched: true });
  let next = run.next();
  while (!next.done) {
    if (next.value.kind === "step") yield next.value.step;
    next = answerEvent(run, next.value, problem, audience);
  }
  return audience.end(next.value);
}

type Run<S extends State, W extends Want> = ReturnType<typeof loop<S, W>>;

function answerEvent<S extends State, W extends Want>(
  run: Run<S, W>,
  event: LoopEvent<S, W>,
  problem: Problem<W>,
  audience: Audience<S>,
): IteratorResult<LoopEvent<S, W>, Outcome<S>> {
  if (event.kind === "step") return run.next(audience.step(event.step));
  let answer: Answer<W>;
  try {
    answer = problem.evaluate(event.query);
  } catch (error) {
    return run.throw(error);
  }
  return run.next(answer);
}

/** How long the event loop may be kept waiting, in milliseconds: a frame. */
const patience = 16;

/**
 * Runs a method on a problem whose answers may come later, and gives the event loop its turns. An answer that has not come
 * when the signal is aborted or the time is up is not waited for.
 */
export async function solveAsync<S extends State, W extends Want>(
  problem: AsyncProblem<W>,
  method: Method<S, NoInfer<W>>,
  start: Float64Array,
  options: SolveOptions<StepReport<Float64Array, S>> = {},
  call = "solveAsync",
): Promise<Outcome<S>> {
  const { course, audience } = open(problem, method, start, options, call);
  const { signal, timeLimit = Infinity } = options;
  const began = performance.now();
  const alarm = interruptions(signal, timeLimit);
  const run = loop(course);
  try {
    let rested = began;
    let next = run.next();
    while (!next.done) {
      if (performance.now() - rested > patience) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        rested = performance.now();
      }
      next = await answerLater(run, next.value, problem, audience, alarm.rung);
    }
    return audience.end(next.value);
  } finally {
    alarm.dismiss();
  }
}

async function answerLater<S extends State, W extends Want>(
  run: Run<S, W>,
  event: LoopEvent<S, W>,
  problem: AsyncProblem<W>,
  audience: Audience<S>,
  rung: Promise<"aborted" | "too-late">,
): Promise<IteratorResult<LoopEvent<S, W>, Outcome<S>>> {
  if (event.kind === "step") return run.next(audience.step(event.step));
  let reply: Reply<W>;
  try {
    const answer = problem.evaluate(event.query);
    reply = "then" in answer ? await Promise.race([answer, rung]) : answer;
  } catch (error) {
    return run.throw(error);
  }
  return run.next(reply);
}

/** A promise of whatever interrupts first; it never rejects. */
function interruptions(
  signal: AbortSignal | undefined,
  timeLimit: number,
): { rung: Promise<"aborted" | "too-late">; dismiss: () => void } {
  let dismiss = (): void => {};
  const rung = new Promise<"aborted" | "too-late">((resolve) => {
    const abort = (): void => resolve("aborted");
    signal?.addEventListener("abort", abort, { once: true });
    // Timers hold 31 bits; a longer limit is checked by the loop between answers.
    const timer = timeLimit < 2 ** 31 ? setTimeout(() => resolve("too-late"), timeLimit) : undefined;
    dismiss = () => {
      signal?.removeEventListener("abort", abort);
      clearTimeout(timer);
    };
  });
  return { rung, dismiss };
}

/** Checks what was given, once, and puts together what the loop needs. */
function open<S extends State, W extends Want>(
  problem: ProblemFacts<W>,
  method: Method<S, W>,
  start: Float64Array,
  options: SolveOptions<StepReport<Float64Array, S>>,
  call: string,
): { course: Course<S, W>; audience: Audience<S> } {
  const { card } = method;
  const missing = card.asks.find((kind) => !problem.offers.some((offered) => offered === kind));
  if (missing !== undefined) {
    const remedy =
      missing === "residuals" || missing === "jacobian"
        ? "state the problem by its residuals, with leastSquares(residuals, start)"
        : "choose a method that needs less, or supply it";
    throw new ArgumentError(
      `${call}: ${card.name} asks for ${missing}, which this problem does not offer (it offers ${problem.offers.join(", ")}); ${remedy}`,
    );
  }
  if (start.length !== problem.dimension)
    throw new ArgumentError(
      `${call}: the problem has ${problem.dimension} variables; got a start of ${start.length}`,
    );
  const wrong = start.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw new ArgumentError(
      `${call}: the start must be finite; its element ${wrong} is ${showValue(start[wrong])}; begin where the function is defined`,
    );
  const limits = readLimits(card, options, call);
  const { onStep, observers = [], checkpoint, signal } = options;
  const write = checkpoint === undefined ? undefined : checkpointWriter(checkpoint, call);
  for (const observer of observers) observer.begin?.(card);
  return {
    course: {
      method,
      problem,
      start,
      limits,
      recordPath: options.recordPath ?? false,
      resume: options.resume === undefined ? undefined : readCheckpoint(options.resume, call),
      call,
      isWatched: onStep !== undefined || observers.length > 0 || write !== undefined,
      isAborted: () => signal?.aborted === true,
      now: () => performance.now(),
    },
    audience: {
      step: (step) => {
        write?.step(step.save);
        for (const observer of observers) observer.step?.(step);
        return onStep?.(step) === "stop" ? "stop" : undefined;
      },
      end: (outcome) => {
        write?.end(outcome.save);
        for (const observer of observers) observer.end?.(outcome);
        return outcome;
      },
    },
  };
}
