import { cube, defineSquares, type Pair } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** The root of both residuals; to 50 digits by mpmath, rounded. The other minimizer is its mirror image. */
const [small, large] = [1.0981593296998175e-5, 9.106146739866524];

/** Variables of sizes that differ by a million, in a valley as curved as it is steep. */
export const powellBadlyScaled: TestProblem = defineSquares<Pair>({
  name: "powell-badly-scaled",
  title: "Powell's badly scaled function",
  formula: "(10000*x*y - 1)^2 + (exp(-x) + exp(-y) - 1.0001)^2",
  equation: "f(x, y) = (10^4 x y - 1)^2 + (e^{-x} + e^{-y} - 1.0001)^2",
  origin:
    "Powell, A hybrid method for nonlinear equations, Numerical Methods for Nonlinear Algebraic Equations (1970); Moré, Garbow & Hillstrom (1981), no. 3",
  domain: cube(-1, 10, 2),
  start: [0, 1],
  minimizers: [
    [small, large],
    [large, small],
  ],
  localMinimizers: [[-0.009948091925800946, -0.009948091925800946]],
  stationary: [
    { x: [0.010048156947108327, 0.010048156947108327], kind: "saddle" },
    { x: [-0.00010003002051701593, -0.00010003002051701593], kind: "saddle" },
  ],
  minimum: 0,
  residuals: ([x, y]) => [1e4 * x * y - 1, Math.exp(-x) + Math.exp(-y) - 1.0001],
  jacobian: ([x, y]) => [
    [1e4 * y, 1e4 * x],
    [-Math.exp(-x), -Math.exp(-y)],
  ],
  curvature: ([x, y], [r1 = 0, r2 = 0]) => [
    [r2 * Math.exp(-x), 1e4 * r1],
    [1e4 * r1, r2 * Math.exp(-y)],
  ],
});
