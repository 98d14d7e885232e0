import { cube, defineSquares, type Triple } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** A valley wound around the third axis; θ is the angle around it in turns, with a jump where x₁ = 0 and x₂ < 0. */
export const helicalValley: TestProblem = defineSquares<Triple>({
  name: "helical-valley",
  title: "Helical valley",
  formula: "100*(x3 - 10*(atan(x2/x1)/(2*pi) + (x1 < 0 ? 0.5 : 0)))^2 + 100*(sqrt(x1^2 + x2^2) - 1)^2 + x3^2",
  equation:
    "f(x) = 100 \\left(x_3 - 10\\,\\theta\\right)^2 + 100 \\left(\\sqrt{x_1^2 + x_2^2} - 1\\right)^2 + x_3^2, \\quad \\theta = \\tfrac{1}{2\\pi} \\arctan \\tfrac{x_2}{x_1} + \\begin{cases} 0 & x_1 > 0 \\\\ \\tfrac12 & x_1 < 0 \\end{cases}",
  origin:
    "Fletcher & Powell, A rapidly convergent descent method for minimization, Computer J. 6 (1963) 163-168; Moré, Garbow & Hillstrom (1981), no. 7",
  domain: cube(-2, 2, 3),
  start: [-1, 0, 0],
  minimizers: [[1, 0, 0]],
  localMinimizers: [],
  minimum: 0,
  residuals: ([x1, x2, x3]) => {
    const theta = Math.atan(x2 / x1) / (2 * Math.PI) + (x1 < 0 ? 0.5 : 0);
    return [10 * (x3 - 10 * theta), 10 * (Math.sqrt(x1 ** 2 + x2 ** 2) - 1), x3];
  },
  jacobian: ([x1, x2]) => {
    const radius = Math.sqrt(x1 * x1 + x2 * x2);
    const turn = 50 / (Math.PI * radius ** 2);
    return [
      [turn * x2, -turn * x1, 10],
      [(10 * x1) / radius, (10 * x2) / radius, 0],
      [0, 0, 1],
    ];
  },
  curvature: ([x1, x2], [r1 = 0, r2 = 0]) => {
    const radius = Math.sqrt(x1 * x1 + x2 * x2);
    const turn = (50 * r1) / (Math.PI * radius ** 4);
    const bend = (10 * r2) / radius ** 3;
    const mixed = turn * (x1 * x1 - x2 * x2) - bend * x1 * x2;
    return [
      [-2 * turn * x1 * x2 + bend * x2 * x2, mixed, 0],
      [mixed, 2 * turn * x1 * x2 + bend * x1 * x1, 0],
      [0, 0, 0],
    ];
  },
  note: "has no value where x1 = x2 = 0",
});
