import { at } from "../../../core/exactly.ts";
import { cube, defineSquares, type Quadruple, square } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** Twenty residuals that stay large at the minimum: what Gauss and Newton leave out of the Hessian matters here. */
export const brownDennis: TestProblem = defineSquares<Quadruple>({
  name: "brown-dennis",
  title: "Brown and Dennis's function",
  formula: Array.from({ length: 20 }, (_, i) => {
    const t = `${i + 1}/5`;
    return `((x1 + ${t}*x2 - exp(${t}))^2 + (x3 + x4*sin(${t}) - cos(${t}))^2)^2`;
  }).join(" + "),
  equation:
    "f(x) = \\sum_{i=1}^{20} \\left((x_1 + t_i x_2 - e^{t_i})^2 + (x_3 + x_4 \\sin t_i - \\cos t_i)^2\\right)^2, \\quad t_i = \\tfrac{i}{5}",
  origin:
    "Brown & Dennis, New computational algorithms for minimizing a sum of squares of nonlinear functions, Yale report 71-6 (1971); Moré, Garbow & Hillstrom (1981), no. 16",
  domain: cube(-30, 30, 4),
  start: [25, 5, -5, -1],
  // To 40 digits by mpmath, rounded.
  minimizers: [[-11.594439904762165, 13.203630051207204, -0.40343948817685954, 0.2367787744557363]],
  localMinimizers: [],
  minimum: 85822.20162635634,
  residuals: ([x1, x2, x3, x4]) =>
    Array.from({ length: 20 }, (_, i) => {
      const t = (i + 1) / 5;
      return (x1 + t * x2 - Math.exp(t)) ** 2 + (x3 + x4 * Math.sin(t) - Math.cos(t)) ** 2;
    }),
  jacobian: (x) =>
    times.map((t) => {
      const [a, b] = parts(x, t);
      return [2 * a, 2 * a * t, 2 * b, 2 * b * Math.sin(t)];
    }),
  // ∇²rᵢ = 2 (u uᵀ + v vᵀ) with u = (1, t, 0, 0) and v = (0, 0, 1, sin t).
  curvature: (_, r) =>
    square(4, (i, j) =>
      times.reduce((sum, t, k) => {
        const [u, v] = [
          [1, t, 0, 0],
          [0, 0, 1, Math.sin(t)],
        ] as const;
        return sum + 2 * at(r, k) * (at(u, i) * at(u, j) + at(v, i) * at(v, j));
      }, 0),
    ),
});

const times: readonly number[] = Array.from({ length: 20 }, (_, i) => (i + 1) / 5);

const parts = ([x1, x2, x3, x4]: Quadruple, t: number): readonly [number, number] => [
  x1 + t * x2 - Math.exp(t),
  x3 + x4 * Math.sin(t) - Math.cos(t),
];
