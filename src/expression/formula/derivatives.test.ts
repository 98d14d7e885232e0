/** Derivatives of formulas. Expected values were taken by hand, or are the same derivative written in JavaScript. */
import { describe, expect, test } from "vitest";
import { grad, hessian, jacobian } from "../../autodiff/index.ts";
import { type Tensor, tensor } from "../../tensor/index.ts";
import { operationsByName } from "./functions.ts";
import { parseFormula } from "./parse-formula.ts";

describe("derivatives of formulas", () => {
  test("of plain numbers have the structure of the point", () => {
    const { f } = parseFormula("x^2*y");
    const gradient: { x: number; y: number } = grad(f)({ x: 1, y: 2 });
    expect(gradient).toEqual({ x: 4, y: 1 });
    const second: { x: { x: number; y: number }; y: { x: number; y: number } } = hessian(f)({ x: 1, y: 2 });
    expect(second).toEqual({ x: { x: 4, y: 2 }, y: { x: 2, y: 0 } });
  });

  test("of tensors are tensors", () => {
    const { f } = parseFormula("b1*(1-exp(-b2*x))");
    const x = tensor([1, 2, 3]);
    const residuals = (b: { b1: number; b2: number }): Tensor => f({ ...b, x });
    const J = jacobian(residuals)({ b1: 2, b2: 0.5 });
    for (const [i, at] of [1, 2, 3].entries()) {
      expect(tensor(J.b1).at(i).item()).toBeCloseTo(1 - Math.exp(-0.5 * at), 15);
      expect(tensor(J.b2).at(i).item()).toBeCloseTo(2 * at * Math.exp(-0.5 * at), 14);
    }
  });

  test("of a formula without the variable are 0, of a formula that is one are 1", () => {
    expect(grad(parseFormula("3").f)({ x: 1 })).toEqual({ x: 0 });
    expect(grad(parseFormula("y").f)({ x: 1, y: 2 })).toEqual({ x: 0, y: 1 });
  });

  test("follow the side a conditional takes, and nothing leaks from the other", () => {
    const sides: readonly (readonly [text: string, x: number, first: number, second: number])[] = [
      ["x > 0 ? sqrt(x) : 0", -1, 0, 0],
      ["x > 0 ? sqrt(x) : 0", 0, 0, 0],
      ["x > 0 ? sqrt(x) : 0", 4, 1 / 4, -1 / 32],
      ["x != 0 ? sin(x)/x : 1", 0, 0, 0],
      ["x < 700 ? exp(x) : 1 + x", 1000, 1, 0],
      ["x < 10 ? x*x*x : 0", 1e200, 0, 0],
      ["x > 0 ? log(x)*sqrt(x) : x < -2 ? 1/(x + 1) : x^2", -1, -2, 2],
      ["x >= 1 ? acosh(x) : x > -1 ? asin(x) : x^3", -2, 12, -12],
      ["x > 0 && x < 5 ? 3*x : x > 5 || x == -1 ? x^2 : 0", -1, -2, 2],
      ["(x > 0)*x^2", 3, 6, 2],
    ];
    for (const [text, x, first, second] of sides) {
      const { f } = parseFormula(text);
      expect(grad(f)({ x }).x, text).toBeCloseTo(first, 14);
      expect(hessian(f)({ x }).x.x, text).toBeCloseTo(second, 14);
    }
  });

  test("no function leaks NaN from a side not taken", () => {
    for (const [name, { arity }] of operationsByName) {
      const args = arity === "many" ? "x, x, x" : ["x", "x, x", "x, -1, 1"][arity - 1];
      for (const x of [-1e308, -1000, -1, 0, 1, 1000, 1e308]) {
        const { f } = parseFormula(`y > 0 ? ${name}(${args}) : 2*x`);
        expect(grad(f)({ x, y: -1 }), `${name} at ${x}`).toEqual({ x: 2, y: 0 });
        expect(hessian(f)({ x, y: -1 }).x.x, `${name} at ${x}`).toBe(0);
      }
    }
  });

  test("of a sum of a hundred thousand terms exhaust nothing", () => {
    const { f } = parseFormula(`1${"+x".repeat(100_000)}`);
    expect(grad(f)({ x: 2 })).toEqual({ x: 100_000 });
  });
});
