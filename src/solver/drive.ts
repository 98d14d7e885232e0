/** Three ways to drive the loop: to its end, to its end while others work, and a step at a time. */
import { type Alarm, setAlarm } from "./alarm.ts";
import { type LoopEvent, loop, type Reply } from "./loop.ts";
import type { Method, State } from "./method.ts";
import { type Audience, type Opened, open } from "./opening.ts";
import type { SolveOptions } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import type { AsyncProblem, Problem } from "./problem.ts";
import type { Answer, Query, Want } from "./question.ts";
import type { StepReport } from "./report.ts";

/**
 * Runs a method on a problem to the end.
 *
 * @throws ArgumentError for options out of range, or a method that asks for what the problem does not offer; FileError for a
 * checkpoint that cannot be read or written; whatever the function throws at the start.
 */
export function solve<S extends State, W extends Want>(
  problem: Problem<W>,
  method: Method<S, NoInfer<W>>,
  start: Float64Array,
  options: SolveOptions<StepReport<Float64Array, S>> = {},
  call = "solve",
): Outcome<S> {
  const { course, audience } = open(problem, method, start, options, call);
  audience.begin();
  const run = loop(course);
  return audience.end(runToEnd(run, run.next(), problem, audience));
}

/**
 * The steps of a run, one at a time; the generator returns the outcome. What was given is checked at once. Leaving the
 * iteration early stops the run: those who watch are told its end, and its checkpoint is written.
 *
 * @throws as {@link solve} does.
 */
export function iterateSteps<S extends State, W extends Want>(
  problem: Problem<W>,
  method: Method<S, NoInfer<W>>,
  start: Float64Array,
  options: SolveOptions<StepReport<Float64Array, S>> = {},
  call = "iterate",
): Generator<StepReport<Float64Array, S>, Outcome<S>, void> {
  return stepsOf(problem, open(problem, method, start, options, call));
}

function* stepsOf<S extends State, W extends Want>(
  problem: Problem<W>,
  { course, audience }: Opened<S, W>,
): Generator<StepReport<Float64Array, S>, Outcome<S>, void> {
  audience.begin();
  const run = loop({ ...course, isWatched: true });
  let next = run.next();
  while (!next.done) {
    if (next.value.kind === "ask") {
      next = answer(run, next.value.query, problem);
      continue;
    }
    const heard = stopOr(audience.step(next.value.step));
    let isLeft = true;
    try {
      yield next.value.step;
      isLeft = false;
    } finally {
      if (isLeft) audience.end(runToEnd(run, run.next("stop"), problem, audience));
    }
    next = run.next(heard);
  }
  return audience.end(next.value);
}

type Run<S extends State, W extends Want> = ReturnType<typeof loop<S, W>>;
type Turn<S extends State, W extends Want> = IteratorResult<LoopEvent<S, W>, Outcome<S>>;

function runToEnd<S extends State, W extends Want>(
  run: Run<S, W>,
  first: Turn<S, W>,
  problem: Problem<W>,
  audience: Audience<S>,
): Outcome<S> {
  let next = first;
  while (!next.done) {
    const event = next.value;
    next =
      event.kind === "ask" ? answer(run, event.query, problem) : run.next(stopOr(audience.step(event.step)));
  }
  return next.value;
}

const stopOr = (heard: unknown): "stop" | undefined => (heard === "stop" ? heard : undefined);

function answer<S extends State, W extends Want>(
  run: Run<S, W>,
  query: Query<W>,
  problem: Problem<W>,
): Turn<S, W> {
  let reply: Answer<W>;
  try {
    reply = problem.evaluate(query);
  } catch (error) {
    return run.throw(error);
  }
  return run.next(reply);
}

/** How long the event loop may be kept waiting, in milliseconds: a frame. */
const patience = 16;

/**
 * Runs a method on a problem whose answers may come later, and gives the event loop its turns. What `onStep` promises is
 * waited for. An answer or promise that has not come when the signal is aborted or the time is up is not waited for.
 *
 * @throws as {@link solve} does, by rejecting.
 */
export async function solveAsync<S extends State, W extends Want>(
  problem: AsyncProblem<W>,
  method: Method<S, NoInfer<W>>,
  start: Float64Array,
  options: SolveOptions<StepReport<Float64Array, S>> = {},
  call = "solveAsync",
): Promise<Outcome<S>> {
  const { course, audience } = open(problem, method, start, options, call);
  const alarm = setAlarm(options.signal, course.limits.timeLimit);
  try {
    audience.begin();
    const run = loop(course);
    let rested = course.now();
    let next = run.next();
    while (!next.done) {
      if (course.now() - rested > patience) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        rested = course.now();
      }
      const event = next.value;
      next =
        event.kind === "ask"
          ? await answerLater(run, event.query, problem, alarm)
          : run.next(await heardLater(audience.step(event.step), alarm));
    }
    return audience.end(next.value);
  } finally {
    alarm.dismiss();
  }
}

/** What `onStep` said or promised; who was not waited for has said nothing, and the loop sees for itself why. */
async function heardLater(said: unknown, alarm: Alarm): Promise<"stop" | undefined> {
  return said === "stop" ? said : stopOr(await alarm.orElse(Promise.resolve(said)));
}

async function answerLater<S extends State, W extends Want>(
  run: Run<S, W>,
  query: Query<W>,
  problem: AsyncProblem<W>,
  alarm: Alarm,
): Promise<Turn<S, W>> {
  let reply: Reply<W>;
  try {
    const told = problem.evaluate(query);
    reply = "then" in told ? await alarm.orElse(told) : told;
  } catch (error) {
    return run.throw(error);
  }
  return run.next(reply);
}
