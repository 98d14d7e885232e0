/** Why a run ended: a closed union, each reason with a sentence of advice. */

/** The reasons and what to do about each. */
const advices = {
  converged: "A test of convergence was met; `criteria` says which and by how much.",
  completed: "The method did all it was asked to do.",
  stopped: "`onStep` asked to stop; the best point so far is returned.",
  aborted: "The signal was aborted; the best point so far is returned, and a checkpoint can be resumed.",
  "max-steps":
    "maxSteps was reached before the run was done: raise it, continue with `resume`, or take a method that needs fewer steps.",
  "max-evaluations":
    "maxEvaluations was reached before the run was done: raise it, continue with `resume`, or take a method that asks for less.",
  "time-limit": "timeLimit was reached before the run was done: raise it, or continue with `resume`.",
  stalled:
    "No further progress at working precision, though no test was met: the function may be noisy, not smooth or badly scaled there, a derivative may be wrong (checkDerivatives), or the tolerance is finer than float64 resolves.",
  diverged:
    "The value or the point grew beyond all bounds: the function may be unbounded below, or the rate too large; bound the variables or shorten the steps.",
  "non-finite":
    "The function gave NaN or an infinity where the method had to go on: start where it is defined, or keep variables inside its domain with `parameters`.",
  "function-failed": "The function threw; `error` holds what. The best point before that is returned.",
} as const;

/** Why a run ended. */
export type Reason = keyof typeof advices;

/** All reasons. */
export const reasons: readonly Reason[] = Object.keys(advices).filter(isReason);

function isReason(name: string): name is Reason {
  return Object.hasOwn(advices, name);
}

/** What to do about a reason, in a sentence. */
export function adviceFor(reason: Reason): string {
  return advices[reason];
}
