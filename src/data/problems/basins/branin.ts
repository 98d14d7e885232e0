import { define, type Pair } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** Three minima of equal depth, where the square vanishes and cos x = −1: x is an odd multiple of π. */
export const branin: TestProblem = define<Pair>({
  name: "branin",
  title: "Branin's function",
  formula: "(y - 5.1/(4*pi^2)*x^2 + 5/pi*x - 6)^2 + 10*(1 - 1/(8*pi))*cos(x) + 10",
  equation:
    "f(x, y) = \\left(y - \\tfrac{5.1}{4\\pi^2} x^2 + \\tfrac{5}{\\pi} x - 6\\right)^2 + 10 \\left(1 - \\tfrac{1}{8\\pi}\\right) \\cos x + 10",
  origin:
    "Branin, Widely convergent method for finding multiple solutions of simultaneous nonlinear equations, IBM J. Res. Dev. 16 (1972) 504-522; this form: Dixon & Szegő (1978)",
  domain: { lower: [-5, 0], upper: [10, 15] },
  start: [2.5, 7.5],
  minimizers: [
    [-Math.PI, 12.275],
    [Math.PI, 2.275],
    [3 * Math.PI, 2.475],
  ],
  localMinimizers: [],
  stationary: [
    { x: [0, 6], kind: "saddle" },
    { x: [2 * Math.PI, 1.1], kind: "saddle" },
  ],
  minimum: 5 / (4 * Math.PI),
  f: ([x, y]) =>
    (y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6) ** 2 +
    10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) +
    10,
  gradient: ([x, y]) => {
    const { q, slope, height } = parts(x, y);
    return [2 * q * slope - height * Math.sin(x), 2 * q];
  },
  hessian: ([x, y]) => {
    const { q, slope, height } = parts(x, y);
    return [
      [2 * slope * slope - 4 * bend * q - height * Math.cos(x), 2 * slope],
      [2 * slope, 2],
    ];
  },
  note: "as low again outside the box, at every odd multiple of π",
});

const bend = 5.1 / (4 * Math.PI ** 2);

/** The term in the square, its slope by x, and the height of the wave. */
const parts = (x: number, y: number): { q: number; slope: number; height: number } => ({
  q: y - bend * x * x + (5 / Math.PI) * x - 6,
  slope: 5 / Math.PI - 2 * bend * x,
  height: 10 - 5 / (4 * Math.PI),
});
