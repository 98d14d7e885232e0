import { cube, define, type Pair } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** One narrow well in a plain so flat that its slope rounds to 0 a few steps away. */
export const easom: TestProblem = define<Pair>({
  name: "easom",
  title: "Easom's function",
  formula: "-cos(x)*cos(y)*exp(-(x - pi)^2 - (y - pi)^2)",
  equation: "f(x, y) = -\\cos x \\cos y \\; e^{-(x - \\pi)^2 - (y - \\pi)^2}",
  origin: "Easom, A survey of global optimization techniques, thesis, University of Louisville (1990)",
  domain: cube(-100, 100, 2),
  start: [2, 2],
  minimizers: [[Math.PI, Math.PI]],
  minimum: -1,
  f: ([x, y]) => -Math.cos(x) * Math.cos(y) * Math.exp(-((x - Math.PI) ** 2) - (y - Math.PI) ** 2),
  gradient: ([x, y]) => {
    const [a, b] = [well(x), well(y)];
    return [-a.slope * b.value, -a.value * b.slope];
  },
  hessian: ([x, y]) => {
    const [a, b] = [well(x), well(y)];
    return [
      [-a.bend * b.value, -a.slope * b.slope],
      [-a.slope * b.slope, -a.value * b.bend],
    ];
  },
  note: "with shallow minima around the well; best searched by many starts",
});

/** cos x · exp(−(x − π)²) and its derivatives. */
function well(x: number): { value: number; slope: number; bend: number } {
  const [u, c, s] = [x - Math.PI, Math.cos(x), Math.sin(x)];
  const height = Math.exp(-u * u);
  return {
    value: c * height,
    slope: -(s + 2 * u * c) * height,
    bend: (4 * u * s + (4 * u * u - 3) * c) * height,
  };
}
