/** What a result says in words. */
import { describe, expect, test } from "vitest";
import { nelderMead } from "../direct/index.ts";
import { bfgs } from "../smooth/index.ts";
import { describeRows } from "./describe.ts";
import { minimize } from "./minimize.ts";

const bowl = ([x, y]: [number, number]): number => (x - 1) ** 2 + 10 * (y + 2) ** 2;

describe("describeRows", () => {
  test("gives the lines of String(result), name by name", () => {
    const result = minimize(bowl, [3, 3], { method: bfgs() });
    const { headline, rows } = describeRows(result);
    expect(headline).toMatch(/^converged after \d+ steps of bfgs: /);
    expect(rows.map(([name]) => name)).toEqual(
      expect.arrayContaining(["x", "value", "gradient", "tests", "evaluations"]),
    );
    const [first, ...others] = String(result).split("\n");
    expect(first).toBe(headline);
    expect(others.map((line) => line.trim().split(/ {2,}/))).toEqual(rows);
  });

  test("writes small and large numbers as powers of ten", () => {
    const tolerance = { gradient: 1e-6, step: 1e-12 };
    const { rows } = describeRows(minimize(bowl, [3, 3], { method: bfgs(), tolerance }));
    const [, tests] = rows.find(([name]) => name === "tests") ?? [];
    expect(tests).toMatch(/^gradient \d\.?\d*e-\d+ ≤ 1e-6, step \S+ > 1e-12$/);
  });

  test("advises only where there is something to be done", () => {
    const advised = (maxSteps: number): boolean =>
      describeRows(minimize(bowl, [3, 3], { maxSteps })).rows.some(([name]) => name === "advice");
    expect([advised(1), advised(100)]).toEqual([true, false]);
  });
});

test("derivatives by differences are noted where the method asks for derivatives", () => {
  const captured = 3;
  const f = ([x]: [number]): number => (x - captured) ** 2;
  expect(minimize(f, [1], { method: bfgs() }).notes.join()).toContain("finite differences");
  expect(minimize(f, [1], { method: nelderMead() }).notes).toEqual([]);
});
