/** Residuals, Jacobians, gradients and Hessians of the Moré-Garbow-Hillstrom problems at their starts; `mgh.json` says from where. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { grad, hessian, jacobian, trace } from "../../src/index.ts";
import { expectClose } from "../tools/close.ts";
import { problems, type Residuals } from "./mgh-problems.ts";

interface Problem {
  readonly id: string;
  readonly name: string;
  readonly x0: number[];
  readonly F: number;
  readonly r: number[];
  readonly J: number[][];
  readonly grad: number[];
  readonly hess: number[][];
}

const file = readFileSync(join(import.meta.dirname, "mgh.json"), "utf8");
const { problems: references } = JSON.parse(file) as { readonly problems: readonly Problem[] };

/** Some hundred roundings, relative to the norm. */
const tolerance = 1e-12;

test("every problem is there", () => {
  expect(Object.keys(problems).sort()).toEqual(references.map(({ id }) => id).sort());
});

describe.each(references)("problem $id, $name", ({ id, x0, F, r, J, grad: g, hess }) => {
  const residuals: Residuals = problems[id] ?? (() => []);
  // The residual function comes as data: what a function captures its source does not hold.
  const sumOfSquares = (x: readonly number[], f: Residuals): number =>
    f(x).reduce((sum, value) => sum + value * value, 0);

  test("residuals, as JavaScript and as a graph", () => {
    expectClose(residuals(x0), r, tolerance, 1);
    expectClose(trace(residuals)(x0), r, tolerance, 1);
    expectClose(sumOfSquares(x0, residuals), F, tolerance, 1);
  });

  test("Jacobian in both modes", () => {
    expectClose(jacobian(residuals, { mode: "forward" })(x0), J, tolerance);
    expectClose(jacobian(residuals, { mode: "reverse" })(x0), J, tolerance);
  });

  test("gradient and Hessian of the sum of squares", () => {
    expectClose(grad(sumOfSquares)(x0, residuals), g, tolerance);
    expectClose(hessian(sumOfSquares)(x0, residuals), hess, tolerance);
  });
});
