import { at } from "../../../core/exactly.ts";
import { checkDimension, cube, define, repeat, square, sumFormula } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** A rippled plain with a funnel, which ends in a cone. In `n` variables, 2 by default. @throws ArgumentError unless n ≥ 1. */
export function ackley(n = 2): TestProblem {
  checkDimension("ackley", n);
  return define<readonly number[]>({
    name: "ackley",
    title: "Ackley's function",
    formula: `20*(1 - exp(-0.2*sqrt((${sumFormula(n, (x) => `${x}^2`)})/${n}))) + e - exp((${sumFormula(n, (x) => `cos(2*pi*${x})`)})/${n})`,
    equation:
      "f(x) = -20 \\exp\\left(-0.2 \\sqrt{\\tfrac1n \\textstyle\\sum x_i^2}\\right) - \\exp\\left(\\tfrac1n \\textstyle\\sum \\cos 2\\pi x_i\\right) + 20 + e",
    origin:
      "Ackley, A Connectionist Machine for Genetic Hillclimbing (1987); in n variables: Bäck, Evolutionary Algorithms in Theory and Practice (1996)",
    domain: cube(-32.768, 32.768, n),
    start: repeat(2.5, n),
    minimizers: [repeat(0, n)],
    minimum: 0,
    f: (x) => {
      const squares = x.reduce((sum, xi) => sum + xi * xi, 0);
      const cosines = x.reduce((sum, xi) => sum + Math.cos(2 * Math.PI * xi), 0);
      const cone = 20 * (1 - Math.exp(-0.2 * Math.sqrt(squares / x.length)));
      return cone + (Math.E - Math.exp(cosines / x.length));
    },
    gradient: (x) => {
      const { rms, cone, ripple } = parts(x);
      return x.map(
        (xi) => ((4 * cone) / (n * rms)) * xi + ((2 * Math.PI * ripple) / n) * Math.sin(2 * Math.PI * xi),
      );
    },
    hessian: (x) => {
      const { rms, cone, ripple } = parts(x);
      const [sines, cosines] = [Math.sin, Math.cos].map((wave) => x.map((xi) => wave(2 * Math.PI * xi)));
      const angle = (2 * Math.PI) / n;
      return square(n, (i, j) => {
        const one = i === j ? 1 : 0;
        const slope = one - (at(x, i) * at(x, j) * (0.2 + 1 / rms)) / (n * rms);
        const waves = one * n * at(cosines ?? [], i) - at(sines ?? [], i) * at(sines ?? [], j);
        return ((4 * cone) / (n * rms)) * slope + ripple * angle ** 2 * waves;
      });
    },
    note: "not differentiable at the minimizer, where the written gradient is NaN; with many local minima",
  });
}

/** √(Σx²/n), exp(−0.2 √(Σx²/n)) and exp(Σcos(2πx)/n). */
function parts(x: readonly number[]): { rms: number; cone: number; ripple: number } {
  const mean = (of: (xi: number) => number): number => x.reduce((sum, xi) => sum + of(xi), 0) / x.length;
  const rms = Math.sqrt(mean((xi) => xi * xi));
  return { rms, cone: Math.exp(-0.2 * rms), ripple: Math.exp(mean((xi) => Math.cos(2 * Math.PI * xi))) };
}
