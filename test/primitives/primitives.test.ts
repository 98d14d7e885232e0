/**
 * Everything a primitive's record promises, checked for every primitive in the table: types, derivatives of first and second
 * order in both directions, batching, and agreement of graph and immediate evaluation.
 * Expected values come from the primitive's own evaluation by finite differences, and from running examples one by one.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { batch } from "../../src/autodiff/transforms.ts";
import { at } from "../../src/core/exactly.ts";
import type { TensorType } from "../../src/tensor/array.ts";
import type { Graph } from "../../src/tensor/graph.ts";
import {
  type PrimitiveName,
  type PrimitiveParams,
  type PrimitiveTable,
  primitives,
} from "../../src/tensor/primitives/index.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { apply, stackAll, type Tensor } from "../../src/tensor/tensor.ts";
import {
  differences,
  differenceTolerance,
  directionsOf,
  expectClose,
  innerProduct,
  roundingTolerance,
  singleTolerance,
} from "./differences.ts";
import { graphOf, type Sample, type SampleMaker } from "./sample.ts";
import { samples } from "./samples/index.ts";
import { floats, type Source, sourceOf } from "./source.ts";
import {
  eagerCotangents,
  eagerTangents,
  evaluate,
  type Subject,
  subjectOf,
  subjectOfGraph,
} from "./subject.ts";

const present = (list: readonly (Tensor | undefined)[]): Tensor[] => list.filter((x) => x !== undefined);
const dataOf = (list: readonly Tensor[]): ArrayLike<number>[] => list.map((x) => x.toTypedArray());
const toSingle = (x: Tensor): Tensor => (x.dtype === "float64" ? x.cast("float32") : x);
const isName = (name: string): name is PrimitiveName => name in primitives;

/** Random directions of the float outputs. */
const weightsFor = ({ graph }: Subject, inputs: readonly Tensor[], source: Source): Tensor[] =>
  present(directionsOf(evaluate(graph, inputs), source));

/** Runs a check on samples of every maker, repeatably. */
function forSamples<Params>(
  makers: readonly SampleMaker<Params>[],
  runs: number,
  check: (sample: Sample<Params>, source: Source) => void,
): void {
  for (const make of makers) {
    const property = fc.property(fc.integer(), (seed) => {
      const source = sourceOf(seed);
      check(make(source), source);
    });
    fc.assert(property, { seed: 20261122, numRuns: 2 * runs, endOnFailure: true });
  }
}

function checkType<K extends PrimitiveName>(
  name: K,
  { params, draw, isFixed }: Sample<PrimitiveParams[K]>,
  source: Source,
): void {
  const inputs = draw(source);
  for (const values of isFixed ? [inputs] : [inputs, inputs.map(toSingle)]) {
    const { graph } = subjectOf(name, params, values);
    const table: PrimitiveTable[K] = primitives[name];
    const types = table.type(values, params);
    const direct = apply(name, values, params);
    expect(direct.map(({ dtype, shape }) => ({ dtype, shape }))).toEqual(
      types.map(({ dtype, shape }) => ({ dtype, shape })),
    );
    for (const [i, y] of direct.entries())
      expect(y.values().data.length, `elements of output ${i}`).toBe(sizeOf(y.shape));
    // The graph does the same operations: every bit is equal.
    expect(dataOf(evaluate(graph, values))).toEqual(dataOf(direct));
  }
}

function checkFirst<K extends PrimitiveName>(
  name: K,
  sample: Sample<PrimitiveParams[K]>,
  source: Source,
): void {
  const inputs = sample.draw(source);
  const subject = subjectOf(name, sample.params, inputs);
  if (!subject.moving.includes(true)) return;
  const directions = directionsOf(inputs, source);
  const weights = weightsFor(subject, inputs, source);
  const forward = eagerTangents(subject, inputs, directions);
  const reverse = eagerCotangents(subject, inputs, weights);

  const slopes = differences((x) => evaluate(subject.graph, x), inputs, directions).filter(
    (_, i) => subject.floating[i],
  );
  const expected = sample.isConstant ? slopes.map((slope) => slope.fill(0)) : slopes;
  if (!sample.isCoarse) expectClose(forward, expected, differenceTolerance, "jvp");

  const [left, right] = [innerProduct(weights, forward), innerProduct(reverse, present(directions))];
  const bound =
    (sample.isCoarse ? singleTolerance : roundingTolerance) * (1 + left.magnitude + right.magnitude);
  expect(Math.abs(left.value - right.value), "⟨w, Jv⟩ = ⟨Jᵀw, v⟩").toBeLessThanOrEqual(bound);

  // Graphs of derivatives do the same, but know less about constants, so they may round differently.
  expectClose(
    evaluate(subject.tangents(), [...inputs, ...present(directions)]),
    dataOf(forward),
    roundingTolerance,
    "jvp graph",
  );
  expectClose(
    evaluate(subject.cotangents(), [...inputs, ...weights]),
    dataOf(reverse),
    roundingTolerance,
    "vjp graph",
  );

  if (sample.isFixed) return;
  const single = { inputs: inputs.map(toSingle), directions: directions.map((v) => v && toSingle(v)) };
  const subject32 = subjectOf(name, sample.params, single.inputs);
  const forward32 = eagerTangents(subject32, single.inputs, single.directions);
  const reverse32 = eagerCotangents(subject32, single.inputs, weights.map(toSingle));
  for (const t of [...forward32, ...reverse32])
    expect(t.dtype, "slopes of float32 are float32").toBe("float32");
  expectClose(forward32, dataOf(forward), singleTolerance, "jvp in float32");
  expectClose(reverse32, dataOf(reverse), singleTolerance, "vjp in float32");
}

