import { define, type Pair } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** The six-hump camel: six minima in three pairs by the symmetry f(−x) = f(x), one pair of them global. */
export const camel: TestProblem = define<Pair>({
  name: "camel",
  title: "Six-hump camel",
  formula: "(4 - 2.1*x^2 + x^4/3)*x^2 + x*y + (4*y^2 - 4)*y^2",
  equation: "f(x, y) = \\left(4 - 2.1 x^2 + \\tfrac{x^4}{3}\\right) x^2 + x y + (4 y^2 - 4)\\, y^2",
  origin:
    "Dixon & Szegő, The global optimization problem: an introduction, Towards Global Optimisation 2 (1978)",
  domain: { lower: [-3, -2], upper: [3, 2] },
  start: [-2, 1],
  minimizers: [
    [-0.08984201310031806, 0.7126564030207396],
    [0.08984201310031806, -0.7126564030207396],
  ],
  localMinimizers: [
    [-1.703606714969981, 0.7960835686726251],
    [1.703606714969981, -0.7960835686726251],
    [-1.6071047529201972, -0.5686514548841314],
    [1.6071047529201972, 0.5686514548841314],
  ],
  stationary: [
    { x: [0, 0], kind: "saddle" },
    { x: [-1.1092053368047865, 0.7682680925095399], kind: "saddle" },
    { x: [1.1092053368047865, -0.7682680925095399], kind: "saddle" },
    { x: [-1.6380679841897785, -0.22867406904439408], kind: "saddle" },
    { x: [1.6380679841897785, 0.22867406904439408], kind: "saddle" },
    { x: [-1.2960702671671092, -0.6050843880386585], kind: "saddle" },
    { x: [1.2960702671671092, 0.6050843880386585], kind: "saddle" },
    { x: [-1.2302298765166526, -0.16233458445899496], kind: "maximum" },
    { x: [1.2302298765166526, 0.16233458445899496], kind: "maximum" },
  ],
  minimum: -1.0316284534898774,
  f: ([x, y]) => (4 - 2.1 * x ** 2 + x ** 4 / 3) * x ** 2 + x * y + (4 * y ** 2 - 4) * y ** 2,
  gradient: ([x, y]) => [8 * x - 8.4 * x ** 3 + 2 * x ** 5 + y, x - 8 * y + 16 * y ** 3],
  hessian: ([x, y]) => [
    [8 - 25.2 * x ** 2 + 10 * x ** 4, 1],
    [1, 48 * y ** 2 - 8],
  ],
});
