/** NaN and infinity: the end of a run, since every further step only spreads them. Where they are first, and what was before them, tells where they come from. */
import { above, type Measured, short } from "../measured.ts";
import type { HealthLimits } from "../settings.ts";
import { isLong } from "./rate-too-high.ts";

/** What is not finite and why, or undefined. `tooLong` says whether steps were too long before. */
export function nonFinite(facts: Measured, tooLong: boolean, limits: HealthLimits): string | undefined {
  const what = found(facts);
  if (what === undefined) return undefined;
  return `${what} at step ${facts.step}${cause(facts, tooLong || isLong(facts), limits)}`;
}

function found({ loss, paths, gradientNorms, updateNorms }: Measured): string | undefined {
  if (!Number.isFinite(loss)) return `The loss is ${Number.isNaN(loss) ? "NaN" : "infinite"}`;
  return broken("gradient", gradientNorms, paths) ?? broken("update", updateNorms, paths);
}

/** Which leaves are concerned. */
function broken(what: string, norms: Float64Array | undefined, paths: readonly string[]): string | undefined {
  const wrong = paths.filter((_, i) => !Number.isFinite(norms?.[i] ?? 0));
  if (wrong.length === 0) return undefined;
  if (wrong.length === paths.length) return `The ${what} of every parameter is NaN or infinite`;
  const more = wrong.length > 3 ? ` and ${wrong.length - 3} more` : "";
  return `The ${what} of ${wrong.slice(0, 3).join(", ")}${more} is NaN or infinite`;
}

function cause({ course, loss }: Measured, tooLong: boolean, { rise }: HealthLimits): string {
  if (course.steps === 0)
    return Number.isFinite(loss)
      ? ", though the loss is not: look for √0, log 0, 0/0 or a power of 0 in the model, whose derivatives are infinite there, or start from smaller weights."
      : ", before anything was learned: look for NaN in inputs and targets, for log 0 and divisions by 0 in the model, for inputs that want standardizing, or start from smaller weights.";
  if (tooLong || course.last > above(course.first, rise))
    return `, after a loss of ${short(course.first)} at the start and ${short(course.last)} just before: the rate is too high. Lower it tenfold, let it warm up, or clip gradients to the norm 1; standardize the inputs.`;
  return `, after a loss of ${short(course.last)}: look for examples with NaN, for √0, log 0 and divisions by 0 in the model; or clip gradients to the norm 1, if it was a single long step.`;
}
