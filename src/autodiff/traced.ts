/** A user's function as a graph: traced once for each kind of call, and kept. */
import { showValue } from "../core/checks.ts";
import { ShapeError, TraceError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { describeStructure, type Structure, sameStructure } from "../core/tree.ts";
import type { Graph } from "../tensor/graph.ts";
import { evaluateGraph } from "../tensor/interpreter.ts";
import { describeType } from "../tensor/print.ts";
import { sameShape } from "../tensor/shape.ts";
import { Tensor, toTensor } from "../tensor/tensor.ts";
import { closeGraphs, type InputType, parameters, runGraph } from "../tensor/trace.ts";
import { flattenTree, isNumericArray, unflattenTree } from "../tensor/tree.ts";
import { type AnyFunction, asNumber, type Called, callWithStandIns, isNumberLeaf } from "./calling.ts";
import { type Reading, sameTokens, type TreeReading } from "./reading.ts";

/** What a traced function returns: a tree whose leaves are outputs of the graph. */
export interface Output {
  readonly structure: Structure;
  /** For each leaf, whether the function would return it as a plain number. */
  readonly isNumber: readonly boolean[];
  /** The tree from the values of the leaves. */
  readonly restore: (values: readonly Tensor[]) => unknown;
}

/** A function traced for one kind of call. */
export interface Traced {
  /** Inputs: those of the arguments in order, then `captured`. */
  readonly graph: Graph;
  /** How many of the inputs belong to the first argument, the point of derivatives. */
  readonly pointInputs: number;
  /** Traced values of functions that were being traced around this one. */
  readonly captured: readonly Tensor[];
  readonly output: Output;
  /** What the function returned beside its value, where it was said to return `[value, aux]`. */
  readonly aux: Output | undefined;
  /** Whether the function's source was walked rather than run. */
  readonly isWalked: boolean;
}

/** How functions are traced. */
export interface TraceOptions {
  /** The function returns `[value, aux]`; only the value is differentiated. */
  readonly aux?: boolean;
}

/** Traces a function as it would be called, and keeps the graph for calls of the same kind. */
export type Tracer = (readings: readonly Reading[], stacked?: readonly InputType[]) => Traced;

/** How many kinds of call are kept for one function, the longest unused one giving way. */
const keptTraces = 32;

/** Makes the tracer of a function. Functions must be pure: what they read besides their arguments is read once. */
export function tracer(call: string, f: AnyFunction, options: TraceOptions = {}): Tracer {
  if (typeof f !== "function")
    throw new TraceError(
      `${call}: needs a function; got ${showValue(f)}; it returns a function, to which the point is passed: ${call}(f)(x)`,
    );
  const kept: { readonly kind: Kind; readonly traced: Traced }[] = [];
  return (readings, types) => {
    const index = kept.findIndex(({ kind }) => isOfKind(readings, kind));
    const known = kept[index];
    if (known !== undefined) {
      if (index > 0) kept.unshift(...kept.splice(index, 1));
      return known.traced;
    }
    const traced = traceCall(call, f, readings, types ?? typesOf(readings), options);
    // A graph that captured values of an outer trace means something only inside of that trace.
    if (traced.captured.length === 0) {
      kept.unshift({ kind: readings.map(({ tokens }) => tokens), traced });
      kept.length = Math.min(kept.length, keptTraces);
    }
    return traced;
  };
}

/** The tokens of every argument of a call. */
type Kind = readonly (readonly unknown[])[];

/** Whether a call is of a kind. An argument that was read once for many calls (the state of a step) is known at a glance. */
function isOfKind(readings: readonly Reading[], kind: Kind): boolean {
  return (
    readings.length === kind.length &&
    readings.every(({ tokens }, i) => tokens === kind[i] || sameTokens(tokens, at(kind, i)))
  );
}

/** The types of all inputs of a call. */
function typesOf(readings: readonly Reading[]): InputType[] {
  return readings.flatMap((reading) => reading.inputs);
}

function traceCall(
  call: string,
  f: AnyFunction,
  readings: readonly Reading[],
  types: readonly InputType[],
  { aux = false }: TraceOptions,
): Traced {
  const inputs = parameters(types);
  let next = 0;
  const args = readings.map((reading) => {
    const count = reading.inputs.length;
    next += count;
    return reading.rebuild(inputs.slice(next - count, next));
  });
  const called = callWithStandIns(f, args);
  const [value, extra] = aux ? splitAux(call, called.result) : [called.result, undefined];
  const main = readOutput(call, value, called);
  const side = aux ? readOutput(call, extra, called) : undefined;
  const { graphs, captured } = closeGraphs(inputs, [[...main.values, ...(side?.values ?? [])]]);
  const pointInputs = readings[0]?.inputs.length ?? 0;
  const { isWalked } = called;
  return { graph: at(graphs, 0), pointInputs, captured, output: main.output, aux: side?.output, isWalked };
}

function splitAux(call: string, result: unknown): readonly [unknown, unknown] {
  if (!Array.isArray(result) || result.length !== 2) {
    throw new TraceError(
      `${call}({ aux: true }): the function must return [value, aux]; got ${Array.isArray(result) ? `an array of ${result.length}` : typeof result}`,
    );
  }
  return [result[0], result[1]];
}

function readOutput(call: string, result: unknown, called: Called): { values: Tensor[]; output: Output } {
  if (result === undefined)
    throw new TraceError(
      `${call}: the function returned nothing; return its value (is a \`return\` missing?)`,
    );
  if (result instanceof Promise)
    throw new TraceError(`${call}: the function returned a promise; traced functions are synchronous`);
  const { leaves, structure } = flattenTree(result, `${call}: the function's result`);
  const values = leaves.map((leaf) => toTensor(leaf));
  const numbers = leaves.map((leaf) => isNumberLeaf(leaf, called));
  const restore = (outputs: readonly Tensor[]): unknown =>
    unflattenTree(
      structure,
      outputs.map((y, i) => (numbers[i] && y.rank === 0 ? plainOf(y) : y)),
    );
  return { values, output: { structure, isNumber: numbers, restore } };
}

const plainOf = (y: Tensor): number | boolean | Tensor =>
  y.dtype === "bool" && !y.isTraced ? y.item() !== 0 : asNumber(y);

/** Evaluates a graph: concrete values by the interpreter, traced ones by becoming part of their graph. */
export function run(graph: Graph, inputs: readonly Tensor[]): Tensor[] {
  if (inputs.some((x) => x.isTraced)) return runGraph(graph, inputs);
  return evaluateGraph(
    graph,
    inputs.map((x) => x.values()),
  ).map((y) => new Tensor(y, y.data));
}

/** Keeps what is made of a trace for as long as the trace lives. */
export function perTrace<T>(make: (traced: Traced) => T): (traced: Traced) => T {
  const made = new WeakMap<Traced, { readonly value: T }>();
  return (traced) => {
    const known = made.get(traced) ?? { value: make(traced) };
    made.set(traced, known);
    return known.value;
  };
}

/** For each input of the graph, whether it belongs to the point. */
export function pointMask({ graph, pointInputs }: Traced): boolean[] {
  return graph.inputs.map((_, i) => i < pointInputs);
}

/** All inputs of the graph at one call. */
export function inputsOf(readings: readonly Reading[], { captured }: Traced): Tensor[] {
  return [...readings.flatMap((reading) => reading.inputs), ...captured];
}

/** Refuses functions whose value is not one float scalar. */
export function checkScalar(call: string, { graph, output }: Traced): void {
  const [type] = graph.results;
  if (output.structure.kind !== "leaf" || type === undefined) {
    throw new ShapeError(
      `${call}: the function must return one scalar; got ${describeStructure(output.structure)}; use jacobian, or { aux: true } for [value, aux]`,
    );
  }
  if (type.shape.length !== 0) {
    throw new ShapeError(
      `${call}: the function must return a scalar; got ${describeType(type)}; sum or average it, or use jacobian`,
    );
  }
  if (type.dtype !== "float64" && type.dtype !== "float32") {
    throw new ShapeError(
      `${call}: the function must return a float scalar; got ${describeType(type)}, which has no derivative`,
    );
  }
}

/** A direction at a point: a tree of its structure, as inputs of the same types. */
export function readDirection(call: string, point: TreeReading, direction: unknown): Tensor[] {
  const { leaves, structure } = flattenTree(direction, call);
  if (!sameStructure(structure, point.structure)) {
    throw new ShapeError(
      `${call}: point and direction must have one structure; got ${describeStructure(point.structure)} and ${describeStructure(structure)}`,
    );
  }
  const parts = leaves.flatMap((leaf, i) => {
    const like = point.leaves[i];
    if (!isNumericArray(like)) return [toTensor(leaf)];
    if (isNumericArray(leaf) && leaf.length === like.length) return Array.from(leaf, toTensor);
    throw new ShapeError(
      `${call}: leaf ${i} of the direction must be a typed array of ${like.length} elements, as in the point; got ${isNumericArray(leaf) ? leaf.length : describeType(toTensor(leaf))}`,
    );
  });
  return point.inputs.map((x, i) => {
    const part = parts[i];
    if (part === undefined || !sameShape(part.shape, x.shape)) {
      throw new ShapeError(
        `${call}: leaf ${i} of the direction is ${part ? describeType(part) : "missing"}, that of the point ${describeType(x)}; the shapes must be equal`,
      );
    }
    return part.dtype === x.dtype ? part : part.cast(x.dtype);
  });
}
