/** Why a training ended: a closed union, each reason with a sentence of advice. */
import { adviceFor, type Reason } from "../solver/reason.ts";

const advices = {
  "max-epochs": "All epochs are done. If the validation's loss was still falling, give more.",
  "early-stopping": "The judged loss did not become better any more; the best parameters are the answer.",
  "data-ended": "The data gave no further batch: give a function that begins anew for each epoch.",
} as const;

const own = {
  converged: "A test of convergence was met; more epochs would change nothing.",
  "max-steps": "All steps are done. If the loss was still falling, give more.",
  "time-limit": "timeLimit was reached before the run was done: raise it, or continue with `resume`.",
  stopped: "`onStep` or `onEpoch` asked to stop.",
  aborted: "The signal was aborted; a checkpoint can be resumed.",
  "non-finite":
    "Loss or gradient was NaN or infinite: lower the rate, clip gradients (clip: 1), warm up, standardize the inputs, or look for log(0), √0 and divisions by 0 in the model.",
} as const satisfies Partial<Record<Reason, string>>;

/** Why a training ended. */
export type TrainReason = Reason | keyof typeof advices;

/** What to do about a reason, in a sentence. */
export function trainingAdvice(reason: TrainReason): string {
  if (isOwn(reason)) return own[reason];
  return isAdvised(reason) ? advices[reason] : adviceFor(reason);
}

const isOwn = (reason: TrainReason): reason is keyof typeof own => Object.hasOwn(own, reason);

const isAdvised = (reason: TrainReason): reason is keyof typeof advices => Object.hasOwn(advices, reason);
