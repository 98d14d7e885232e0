/**
 * The tests of convergence: what each measures and when it is met. Formulas, norms and defaults are written for users in
 * docs/tolerances.md; each test stands on its own, relative to the problem's scale.
 */
import { checkOptions, showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import type { MethodCard } from "./card.ts";
import type { State } from "./method.ts";

/** The tests there are. */
export type CriterionName = "gradient" | "step" | "value" | "residual";

/** One test: met when `measured` is not above `limit`. */
export interface Criterion {
  readonly measured: number;
  readonly limit: number;
  readonly met: boolean;
}

/** The tests of a run, by name. */
export type Criteria = { readonly [K in CriterionName]?: Criterion };

/** What was measured, by test; nothing where a test could not be made. */
export type Measured = { readonly [K in CriterionName]?: number };

/** Limits by test. */
export type Tolerance = { readonly [K in CriterionName]?: number };

/** The size of the problem where it began, against which tests are relative. */
export interface Scale {
  readonly x: Float64Array;
  readonly value: number;
}

/** The scale of f: |f|, but no less than |f(x₀)| or 1, whichever is smaller, so that a minimum of 0 has a scale. */
export function valueScale(value: number, start: number): number {
  return Math.max(Math.abs(value), Math.min(1, Math.abs(start)));
}

/** max |gᵢ| max(|xᵢ|, 1) / scale of f. Dennis & Schnabel (1983), eq. 7.2.5. */
export function gradientMeasure(
  state: Pick<State, "x" | "gradient" | "value">,
  scale: Scale,
): number | undefined {
  const { x, gradient, value = Number.NaN } = state;
  if (gradient === undefined) return undefined;
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    const size = Math.abs(at(gradient, i)) * Math.max(Math.abs(at(x, i)), 1);
    if (Number.isNaN(size)) return size;
    if (size > largest) largest = size;
  }
  return largest === 0 ? 0 : largest / valueScale(value, scale.value);
}

/** max |Δxᵢ| / max(|xᵢ|, |x₀ᵢ|) of the step first intended; where both are 0 the scale is 1. Dennis & Schnabel, eq. 7.2.7. */
export function stepMeasure(from: Float64Array, to: State, scale: Scale): number {
  const { x, cut = 1 } = to;
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    const size = Math.max(Math.abs(at(x, i)), Math.abs(at(scale.x, i))) || 1;
    const relative = Math.abs(at(x, i) - at(from, i)) / size;
    if (relative > largest) largest = relative;
  }
  return largest / cut;
}

/** |Δf| / scale of f. */
export function valueMeasure(from: number, to: number, scale: Scale): number {
  const change = Math.abs(to - from);
  return change === 0 ? 0 : change / valueScale(to, scale.value);
}

/** The limits of a run: the card's, with the caller's in their place. */
export function readTolerance(card: MethodCard, tolerance: Tolerance, call: string): Tolerance {
  const names = [...new Set(card.tests.flat())];
  if (names.length === 0 && Object.keys(tolerance).length > 0) {
    throw new ArgumentError(
      `${call}({ tolerance }): ${card.name} has no test of convergence; leave tolerance out, and say how far it goes by its own settings or maxSteps`,
    );
  }
  checkOptions(`${call}({ tolerance }) with ${card.name}`, tolerance, names);
  for (const [name, limit] of Object.entries(tolerance)) {
    if (typeof limit !== "number" || !(limit >= 0)) {
      throw new ArgumentError(
        `${call}({ tolerance: { ${name} } }): must be a number ≥ 0; got ${showValue(limit)}; 0 asks for an exact match`,
      );
    }
  }
  return { ...card.tolerance, ...tolerance };
}

/** Measured against limits. A test without a limit is not made. */
export function judge(measured: Measured, limits: Tolerance): Criteria {
  const criteria: { [K in CriterionName]?: Criterion } = {};
  for (const name of criterionNames) {
    const [value, limit] = [measured[name], limits[name]];
    if (value !== undefined && limit !== undefined)
      criteria[name] = { measured: value, limit, met: value <= limit };
  }
  return criteria;
}

const criterionNames: readonly CriterionName[] = ["gradient", "step", "value", "residual"];

/** The first group of tests of which all are met. */
export function groupMet(
  tests: MethodCard["tests"],
  criteria: Criteria,
): readonly CriterionName[] | undefined {
  return tests.find((group) => group.length > 0 && group.every((name) => criteria[name]?.met === true));
}