/** Differentiates the graph of a derivative once more, in both directions. */
function checkSecond<K extends PrimitiveName>(
  name: K,
  sample: Sample<PrimitiveParams[K]>,
  source: Source,
): void {
  const inputs = sample.draw(source);
  const subject = subjectOf(name, sample.params, inputs);
  if (!subject.moving.includes(true) || !subject.floating.includes(true)) return;
  if (sample.isConstant || sample.isCoarse) return;
  const directions = present(directionsOf(inputs, source));
  const weights = weightsFor(subject, inputs, source);
  for (const [order, graph, others] of [
    ["vjp", subject.cotangents(), weights],
    ["jvp", subject.tangents(), directions],
  ] as const) {
    const derivative = subjectOfGraph(graph);
    const operands = [...inputs, ...others];
    const along = directionsOf(operands, source);
    const outer = weightsFor(derivative, operands, source);
    const expected = differences((x) => evaluate(graph, x), operands, along);
    const forward = eagerTangents(derivative, operands, along);
    expectClose(forward, expected, differenceTolerance, `jvp of ${order}`);
    const reverse = evaluate(derivative.cotangents(), [...operands, ...outer]);
    const [left, right] = [innerProduct(outer, forward), innerProduct(reverse, present(along))];
    const bound = roundingTolerance * (1 + left.magnitude + right.magnitude);
    expect(Math.abs(left.value - right.value), `vjp of ${order}`).toBeLessThanOrEqual(bound);
  }
}

/** For every choice of stacked inputs: a stack gives what its rows give. */
function checkRows(graph: Graph, rows: readonly (readonly Tensor[])[], what: string): void {
  const count = graph.inputs.length;
  const choices = Math.min(2 ** count - 1, 15);
  for (let choice = 1; choice <= choices; choice++) {
    const flags = graph.inputs.map((_, i) => choice === choices || (choice & (1 << i)) !== 0);
    checkOneStack(graph, rows, flags, what);
  }
  const none = graph.inputs.map(({ dtype, shape }) => floats([0, ...shape], () => 0).cast(dtype));
  const empty = batch(
    graph,
    none,
    none.map(() => true),
    0,
  );
  expect(
    empty.map((y) => y.shape),
    `${what}, a stack of nothing`,
  ).toEqual(graph.results.map((type) => [0, ...type.shape]));
}

function checkOneStack(
  graph: Graph,
  rows: readonly (readonly Tensor[])[],
  flags: readonly boolean[],
  what: string,
): void {
  const first = at(rows, 0);
  const mixed = rows.map((row) => row.map((x, i) => (flags[i] ? x : at(first, i))));
  const operands = first.map((x, i) => (flags[i] ? stackAll(mixed.map((row) => at(row, i))) : x));
  const each = mixed.map((row) => evaluate(graph, row));
  const expected = graph.results.map((_, k) => stackAll(each.map((results) => at(results, k))));
  const label = `${what}, stacked inputs ${flags.map(Number).join("")}`;
  const stacked = batch(graph, operands, flags, rows.length);
  expect(
    stacked.map(({ dtype, shape }) => ({ dtype, shape })),
    label,
  ).toEqual(expected.map(({ dtype, shape }) => ({ dtype, shape })));
  expectClose(stacked, dataOf(expected), roundingTolerance, label);
  if (!flags.every(Boolean)) return;
  const traced = graphOf(operands, (values) => batch(graph, values, flags, rows.length));
  expectClose(evaluate(traced, operands), dataOf(expected), roundingTolerance, `${label}, traced`);
}

