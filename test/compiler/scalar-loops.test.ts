/** Loops of plain functions become loops again, with the interpreter's bits: sums, recurrences, choices, boundaries, random loops. */
import { describe, expect, test } from "vitest";
import { gradientGraph } from "../../src/autodiff/transforms.ts";
import { condense } from "../../src/compiler/scalar/condense.ts";
import { scalarProgram } from "../../src/compiler/scalar/program.ts";
import { roll } from "../../src/compiler/scalar/roll/roll.ts";
import { at } from "../../src/core/exactly.ts";
import { differentiable } from "../../src/expression/index.ts";
import type { Graph } from "../../src/tensor/graph.ts";
import { evaluateGraph } from "../../src/tensor/interpreter.ts";
import { walkedGraph } from "../plain-functions/evaluate.ts";
import { randomLoops } from "./random-loops.ts";

const valueOf = (source: string, n: number): Graph =>
  walkedGraph(
    differentiable((_x: number[]): unknown => undefined, { source, scope: () => ({}) }),
    n,
  );
const gradientOf = (graph: Graph): Graph => gradientGraph(graph, new Array(graph.inputs.length).fill(true));
const point = (n: number): number[] => Array.from({ length: n }, (_, i) => 1.3 * Math.sin(1.7 * i));

function expectSameBits(graph: Graph, x: readonly number[], what = ""): void {
  const program = scalarProgram(graph);
  if (program === undefined) throw new RangeError("the graph holds more than single numbers");
  const outputs = new Float64Array(graph.results.length);
  program.run(x, outputs);
  const inputs = x.map((xi) => ({ dtype: "float64", shape: [], data: Float64Array.of(xi) }) as const);
  const expected = evaluateGraph(graph, inputs).map(({ data }) => Number(at(data, 0)));
  const wrong = expected.findIndex((value, k) => !Object.is(value, outputs[k]));
  const found = wrong < 0 ? "same" : `${outputs[wrong]}, not ${expected[wrong]}, at ${wrong}`;
  expect(found, what).toBe("same");
}

