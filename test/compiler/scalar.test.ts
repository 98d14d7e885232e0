/** Compiled graphs of single numbers give the interpreter's bits: random programs, special values, many functions. */
import { describe, expect, test } from "vitest";
import { readTree } from "../../src/autodiff/reading.ts";
import { pointMask, tracer } from "../../src/autodiff/traced.ts";
import { gradientGraph } from "../../src/autodiff/transforms.ts";
import { evaluator } from "../../src/compiler/evaluator.ts";
import { condense } from "../../src/compiler/scalar/condense.ts";
import { scalarProgram } from "../../src/compiler/scalar/program.ts";
import { arithmetic, comparisons, connectives, hostFunctions } from "../../src/compiler/scalar/rules.ts";
import { simplify } from "../../src/compiler/simplify.ts";
import { at } from "../../src/core/exactly.ts";
import { differentiable } from "../../src/expression/index.ts";
import type { NdArray } from "../../src/tensor/array.ts";
import type { Graph } from "../../src/tensor/graph.ts";
import { evaluateGraph } from "../../src/tensor/interpreter.ts";
import { type PrimitiveName, primitives } from "../../src/tensor/primitives/index.ts";
import { apply } from "../../src/tensor/tensor.ts";
import { walkedGraph } from "../plain-functions/evaluate.ts";
import { randomProgram } from "../plain-functions/random-programs.ts";
import { graphOf } from "../primitives/sample.ts";

const scalar = { dtype: "float64", shape: [] } as const;
const numbers = (x: readonly number[]): NdArray[] =>
  x.map((xi) => ({ ...scalar, data: Float64Array.of(xi) }));

/** The interpreter's results and the program's, as numbers. */
function both(graph: Graph, x: readonly number[]): [number[], number[]] {
  const program = scalarProgram(graph);
  if (program === undefined) throw new RangeError("the graph holds more than single numbers");
  const outputs = new Float64Array(graph.results.length);
  program.run(x, outputs);
  return [evaluateGraph(graph, numbers(x)).map(({ data }) => at(data, 0)), Array.from(outputs)];
}

const specials = [
  0,
  -0,
  1,
  -1,
  0.5,
  2.5,
  -2.5,
  1e-310,
  1e300,
  -1e300,
  Infinity,
  -Infinity,
  Number.NaN,
  Math.PI,
];
const isName = (name: string): name is PrimitiveName => name in primitives;
const named = (table: object): PrimitiveName[] => Object.keys(table).filter(isName);

describe("every function on special values", () => {
  const unaryNames = [
    "neg",
    "abs",
    "sqrt",
    "floor",
    "ceil",
    "trunc",
    "round",
    "isNaN",
    "isFinite",
    "logicalNot",
    "relu",
  ];
  const isUnary = (name: string): boolean =>
    unaryNames.includes(name) || (name in hostFunctions && !["rem", "pow", "atan2", "hypot"].includes(name));
  const all = [...named({ ...arithmetic, ...comparisons, ...hostFunctions }), ...unaryNames.filter(isName)];

  test.each(all.filter(isUnary))("%s", (name) => {
    const graph = graphOf([scalar], (inputs) => apply(name, inputs, {} as never));
    for (const x of specials) {
      const [expected, found] = both(graph, [x]);
      expect(found, `${name}(${x})`).toEqual(expected);
    }
  });

  test.each(all.filter((name) => !isUnary(name)))("%s of two", (name) => {
    const graph = graphOf([scalar, scalar], (inputs) => apply(name, inputs, {} as never));
    for (const x of specials)
      for (const y of specials) {
        const [expected, found] = both(graph, [x, y]);
        expect(found, `${name}(${x}, ${y})`).toEqual(expected);
      }
  });

  test("truth values and choices", () => {
    const graph = graphOf([scalar, scalar], ([x, y]) => {
      const [a, b] = [at([x], 0), at([y], 0)];
      const conditions = named(connectives).flatMap((name) =>
        apply(name, [a.greater(0), b.less(1)], {} as never),
      );
      return [
        ...conditions,
        ...conditions.map((c) => c.where(a, b)),
        a.where(a, b),
        a.cast("bool").cast("float64"),
      ];
    });
    for (const x of specials)
      for (const y of specials) {
        const [expected, found] = both(graph, [x, y]);
        expect(found, `at ${x}, ${y}`).toEqual(expected);
      }
  });

  test("polygamma of several orders", () => {
    const graph = graphOf([scalar], (inputs) =>
      [0, 1, 2].flatMap((order) => apply("polygamma", inputs, { order })),
    );
    for (const x of [0.1, 1, 7.5, -0.5]) {
      const [expected, found] = both(graph, [x]);
      expect(found).toEqual(expected);
    }
  });

  test("squares", () => {
    const graph = graphOf([scalar], ([x]) => [at([x], 0).pow(2), at([x], 0).pow(3)]);
    for (const x of [...specials, 1.1, 1e154, 3e-170, 0.1]) {
      const [expected, found] = both(graph, [x]);
      expect(found, `${x}`).toEqual(expected);
    }
  });
});

