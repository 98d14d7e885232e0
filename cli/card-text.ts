/** Sentences from cards, for `nabla methods` and for docs/methods.md. */

import type { MethodCard } from "../src/solver/card.ts";
import type { CriterionName } from "../src/solver/criteria.ts";

/** When the method has converged: `gradient ≤ 1e-8, or step ≤ 1e-12`; tests without a limit are made where one is given. */
export function testsOf({ tests, tolerance }: MethodCard): string {
  if (tests.length === 0) return "none; it does what its settings say";
  const limit = (name: CriterionName): string =>
    tolerance[name] === undefined ? "a limit that is given" : String(tolerance[name]);
  return tests.map((group) => group.map((name) => `${name} ≤ ${limit(name)}`).join(" and ")).join(", or ");
}

/** A command that runs it. */
export function exampleOf({ name, family, asks }: MethodCard): string {
  if (family === "sampling") return `nabla minimize "x^2/2" --start x=0 --method ${name} --seed 1`;
  const formulas = asks.includes("residuals") ? '"10*(y-x^2)" "1-x"' : '"(1-x)^2+100*(y-x^2)^2"';
  return `nabla minimize ${formulas} --start x=-1.2,y=1 --method ${name}`;
}
