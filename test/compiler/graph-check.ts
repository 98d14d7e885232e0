/**
 * Compares a compiled graph with the interpreter. Arithmetic (+ − × ÷ √, comparisons, choices, casts, moves) must agree bit for
 * bit, signs of zero included; so must sums of whole numbers that are exact in every order. Other sums and functions are compared step by step, on
 * the operands that the program itself found: sums to n·u·Σ|x|, functions to 64 units in the last place.
 */

import type { Carried } from "../../src/compiler/plan/resident.ts";
import { runCompiled } from "../../src/compiler/program/executable.ts";
import { tensorProgram } from "../../src/compiler/program/tensor-program.ts";
import { at } from "../../src/core/exactly.ts";
import type { NdArray } from "../../src/tensor/array.ts";
import type { Graph, Step } from "../../src/tensor/graph.ts";
import { evaluatePrimitive } from "../../src/tensor/interpreter.ts";
import type { PrimitiveName } from "../../src/tensor/primitives/index.ts";
import { sameShape, sizeOf, unknownLength } from "../../src/tensor/shape.ts";

/** Sums in another order, or with fewer roundings. */
const sums: ReadonlySet<string> = new Set(["reduceSum", "matmul", "convolution", "foldWindows"]);

/** Functions that are approximated. */
const functions: ReadonlySet<string> = new Set([
  "cbrt",
  "exp",
  "expm1",
  "log",
  "log1p",
  "log2",
  "log10",
  "sin",
  "cos",
  "tan",
  "asin",
  "acos",
  "atan",
  "sinh",
  "cosh",
  "tanh",
  "asinh",
  "acosh",
  "atanh",
  "erf",
  "erfc",
  "lgamma",
  "polygamma",
  "sigmoid",
  "softplus",
  "pow",
  "atan2",
  "hypot",
  "randomNormal",
]);

const containsGraphs: ReadonlySet<string> = new Set(["scan", "while", "cond", "custom"]);

const bodiesOf = (step: Step): Graph[] => {
  switch (step.primitive) {
    case "scan":
      return [step.params.body];
    case "while":
      return [step.params.body, step.params.condition];
    case "cond":
      return [step.params.whenTrue, step.params.whenFalse];
    case "custom":
      return [step.params.graph];
    default:
      return [];
  }
};

const isInexact = (step: Step): boolean =>
  sums.has(step.primitive) ||
  functions.has(step.primitive) ||
  bodiesOf(step).some((body) => body.steps.some(isInexact));

/** The values of all slots by the interpreter's rules. */
function allSlots(graph: Graph, inputs: readonly NdArray[]): NdArray[] {
  const slots: NdArray[] = [...inputs, ...graph.constants.map((c) => c.values())];
  for (const step of graph.steps) {
    const results = evaluateStep(step, slots);
    for (const [k, y] of results.entries()) slots[step.first + k] = y;
  }
  return slots;
}

const evaluateStep = (step: Step, slots: readonly NdArray[]): readonly NdArray[] =>
  evaluatePrimitive<PrimitiveName>(
    step.primitive,
    step.inputs.map((slot) => at(slots, slot)),
    step.params,
  );

const magnitudes = (x: NdArray): NdArray => ({ ...x, data: x.data.map(Math.abs) });

/** What a sum of magnitudes is, element by element: the same step on absolute values. */
const sumOfMagnitudes = (step: Step, operands: readonly NdArray[]): NdArray =>
  at(evaluatePrimitive<PrimitiveName>(step.primitive, operands.map(magnitudes), step.params), 0);

/** Whether every order of summation gives the same bits. */
function isExactSum(step: Step, operands: readonly NdArray[], result: NdArray): boolean {
  if (result.dtype === "int32" || result.dtype === "bool") return true;
  if (!operands.every((x) => x.data.every((v) => Number.isInteger(v) && !Object.is(v, -0)))) return false;
  const room = result.dtype === "float64" ? 2 ** 53 : 2 ** 24;
  return sumOfMagnitudes(step, operands).data.every((v) => v < room);
}

/** For each slot whether its bits are known beforehand. */
function exactSlots(graph: Graph, slots: readonly NdArray[]): boolean[] {
  const exact = slots.map(() => true);
  for (const step of graph.steps) {
    const operands = step.inputs.map((slot) => at(slots, slot));
    const own = sums.has(step.primitive)
      ? isExactSum(step, operands, at(slots, step.first))
      : !isInexact(step);
    const isExact = own && step.inputs.every((slot) => exact[slot]);
    for (let k = 0; k < step.types.length; k++) exact[step.first + k] = isExact;
  }
  return exact;
}

/** A difference in words; undefined where there is none. */
export function differenceOf(
  found: NdArray,
  wanted: NdArray,
  bound?: (i: number) => number,
): string | undefined {
  if (found.dtype !== wanted.dtype || !sameShape(found.shape, wanted.shape))
    return `${found.dtype}[${found.shape}] for ${wanted.dtype}[${wanted.shape}]`;
  for (let i = 0; i < wanted.data.length; i++) {
    const [x, y] = [at(found.data, i), at(wanted.data, i)];
    if (Object.is(x, y) || (bound !== undefined && Math.abs(x - y) <= bound(i))) continue;
    return `element ${i} of ${wanted.dtype}[${wanted.shape}] is ${Object.is(x, -0) ? "-0" : x}, not ${Object.is(y, -0) ? "-0" : y}`;
  }
  return undefined;
}

