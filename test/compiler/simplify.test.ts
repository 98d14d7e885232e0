/** A simplified graph gives the same bits: on every primitive's samples and their derivatives, and on made-up redundancies. */
import { describe, expect, test } from "vitest";
import { simplify } from "../../src/compiler/simplify.ts";
import { at } from "../../src/core/exactly.ts";
import { abs, add, exp, normal, randomKey, sub } from "../../src/index.ts";
import type { Graph } from "../../src/tensor/graph.ts";
import { type PrimitiveName, type PrimitiveParams, primitives } from "../../src/tensor/primitives/index.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { graphOf, type Sample } from "../primitives/sample.ts";
import { samples } from "../primitives/samples/index.ts";
import { type Source, sourceOf } from "../primitives/source.ts";
import { evaluate, subjectOf } from "../primitives/subject.ts";

const isName = (name: string): name is PrimitiveName => name in primitives;

function expectSame(graph: Graph, inputs: readonly Tensor[]): void {
  const simple = simplify(graph);
  expect(simple.steps.length).toBeLessThanOrEqual(graph.steps.length);
  expect(simple.results).toEqual(graph.results);
  expect(evaluate(simple, inputs).map((y) => y.values())).toEqual(
    evaluate(graph, inputs).map((y) => y.values()),
  );
}

function checkSamples<K extends PrimitiveName>(name: K): void {
  for (const make of samples[name]) {
    for (let seed = 1; seed <= 8; seed++) {
      const source: Source = sourceOf(seed);
      const { params, draw }: Sample<PrimitiveParams[K]> = make(source);
      const inputs = draw(source);
      const subject = subjectOf(name, params, inputs);
      expectSame(subject.graph, inputs);
      const directions = inputs.filter((_, i) => subject.moving[i]);
      expectSame(subject.tangents(), [...inputs, ...directions]);
    }
  }
}

describe("keeps every bit of", () => {
  test.each(Object.keys(primitives).filter(isName))("%s", checkSamples);
});

const scalar = { dtype: "float64", shape: [] } as const;
const primitivesOf = (graph: Graph): string[] => simplify(graph).steps.map(({ primitive }) => primitive);

test("equal steps are done once", () => {
  const graph = graphOf([scalar, scalar], ([x, y]) => {
    const once = at([x, y], 0).mul(at([y], 0));
    const again = at([x, y], 0).mul(at([y], 0));
    return [exp(once).add(exp(again))];
  });
  expect(graph.steps).toHaveLength(5);
  expect(primitivesOf(graph)).toEqual(["mul", "exp", "add"]);
});

test("what nobody reads is not done", () => {
  const graph = graphOf([scalar], ([x]) => {
    const value = at([x], 0);
    return [value.exp(), value.sin()];
  });
  const first = { ...graph, outputs: graph.outputs.slice(0, 1), results: graph.results.slice(0, 1) };
  expect(primitivesOf(first)).toEqual(["exp"]);
});

test("what changes nothing is left out, and what changes a sign of zero is not", () => {
  const one = graphOf([scalar], ([x]) => [at([x], 0).mul(1).div(1).sub(0).reshape([])]);
  expect(primitivesOf(one)).toEqual([]);
  const zero = graphOf([scalar], ([x]) => [abs(sub(add(at([x], 0), 0), 1))]);
  expect(primitivesOf(zero)).toEqual(["add", "sub", "abs"]);
});

test("draws with one key are one draw, with two keys two", () => {
  const graph = graphOf([{ dtype: "int32", shape: [2] }], ([key]) => {
    const own = at([key], 0);
    return [normal(own, [3]), normal(own, [3]), normal(randomKey(1), [3])];
  });
  const simple = simplify(graph);
  expect(simple.outputs[0]).toBe(simple.outputs[1]);
  expect(simple.outputs[2]).not.toBe(simple.outputs[0]);
});