/** Functions whose loops are found, and the share of the steps of value and gradient that is written at most, for 400 variables. */
const rolling: readonly (readonly [name: string, share: number, source: string])[] = [
  [
    "Rosenbrock",
    0.02,
    "x => { let s = 0; for (let i = 0; i + 1 < x.length; i++) s += 100 * (x[i+1] - x[i]*x[i]) ** 2 + (1 - x[i]) ** 2; return s; }",
  ],
  [
    "extended Powell",
    0.05,
    `x => { let s = 0; for (let i = 0; i + 3 < x.length; i += 4) { s += (x[i] + 10*x[i+1]) ** 2 + 5*(x[i+2] - x[i+3]) ** 2;
      s += (x[i+1] - 2*x[i+2]) ** 4 + 10*(x[i] - x[i+3]) ** 4; } return s; }`,
  ],
  [
    "Broyden tridiagonal",
    0.02,
    `x => { const n = x.length; let s = 0; for (let i = 0; i < n; i++) { let r = (3 - 2*x[i])*x[i] + 1;
      if (i > 0) r -= x[i-1]; if (i < n - 1) r -= 2*x[i+1]; s += r*r; } return s; }`,
  ],
  [
    "choices",
    0.02,
    `x => { let s = 0; for (let i = 0; i + 1 < x.length; i++) { const d = x[i] - x[i+1];
      if (d > 0.1) s += d*d; else s -= x[i] > 0 && d < 0 ? d : -d; } return s; }`,
  ],
  [
    "a grid",
    0.2,
    `x => { const m = 20; let s = 0; for (let i = 0; i + 1 < m; i++) for (let j = 0; j + 1 < m; j++) {
      const a = x[i*m+j+1] - x[i*m+j], b = x[(i+1)*m+j] - x[i*m+j]; s += Math.sqrt(1 + a*a + b*b); } return s; }`,
  ],
  [
    "a loop backwards",
    0.02,
    "x => { let s = 0; for (let i = x.length - 1; i > 0; i--) s += (x[i] - x[i-1]*x[i-1]) ** 2; return s; }",
  ],
  [
    "every second",
    0.05,
    "x => { let s = 0; for (let i = 0; i + 1 < x.length; i += 2) s += 100*(x[i+1] - x[i] ** 2) ** 2; return s; }",
  ],
  [
    "two carried numbers",
    0.02,
    "x => { let a = 0.5, b = 0.2; for (const v of x) { const c = a*v + b; b = a - 0.5*b; a = 0.9*c; } return a*b; }",
  ],
  [
    "carried over two iterations",
    0.05,
    "x => { const y = [x[0], x[1]]; for (let i = 2; i < x.length; i++) y.push(0.5*y[i-1] - 0.3*y[i-2] + x[i]); return y.reduce((a, b) => a + b*b, 0); }",
  ],
  [
    "carried over seven iterations",
    0.2,
    "x => { const y = x.slice(0, 7); for (let i = 7; i < x.length; i++) y.push(0.5*y[i-3] - 0.3*y[i-7] + x[i]); return y.reduce((a, b) => a + b*b, 0); }",
  ],
  ["a product", 0.02, "x => { let p = 1; for (const v of x) p *= 1 + 0.01*v; return p; }"],
  ["a polynomial", 0.02, "x => { let p = 0; for (const v of x) p = 0.7*p + v; return p; }"],
  ["a sum of exponentials", 0.02, "x => Math.log(x.map(v => Math.exp(v)).reduce((a, b) => a + b, 0))"],
  [
    "prefix sums",
    0.02,
    "x => { let s = 0, f = 0; for (let i = 0; i < x.length; i++) { s += x[i]; f += (s - i) ** 2; } return f; }",
  ],
  [
    "even and odd",
    0.02,
    "x => { let s = 0; for (let i = 0; i < x.length; i++) s += i % 2 === 0 ? x[i]*x[i] : Math.abs(x[i])*3; return s; }",
  ],
  [
    "running maxima",
    0.05,
    "x => { let m = x[0]; for (let i = 1; i < x.length; i++) m = Math.max(m, x[i]*x[i-1]); return m; }",
  ],
  [
    "data",
    0.05,
    "x => { let s = 0; for (let i = 0; i < 300; i++) { const t = (i + 2) / 7.5; s += (x[0]*Math.exp(-x[1]*t) + x[2] - Math.round(3*Math.cos(i))) ** 2; } return s; }",
  ],
];

describe("loops are found", () => {
  test.each(rolling)("%s", (_, share, source) => {
    const value = valueOf(source, 400);
    const gradient = gradientOf(value);
    expect(roll(gradient).written).toBeLessThan(share * condense(gradient).steps.length);
    for (const n of [8, 9, 25, 26, 31, 64])
      if (!source.includes("m = 20")) expectSameBits(gradientOf(valueOf(source, n)), point(n), `n = ${n}`);
    for (const x of [point(400), point(400).map((xi) => 1 / xi), new Array<number>(400).fill(-0)]) {
      expectSameBits(value, x);
      expectSameBits(gradient, x);
    }
  });
});

describe("random loops", () => {
  test.each([1, 101, 201, 301])("25 programs from seed %i", (first) => {
    for (let seed = first; seed < first + 25; seed++) {
      const source = randomLoops(seed);
      for (const n of [16, 37])
        expectSameBits(gradientOf(valueOf(source, n)), point(n), `seed ${seed}, n = ${n}: ${source}`);
    }
  });
});

test("Hessians of loops keep their bits", () => {
  const [, , source] = at(rolling, 2);
  const gradient = gradientOf(valueOf(source, 24));
  // The gradient of one derivative is a row of the Hessian.
  const { outputs, results } = gradient;
  const first = { ...gradient, outputs: outputs.slice(5, 6), results: results.slice(5, 6) };
  expectSameBits(gradientOf(first), point(24));
});
