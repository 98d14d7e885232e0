/** A way to every end. */
import { solve } from "../../src/solver/drive.ts";
import type { AnyMethod } from "../../src/solver/method.ts";
import type { Outcome } from "../../src/solver/outcome.ts";
import type { Problem } from "../../src/solver/problem.ts";
import type { Reason } from "../../src/solver/reason.ts";
import { hostileFunctions } from "./hostile.ts";

/** How a method is brought to end with a given reason, on a valley it would otherwise descend. */
export function reaching(
  create: () => AnyMethod,
  valley: () => Problem,
  start: Float64Array,
): (reason: Reason) => Outcome {
  const { asks } = create().card;
  const onHostile = (what: string, maxSteps: number): Outcome => {
    const hostile = hostileFunctions.find((each) => each.what === what);
    if (hostile === undefined) throw new RangeError(`no function ${what}`);
    return solve(hostile.make(asks).problem, create(), Float64Array.from(hostile.start), { maxSteps });
  };
  const controller = new AbortController();
  const ways: Readonly<Record<Reason, () => Outcome>> = {
    converged: () => solve(valley(), create(), start, { maxSteps: 100_000 }),
    completed: () => solve(valley(), create(), start),
    stopped: () => solve(valley(), create(), start, { onStep: () => "stop" }),
    aborted: () =>
      solve(valley(), create(), start, { signal: controller.signal, onStep: () => controller.abort() }),
    "max-steps": () => solve(valley(), create(), start, { maxSteps: 2 }),
    "max-evaluations": () => solve(valley(), create(), start, { maxEvaluations: 4 }),
    "time-limit": () => solve(slow(valley()), create(), start, { timeLimit: 2 }),
    stalled: () => onHostile("is nothing but noise", 10_000),
    diverged: () => onHostile("falls ever faster", 100_000),
    "non-finite": () => onHostile("is NaN at the start", 10),
    "function-failed": () => onHostile("throws after some calls", 100),
  };
  return (reason) => ways[reason]();
}

/** A problem whose every answer takes a millisecond. */
function slow(problem: Problem): Problem {
  return {
    ...problem,
    evaluate: (query) => {
      const end = performance.now() + 1;
      while (performance.now() < end);
      return problem.evaluate(query);
    },
  };
}