/** Runs a compiled graph, with other values first so that what they leave behind shows. */
function runTwice(
  graph: Graph,
  inputs: readonly NdArray[],
  carried: readonly Carried[] = [],
): { read: (i: number) => NdArray; readInput: (i: number) => NdArray } {
  const program = tensorProgram(graph, { run: runCompiled, carried });
  // What lies in the place of an input is gone when another value has taken it.
  const isOld = graph.outputs.map((_, i) =>
    carried.some(({ input }) => at(program.parts.units.outputs, i).root === input),
  );
  let old: (NdArray | undefined)[] = [];
  const write = (change: (x: NdArray) => NdArray): void => {
    for (const [i, x] of inputs.entries()) program.write(i, change(x));
    old = isOld.map((flag, i) => (flag ? program.read(i) : undefined));
    program.run();
  };
  if (graph.steps.every(({ primitive }) => primitive !== "gather" && primitive !== "scatterAdd"))
    write((x) => ({ ...x, data: x.data.map((_, i) => (x.dtype === "bool" ? i & 1 : 7 - (i % 5))) }));
  write((x) => x);
  return { read: (i) => old[i] ?? program.read(i), readInput: program.readInput };
}

const unitRoundoff = { float64: 2 ** -53, float32: 2 ** -24, int32: 0, bool: 0 } as const;
const smallest = { float64: 2 ** -1022, float32: 2 ** -126, int32: 0, bool: 0 } as const;

/** How far a step's result may be from the reference on the same operands. */
function boundOf(
  step: Step,
  operands: readonly NdArray[],
  wanted: NdArray,
): ((i: number) => number) | undefined {
  const u = unitRoundoff[wanted.dtype];
  if (functions.has(step.primitive))
    return (i) => 128 * u * Math.abs(at(wanted.data, i)) + 64 * smallest[wanted.dtype];
  if (!sums.has(step.primitive)) return undefined;
  const terms = Math.max(1, ...operands.map((x) => sizeOf(x.shape)));
  const all = sumOfMagnitudes(step, operands);
  // Where sums of magnitudes overflow, the order decides what is infinite and what is NaN.
  return (i) =>
    Number.isFinite(at(all.data, i)) && at(all.data, i) < 1e38
      ? terms * u * at(all.data, i) + smallest[wanted.dtype]
      : NaN;
}

/** Every step of a program of which all slots are outputs. */
function checkSteps(graph: Graph, inputs: readonly NdArray[]): string | undefined {
  const given = graph.inputs.length + graph.constants.length;
  const made = graph.steps.flatMap((step) => step.types.map((type, k) => ({ type, slot: step.first + k })));
  const sized = made.filter(({ type }) => !type.shape.includes(unknownLength));
  const exposed: Graph = {
    ...graph,
    outputs: sized.map(({ slot }) => slot),
    results: sized.map(({ type }) => type),
  };
  const program = runTwice(exposed, inputs);
  const slots: NdArray[] = [...inputs, ...graph.constants.map((c) => c.values())];
  for (const [i, { slot }] of sized.entries()) slots[slot] = program.read(i);
  for (const step of graph.steps) {
    if (step.inputs.some((slot) => slots[slot] === undefined) || step.first < given) continue;
    const operands = step.inputs.map((slot) => at(slots, slot));
    const isLoose = containsGraphs.has(step.primitive) && isInexact(step);
    if (isLoose) continue;
    for (const [k, wanted] of evaluateStep(step, slots).entries()) {
      const found = slots[step.first + k];
      if (found === undefined) continue;
      const bound = boundOf(step, operands, wanted);
      const isVague = bound !== undefined && wanted.data.some((_, i) => Number.isNaN(bound(i)));
      const difference = isVague ? undefined : differenceOf(found, wanted, bound);
      if (difference !== undefined) return `step ${step.first} ${step.primitive} output ${k}: ${difference}`;
    }
  }
  return undefined;
}

/** Inputs that outputs of the same type may replace. */
function carriedPairs(graph: Graph): Carried[] {
  const taken = new Set<number>();
  return graph.inputs.flatMap((type, input) => {
    const output = graph.results.findIndex(
      (r, i) => !taken.has(i) && r.dtype === type.dtype && sameShape(r.shape, type.shape),
    );
    if (output < 0) return [];
    taken.add(output);
    return [{ input, output }];
  });
}

/** What differs between a compiled graph and the interpreter; undefined where nothing does. */
export function checkGraph(graph: Graph, inputs: readonly NdArray[]): string | undefined {
  const slots = allSlots(graph, inputs);
  const exact = exactSlots(graph, slots);
  const compareOutputs = (read: (i: number) => NdArray, kind: string): string | undefined => {
    for (const [i, slot] of graph.outputs.entries()) {
      const difference = exact[slot] ? differenceOf(read(i), at(slots, slot)) : undefined;
      if (difference !== undefined) return `${kind}, output ${i} (slot ${slot}): ${difference}`;
    }
    return undefined;
  };
  const before = inputs.map((x) => x.data.slice());
  const plain = runTwice(graph, inputs);
  const wrong = compareOutputs(plain.read, "plain") ?? checkSteps(graph, inputs);
  if (wrong !== undefined) return wrong;
  for (const [i, data] of before.entries())
    if (data.some((x, k) => !Object.is(x, at(inputs, i).data[k]))) return `input ${i} was written to`;
  const carried = carriedPairs(graph);
  if (carried.length === 0) return undefined;
  const kept = runTwice(graph, inputs, carried);
  const states = carried.map(({ input, output }): [number, number] => [input, at(graph.outputs, output)]);
  for (const [input, slot] of states) {
    const difference = exact[slot] ? differenceOf(kept.readInput(input), at(slots, slot)) : undefined;
    if (difference !== undefined) return `carried, input ${input} (slot ${slot}): ${difference}`;
  }
  return compareOutputs(kept.read, "carried");
}
