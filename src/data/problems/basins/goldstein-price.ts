import { cube, define, type Pair } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/**
 * A polynomial of degree 8 with values from 3 to a million. It is A(u) B(t) with u = x + y and t = 2x − 3y, from which the
 * derivatives are written; all stationary points have coordinates in fifths.
 */
export const goldsteinPrice: TestProblem = define<Pair>({
  name: "goldstein-price",
  title: "Goldstein and Price's function",
  formula:
    "(1 + (x + y + 1)^2*(19 - 14*x + 3*x^2 - 14*y + 6*x*y + 3*y^2))*(30 + (2*x - 3*y)^2*(18 - 32*x + 12*x^2 + 48*y - 36*x*y + 27*y^2))",
  equation:
    "\\begin{aligned} f(x, y) = {} & \\left(1 + (x + y + 1)^2 (19 - 14x + 3x^2 - 14y + 6xy + 3y^2)\\right) \\\\ & \\left(30 + (2x - 3y)^2 (18 - 32x + 12x^2 + 48y - 36xy + 27y^2)\\right) \\end{aligned}",
  origin: "Goldstein & Price, On descent from local minima, Math. Comp. 25 (1971) 569-574",
  domain: cube(-2, 2, 2),
  start: [-1.5, 1],
  minimizers: [[0, -1]],
  localMinimizers: [
    [-0.6, -0.4],
    [1.8, 0.2],
    [1.2, 0.8],
  ],
  stationary: [
    { x: [-0.4, -0.6], kind: "saddle" },
    { x: [1.2, -0.2], kind: "saddle" },
    { x: [1.4, 0.6], kind: "saddle" },
    { x: [0.6, 0.4], kind: "saddle" },
    { x: [0.8, 0.2], kind: "maximum" },
  ],
  minimum: 3,
  f: ([x, y]) =>
    (1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x ** 2 - 14 * y + 6 * x * y + 3 * y ** 2)) *
    (30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x ** 2 + 48 * y - 36 * x * y + 27 * y ** 2)),
  gradient: ([x, y]) => {
    const [A, B] = [sumFactor(x + y), differenceFactor(2 * x - 3 * y)];
    const [along, across] = [A.slope * B.value, A.value * B.slope];
    return [along + 2 * across, along - 3 * across];
  },
  hessian: ([x, y]) => {
    const [A, B] = [sumFactor(x + y), differenceFactor(2 * x - 3 * y)];
    const [along, mixed, across] = [A.bend * B.value, A.slope * B.slope, A.value * B.bend];
    const off = along - mixed - 6 * across;
    return [
      [along + 4 * mixed + 4 * across, off],
      [off, along - 6 * mixed + 9 * across],
    ];
  },
  note: "the local minima are 30, 84 and 840",
});

interface Factor {
  readonly value: number;
  readonly slope: number;
  readonly bend: number;
}

/** A = 1 + (u + 1)² (19 − 14u + 3u²) and its derivatives. */
function sumFactor(u: number): Factor {
  const [s, p, slope] = [u + 1, 19 - 14 * u + 3 * u * u, 6 * u - 14];
  return { value: 1 + s * s * p, slope: 2 * s * p + s * s * slope, bend: 2 * p + 4 * s * slope + 6 * s * s };
}

/** B = 30 + t² (18 − 16t + 3t²) and its derivatives. */
function differenceFactor(t: number): Factor {
  return {
    value: 30 + t * t * (18 - 16 * t + 3 * t * t),
    slope: t * (36 - 48 * t + 12 * t * t),
    bend: 36 - 96 * t + 36 * t * t,
  };
}