function checkBatch<K extends PrimitiveName>(
  name: K,
  sample: Sample<PrimitiveParams[K]>,
  source: Source,
): void {
  const rows = Array.from({ length: source.integer(1, 3) }, () => sample.draw(source));
  if (at(rows, 0).length === 0) return;
  const subject = subjectOf(name, sample.params, at(rows, 0));
  checkRows(subject.graph, rows, "batch");
  if (!subject.moving.includes(true) || !subject.floating.includes(true)) return;
  const forward = rows.map((row) => [...row, ...present(directionsOf(row, source))]);
  checkRows(subject.tangents(), forward, "batch of jvp");
  const reverse = rows.map((row) => [...row, ...weightsFor(subject, row, source)]);
  checkRows(subject.cotangents(), reverse, "batch of vjp");
}

/** The derivative of a stack is the stack of derivatives. */
function checkStackedDerivative<K extends PrimitiveName>(
  name: K,
  sample: Sample<PrimitiveParams[K]>,
  source: Source,
): void {
  const rows = Array.from({ length: 2 }, () => sample.draw(source));
  const subject = subjectOf(name, sample.params, at(rows, 0));
  if (!subject.moving.includes(true) || !subject.floating.includes(true)) return;
  const stacks = at(rows, 0).map((_, i) => stackAll(rows.map((row) => at(row, i))));
  const all = stacks.map(() => true);
  const stacked = subjectOfGraph(graphOf(stacks, (values) => batch(subject.graph, values, all, 2)));
  const weights = rows.map((row) => weightsFor(subject, row, source));
  const each = rows.map((row, r) => eagerCotangents(subject, row, at(weights, r)));
  const expected = at(each, 0).map((_, k) => stackAll(each.map((slopes) => at(slopes, k))));
  const outer = at(weights, 0).map((_, k) => stackAll(weights.map((list) => at(list, k))));
  expectClose(
    evaluate(stacked.cotangents(), [...stacks, ...outer]),
    dataOf(expected),
    roundingTolerance,
    "vjp of batch",
  );
}

/** Batches of second derivatives, and third derivatives: what only goes wrong when transforms meet three deep. */
function checkThird<K extends PrimitiveName>(
  name: K,
  sample: Sample<PrimitiveParams[K]>,
  source: Source,
): void {
  const rows = Array.from({ length: 2 }, () => sample.draw(source));
  const subject = subjectOf(name, sample.params, at(rows, 0));
  if (!subject.moving.includes(true) || !subject.floating.includes(true)) return;
  if (sample.isConstant || sample.isCoarse) return;
  const first = subjectOfGraph(source.flip() ? subject.cotangents() : subject.tangents());
  const operandsOf = (types: readonly TensorType[], given: readonly Tensor[]): Tensor[] => [
    ...given,
    ...types.slice(given.length).map((type) => floats(type.shape, () => source.uniform(-1, 1))),
  ];
  const second = first.cotangents();
  const secondRows = rows.map((row) => operandsOf(second.inputs, row));
  checkOneStack(
    second,
    secondRows,
    second.inputs.map(() => true),
    "batch of second derivatives",
  );

  const third = subjectOfGraph(second);
  const operands = at(secondRows, 0);
  const along = directionsOf(operands, source);
  const outer = weightsFor(third, operands, source);
  const forward = eagerTangents(third, operands, along);
  expectClose(
    forward,
    differences((x) => evaluate(second, x), operands, along),
    differenceTolerance,
    "third derivatives",
  );
  const reverse = evaluate(third.cotangents(), [...operands, ...outer]);
  const [left, right] = [innerProduct(outer, forward), innerProduct(reverse, present(along))];
  const bound = roundingTolerance * (1 + left.magnitude + right.magnitude);
  expect(Math.abs(left.value - right.value), "third derivatives in reverse").toBeLessThanOrEqual(bound);
}

function testPrimitive<K extends PrimitiveName>(
  name: K,
  makers: readonly SampleMaker<PrimitiveParams[K]>[],
): void {
  describe(name, () => {
    test("types agree, and graph and immediate evaluation are equal bit for bit", () => {
      forSamples(makers, 10, (sample, source) => checkType(name, sample, source));
    });
    test("first derivatives", () =>
      forSamples(makers, 8, (sample, source) => checkFirst(name, sample, source)));
    test("second derivatives", () =>
      forSamples(makers, 6, (sample, source) => checkSecond(name, sample, source)));
    test("batching", () => forSamples(makers, 4, (sample, source) => checkBatch(name, sample, source)));
    test("derivatives of batches", () =>
      forSamples(makers, 3, (sample, source) => checkStackedDerivative(name, sample, source)));
    test("third derivatives", () =>
      forSamples(makers, 3, (sample, source) => checkThird(name, sample, source)));
  });
}

for (const name of Object.keys(primitives).filter(isName)) testPrimitive<PrimitiveName>(name, samples[name]);
