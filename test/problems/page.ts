/** The page of the test problems, made from their records. */
import type { TestProblem } from "../../src/data/problems/index.ts";

const intro = `# Test problems

Functions whose minima are known, with gradients and Hessians written out by hand, from \`nabla/problems\`:

\`\`\`ts
import { grad } from "nabla";
import { findProblem, himmelblau, rosenbrock } from "nabla/problems";

const { f, start, gradient } = rosenbrock();
grad(f)(start); // → [ -215.59999999999997, -87.99999999999999 ]
gradient(start); // → Float64Array(2) [ -215.6, -87.99999999999999 ]

himmelblau.minimizers.length; // → 4
findProblem("easom").minimum; // → -1
rosenbrock(10).dimension; // → 10
\`\`\`

\`f\` is an ordinary function, which can be minimized, differentiated and drawn. A record holds besides it the formula as text and in
TeX, where it comes from, the box in which it is usually searched, the standard start, all global minimizers in the box, local
minimizers, saddles and maxima where they are known, and the residuals where f is a sum of their squares: f = Σ r², so a
least-squares problem of the same residuals, ½ Σ r² in Nabla, has half its value. \`testProblems\` lists all; \`sphere\`, \`quadratic\`,
\`rosenbrock\`, \`rastrigin\`, \`ackley\`, \`griewank\`, \`levy\` and \`styblinskiTang\` are made for any number of variables:

\`\`\`ts
import { quadratic } from "nabla/problems";

const bowl = quadratic({ dimension: 20, condition: 1000, seed: 7 });
bowl.f(bowl.start) > 0; // → true
\`\`\`

This page is made from the records by \`npx vitest run test/problems -u\`.
`;

/** The page's text. */
export function pageOf(problems: readonly TestProblem[]): string {
  return [
    intro,
    "## Functions\n",
    table(
      ["name", "f", "origin"],
      problems.map((p) => [`\`${p.name}\``, `\`${formulaOf(p)}\``, p.origin]),
    ),
    "## Minima\n",
    "In the box, rounded to six digits; the records hold all sixteen.\n",
    table(["name", "box", "start", "minimum", "at", "besides"], problems.map(minimaOf)),
  ].join("\n");
}

/** Formulas that would be too long, or are none. */
const short: Readonly<Record<string, string>> = {
  quadratic: "xᵀA x / 2",
  "brown-dennis": "Σ ((x1 + t*x2 - exp(t))^2 + (x3 + x4*sin(t) - cos(t))^2)^2 over t = 1/5, 2/5, …, 20/5",
};

const formulaOf = ({ name, formula }: TestProblem): string => short[name] ?? formula ?? "";

function minimaOf(problem: TestProblem): string[] {
  const { name, domain, start, minimum, minimizers, localMinimizers = [], stationary = [], note } = problem;
  const sides = domain.lower.map((low, i) => `[${show(low)}, ${show(domain.upper[i] ?? low)}]`);
  const box = new Set(sides).size === 1 ? `${sides[0]}${superscripts[sides.length]}` : sides.join(" × ");
  const besides = [
    ...(localMinimizers.length > 0 ? [`local minima at ${points(localMinimizers)}`] : []),
    ...(["saddle", "maximum"] as const).flatMap((kind) => {
      const found = stationary.filter((point) => point.kind === kind).map(({ x }) => x);
      return found.length > 0 ? [`${kind} at ${points(found)}`] : [];
    }),
    ...(note === undefined ? [] : [note]),
  ];
  return [`\`${name}\``, box, points([start]), show(minimum), points(minimizers), besides.join("; ")];
}

const superscripts = ["", "", "²", "³", "⁴"];

const points = (list: readonly (readonly number[])[]): string =>
  list.map((x) => `(${x.map(show).join(", ")})`).join(", ");

function show(value: number): string {
  return String(Number(value.toPrecision(6)))
    .replace("Infinity", "∞")
    .replace("-", "−");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return `${[line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
}
