/** f = Σ r²/2 at random points, and refusal of what is no sum of squares by its writing. */
import { describe, expect, test } from "vitest";
import { parseFormula, parseSquares } from "./parse-formula.ts";

describe("sums of squares", () => {
  test.each<readonly [text: string, count: number]>([
    ["x^2", 1],
    ["(1-x)^2 + 100*(y-x^2)^2", 2],
    ["100*(y-x²)² + (1-x)²", 2],
    ["(x + 10*y)^2 + 5*(x - y)^2 + (y - 2*x)^4 + 10*(x - y)^4", 4],
    ["((x-1)^2 + (y+2)^2/3)/2", 2],
    ["0.5*((x-1)^2*pi + 2*(3*y^2 + x^6)) + 10", 4],
    ["(x-1)^2 + ((y-1)^2 + (x*y)^2)", 3],
    ["+x^(1+1) + (-y)^2", 2],
    ["7", 1],
  ])("%s", (text, count) => {
    const residuals = parseSquares(text) ?? [];
    expect(residuals).toHaveLength(count);
    for (const [x, y] of [
      [0.3, -1.7],
      [2.5, 4],
      [-1.2, 1],
    ] as const) {
      const half = residuals.reduce((sum, r) => sum + r({ x, y }) ** 2 / 2, 0);
      const value = parseFormula(text).f({ x, y });
      expect(Math.abs(half - value)).toBeLessThanOrEqual(1e-14 * value);
    }
  });

  test.each([
    "x",
    "x^3",
    "x^2 - y^2",
    "-x^2",
    "x^2.5",
    "x^y",
    "x^-2",
    "-1*x^2",
    "x^2/0",
    "x^2 + y",
    "-3",
    "2/x^2",
  ])("%s is none", (text) => {
    expect(parseSquares(text)).toBeUndefined();
  });

  test("a conditional is not cut to pieces", () => {
    expect(parseSquares("(x > 0 ? x : 1)^2 + y^2")).toBeUndefined();
  });

  test("two hundred thousand squares are found in one pass", () => {
    const text = Array.from({ length: 200_000 }, () => "x^2").join("+");
    expect(parseSquares(text)).toHaveLength(200_000);
  });
});
