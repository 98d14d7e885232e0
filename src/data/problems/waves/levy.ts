import { at } from "../../../core/exactly.ts";
import { checkDimension, cube, define, diagonal, repeat, variables } from "../define.ts";
import type { TestProblem } from "../test-problem.ts";

/** Lévy and Montalvo's waves on a bowl, in wᵢ = 1 + (xᵢ − 1)/4. In `n` variables, 2 by default. @throws ArgumentError unless n ≥ 1. */
export function levy(n = 2): TestProblem {
  checkDimension("levy", n);
  return define<readonly number[]>({
    name: "levy",
    title: "Lévy's function",
    formula: formulaFor(n),
    equation:
      "f(x) = \\sin^2 \\pi w_1 + \\sum_{i=1}^{n-1} (w_i - 1)^2 \\left(1 + 10 \\sin^2(\\pi w_i + 1)\\right) + (w_n - 1)^2 \\left(1 + \\sin^2 2\\pi w_n\\right), \\quad w_i = 1 + \\tfrac{x_i - 1}{4}",
    origin:
      "Levy & Montalvo, The tunneling algorithm for the global minimization of functions, SIAM J. Sci. Stat. Comput. 6 (1985) 15-29",
    domain: cube(-10, 10, n),
    start: repeat(-4, n),
    minimizers: [repeat(1, n)],
    minimum: 0,
    f: (x) => {
      const v = x.map((xi) => (xi - 1) / 4);
      const [first = 0] = v;
      const last = v[v.length - 1] ?? 0;
      const waves = v
        .slice(0, -1)
        .reduce((sum, vi) => sum + vi ** 2 * (1 + 10 * Math.sin(Math.PI * (1 + vi) + 1) ** 2), 0);
      return Math.sin(Math.PI * first) ** 2 + waves + last ** 2 * (1 + Math.sin(2 * Math.PI * last) ** 2);
    },
    gradient: (x) => x.map((xi, i) => derivatives(xi, i, x.length).slope),
    hessian: (x) => diagonal(x.map((xi, i) => derivatives(xi, i, x.length).bend)),
    note: "with many local minima",
  });
}

/** Slope and second derivative by xᵢ; with v = w − 1 = (x − 1)/4. */
function derivatives(x: number, i: number, n: number): { slope: number; bend: number } {
  const v = (x - 1) / 4;
  const parts = [i === n - 1 ? wave(v, 1, 2 * Math.PI, 0) : wave(v, 10, Math.PI, Math.PI + 1)];
  const angle = 2 * Math.PI * v;
  if (i === 0) parts.push({ slope: Math.PI * Math.sin(angle), bend: 2 * Math.PI ** 2 * Math.cos(angle) });
  const total = (key: "slope" | "bend"): number => parts.reduce((sum, part) => sum + part[key], 0);
  return { slope: total("slope") / 4, bend: total("bend") / 16 };
}

/** The derivatives of v² (1 + a sin²(bv + c)) by v. */
function wave(v: number, a: number, b: number, c: number): { slope: number; bend: number } {
  const angle = b * v + c;
  const factor = 1 + a * Math.sin(angle) ** 2;
  const [sine, cosine] = [a * b * Math.sin(2 * angle), 2 * a * b * b * Math.cos(2 * angle)];
  return { slope: 2 * v * factor + v * v * sine, bend: 2 * factor + 4 * v * sine + v * v * cosine };
}

function formulaFor(n: number): string {
  const v = variables(n).map((x) => `((${x} - 1)/4)`);
  const waves = v.slice(0, -1).map((vi) => `${vi}^2*(1 + 10*sin(pi*(1 + ${vi}) + 1)^2)`);
  const [first, last] = [at(v, 0), at(v, n - 1)];
  return [`sin(pi*${first})^2`, ...waves, `${last}^2*(1 + sin(2*pi*${last})^2)`].join(" + ");
}
