/** When a run ends, as the command line says it. */

import type { Command } from "commander";
import type { CriterionName, Tolerance } from "../../src/solver/criteria.ts";
import type { AnyMethod } from "../../src/solver/method.ts";
import type { SolveOptions } from "../../src/solver/options.ts";

/** What the command line says about limits and checkpoints. */
export interface LimitOptions {
  readonly tolerance?: number;
  readonly maxSteps?: number;
  readonly maxEvaluations?: number;
  readonly timeLimit?: number;
  readonly checkpoint?: string;
  readonly resume?: string;
}

/** Options of a run that say when it ends. */
type Limits = Pick<
  SolveOptions,
  "tolerance" | "maxSteps" | "maxEvaluations" | "timeLimit" | "checkpoint" | "resume"
>;

/** The same as options of a run; a tolerance for a method without tests ends as wrong usage. */
export function limitsOf(
  command: Command,
  { tolerance, maxSteps, maxEvaluations, timeLimit, checkpoint, resume }: LimitOptions,
  method: AnyMethod | undefined,
): Limits {
  return {
    ...(tolerance !== undefined && { tolerance: toleranceOf(command, tolerance, method) }),
    ...(maxSteps !== undefined && { maxSteps }),
    ...(maxEvaluations !== undefined && { maxEvaluations }),
    ...(timeLimit !== undefined && { timeLimit }),
    ...(checkpoint !== undefined && { checkpoint }),
    ...(resume !== undefined && { resume }),
  };
}

/** The gradient test's limit where the method has one (those chosen by the problem do); else that of all its tests. */
function toleranceOf(command: Command, limit: number, method: AnyMethod | undefined): Tolerance {
  const tests = new Set<CriterionName>(method?.card.tests.flat() ?? ["gradient"]);
  if (tests.size === 0)
    return command.error(`error: ${method?.card.name} has no test of convergence; leave --tolerance out`);
  return tests.has("gradient")
    ? { gradient: limit }
    : Object.fromEntries(Array.from(tests, (name) => [name, limit]));
}