describe("gradients of random programs", () => {
  test.each([1, 1001, 2001])("100 programs from seed %i", (first) => {
    let compiled = 0;
    for (let seed = first; seed < first + 100; seed++) {
      const source = randomProgram(seed);
      const f = differentiable((_x: number[]): unknown => undefined, { source, scope: () => ({}) });
      const value = walkedGraph(f, 2);
      if (value.results[0]?.dtype !== "float64" || value.results[0].shape.length > 0) continue;
      const graph = gradientGraph(value, [true, true]);
      if (scalarProgram(graph) === undefined) continue;
      compiled++;
      expect(condense(graph).steps.length).toBe(simplify(graph).steps.length);
      for (const x of [
        [0.3, -1.2],
        [2, 3],
        [1, 1],
        [0, -2],
      ]) {
        const [expected, found] = both(graph, x);
        expect(found, `seed ${seed} at [${x}]: ${source}`).toEqual(expected);
      }
    }
    expect(compiled).toBeGreaterThan(60);
  });
});

test("thousands of steps go into many functions, which hand on what the others need", () => {
  const chain = (x: readonly number[]): number => {
    let total = 0;
    for (let i = 0; i + 1 < x.length; i++) {
      const [a = 0, b = 0] = [x[i], x[i + 1]];
      total += a > b ? Math.exp(a * b) : Math.sin(total) * b;
    }
    return total;
  };
  const x = Array.from({ length: 400 }, (_, i) => Math.sin(i));
  const traced = tracer("test", chain)([readTree(x, "test")]);
  const graph = gradientGraph(traced.graph, pointMask(traced));
  expect(graph.steps.length).toBeGreaterThan(3000);
  const [expected, found] = both(graph, x);
  expect(found).toEqual(expected);
});

test("inputs and constants may be results", () => {
  const graph = graphOf([scalar], ([x]) => [at([x], 0), at([x], 0).constant(3), at([x], 0)]);
  const [expected, found] = both(graph, [7]);
  expect(found).toEqual(expected);
});

test("an evaluator changes to compiled code without anybody noticing", () => {
  const graph = graphOf([scalar, scalar], ([x, y]) => [
    at([x], 0)
      .exp()
      .mul(at([y], 0)),
  ]);
  const evaluate = evaluator(graph, graph.inputs.length);
  for (let i = 0; i < 50; i++) {
    const inputs = numbers([i / 10, i]);
    expect(evaluate(inputs).map(({ data }) => at(data, 0))).toEqual(
      evaluateGraph(graph, inputs).map(({ data }) => at(data, 0)),
    );
  }
});

test("graphs of tensors are left to the interpreter", () => {
  const graph = graphOf([{ dtype: "float64", shape: [3] }], ([x]) => [at([x], 0).exp()]);
  expect(scalarProgram(graph)).toBeUndefined();
});
