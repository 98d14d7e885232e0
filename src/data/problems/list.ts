/** All test problems, and how to find one. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { branin } from "./basins/branin.ts";
import { camel } from "./basins/camel.ts";
import { easom } from "./basins/easom.ts";
import { goldsteinPrice } from "./basins/goldstein-price.ts";
import { himmelblau } from "./basins/himmelblau.ts";
import { mccormick } from "./basins/mccormick.ts";
import { twoBasins } from "./basins/two-basins.ts";
import { booth } from "./bowls/booth.ts";
import { matyas } from "./bowls/matyas.ts";
import { quadratic } from "./bowls/quadratic.ts";
import { sphere } from "./bowls/sphere.ts";
import { monkeySaddle } from "./saddles/monkey-saddle.ts";
import { saddle } from "./saddles/saddle.ts";
import type { TestProblem } from "./test-problem.ts";
import { beale } from "./valleys/beale.ts";
import { brownBadlyScaled } from "./valleys/brown-badly-scaled.ts";
import { brownDennis } from "./valleys/brown-dennis.ts";
import { freudensteinRoth } from "./valleys/freudenstein-roth.ts";
import { helicalValley } from "./valleys/helical-valley.ts";
import { powellBadlyScaled } from "./valleys/powell-badly-scaled.ts";
import { powellSingular } from "./valleys/powell-singular.ts";
import { rosenbrock } from "./valleys/rosenbrock.ts";
import { wood } from "./valleys/wood.ts";
import { ackley } from "./waves/ackley.ts";
import { griewank } from "./waves/griewank.ts";
import { levy } from "./waves/levy.ts";
import { rastrigin } from "./waves/rastrigin.ts";
import { styblinskiTang } from "./waves/styblinski-tang.ts";

/** Every test problem, those of variable dimension in two variables. */
export const testProblems: readonly TestProblem[] = [
  sphere(),
  booth,
  matyas,
  quadratic(),
  rosenbrock(),
  beale,
  freudensteinRoth,
  helicalValley,
  powellSingular,
  powellBadlyScaled,
  brownBadlyScaled,
  wood,
  brownDennis,
  twoBasins,
  himmelblau,
  camel,
  branin,
  goldsteinPrice,
  mccormick,
  easom,
  rastrigin(),
  ackley(),
  griewank(),
  levy(),
  styblinskiTang(),
  saddle,
  monkeySaddle,
];

/**
 * The test problem of a name, in two variables where it has any number.
 *
 * ```ts
 * import { findProblem } from "nabla/problems";
 *
 * findProblem("himmelblau").minimizers[0]; // → [ 3, 2 ]
 * ```
 *
 * @throws ArgumentError when there is none; the message lists the names.
 */
export function findProblem(name: string): TestProblem {
  const found = testProblems.find((problem) => problem.name === name);
  if (found !== undefined) return found;
  const names = testProblems.map((problem) => problem.name).join(", ");
  throw new ArgumentError(`findProblem: there is no problem ${showValue(name)}; the names are ${names}`);
}
