/** What is checked of every outcome. */
import { expect } from "vitest";
import type { MethodCard } from "../../src/solver/card.ts";
import { groupMet } from "../../src/solver/criteria.ts";
import type { Outcome } from "../../src/solver/outcome.ts";
import type { Hostile } from "./hostile.ts";

/** ‖x − y‖∞ relative to max(‖y‖∞, 1). */
export function distance(x: Float64Array, y: readonly number[]): number {
  const scale = Math.max(1, ...y.map(Math.abs));
  return Math.max(...y.map((yi, i) => Math.abs((x[i] ?? Number.NaN) - yi))) / scale;
}

/** Everything about an outcome that must not depend on interruptions: not the time it took. */
export function asText({ x, value, reason, steps, evaluations, history, state, criteria }: Outcome): string {
  const exact = (_: string, item: unknown): unknown => {
    if (typeof item === "number") return Object.is(item, -0) ? "-0" : String(item);
    return ArrayBuffer.isView(item)
      ? { of: item.constructor.name, items: Array.from(item as Float64Array) }
      : item;
  };
  return JSON.stringify({ x, value, reason, steps, evaluations, history, state, criteria }, exact);
}

/** The promises of decision 7: a result never lies. */
export function expectHonest(outcome: Outcome, { seen, spent, valueAt }: Hostile, card: MethodCard): void {
  const { x, value, converged, criteria, reason, evaluations } = outcome;
  for (const { measured, limit, met } of Object.values(criteria)) expect(met).toBe(measured <= limit);
  if (converged) {
    expect(reason).toBe("converged");
    expect(Number.isFinite(value)).toBe(true);
    expect(groupMet(card.tests, criteria)).toBeDefined();
  }
  const finite = seen.filter(Number.isFinite);
  if (finite.length > 0) {
    const lowest = Math.min(...finite);
    // Eight units in the last place: values as close as that are equal to working precision.
    expect(value).toBeLessThanOrEqual(lowest + 8 * Number.EPSILON * Math.abs(lowest));
    if (reason !== "diverged") expect(Array.from(x).every(Number.isFinite)).toBe(true);
  }
  if (Number.isFinite(value)) expect(valueAt(x)).toBe(value);
  else expect(["non-finite", "diverged", "function-failed"]).toContain(reason);
  for (const [kind, count] of Object.entries(spent))
    expect({ kind, count: evaluations[kind as keyof typeof evaluations] }).toEqual({ kind, count });
}
