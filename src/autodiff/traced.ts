/** A user's function as a graph: traced once for each kind of call, and kept. */
import { ShapeError, TraceError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { describeStructure, isPlainObject, type Structure, sameStructure } from "../core/tree.ts";
import { hidesConditions, walk } from "../expression/index.ts";
import { silentTest } from "../expression/suspicion.ts";
import type { Graph } from "../tensor/graph.ts";
import { evaluateGraph } from "../tensor/interpreter.ts";
import { markPlain, standsForNumber } from "../tensor/plain.ts";
import { describeType } from "../tensor/print.ts";
import { sameShape } from "../tensor/shape.ts";
import { PlainOperatorError, Tensor, toTensor } from "../tensor/tensor.ts";
import { closeGraphs, type InputType, parameters, runGraph } from "../tensor/trace.ts";
import { flattenTree, isNumericArray, type Leaf, unflattenTree } from "../tensor/tree.ts";
import { type Reading, sameTokens, type TreeReading } from "./reading.ts";

/** Any function; what it takes is checked where it is called. */
export type AnyFunction = (...args: never[]) => unknown;

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
    throw new TraceError(`${call}: needs a function; got ${f === null ? "null" : typeof f}`);
  const kept: { readonly tokens: readonly unknown[]; readonly traced: Traced }[] = [];
  return (readings, types) => {
    const tokens = readings.flatMap((reading) => ["argument", ...reading.tokens]);
    const index = kept.findIndex((entry) => sameTokens(entry.tokens, tokens));
    const known = kept[index];
    if (known !== undefined) {
      if (index > 0) kept.unshift(...kept.splice(index, 1));
      return known.traced;
    }
    const traced = traceCall(call, f, readings, types ?? typesOf(readings), options);
    // A graph that captured values of an outer trace means something only inside of that trace.
    if (traced.captured.length === 0) {
      kept.unshift({ tokens, traced });
      kept.length = Math.min(kept.length, keptTraces);
    }
    return traced;
  };
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
  return { graph: at(graphs, 0), pointInputs, captured, output: main.output, aux: side?.output };
}

/** What a function returned for stand-ins, and which of the tensors in it stand for plain numbers. */
export interface Called {
  readonly result: unknown;
  readonly isNumber: (y: Tensor) => boolean;
}

/** A tensor that stands for a plain number of an argument. */
const isWeak = (x: Tensor): boolean => x.isWeak;

/**
 * Runs a function on stand-ins; one that reaches for a plain operator is walked instead, and so is one that might test a
 * stand-in without any operator (`x === 0`), which running does not show.
 */
export function callWithStandIns(
  f: AnyFunction,
  args: readonly unknown[],
  mayBeNumber: (x: Tensor) => boolean = isWeak,
): Called {
  // A function may write to its arguments before it meets an operator: what is walked afterwards must be as it was.
  const outcome = attempt(() => Reflect.apply(f, undefined, args.map(copyContainers)));
  // The promise of a function that cannot be traced fails as well, and nobody waits for it.
  if (outcome.result instanceof Promise) outcome.result.catch(() => {});
  // NaN whatever the argument: a stand-in was used in a way that JavaScript does not show. Walking will name it.
  if (outcome.error instanceof PlainOperatorError || Number.isNaN(outcome.result)) return walked(f, args);
  if (outcome.error instanceof TypeError) {
    // An array's method that a stand-in lacks, perhaps; if the source cannot be walked either, the first error tells more.
    const walk = attempt(() => walked(f, args));
    if (walk.result !== undefined) return walk.result;
  }
  const tensors = standIns(args);
  if (hidesConditions(f) && tensors.some(mayBeNumber)) {
    const walk = attempt(() => walked(f, args));
    if (walk.result !== undefined) return walk.result;
    const place = outcome.error === undefined ? silentTest(f, args, mayBeNumber) : undefined;
    if (place !== undefined) {
      throw new TraceError(
        `${place} tests a traced number without a plain operator, so running the function would take one side for every value, and it cannot be walked; use equal(x, 0), greater(x, 0) and the like with where(...) or cond(...)`,
        { cause: walk.error },
      );
    }
  }
  if (outcome.error !== undefined) throw outcome.error;
  return { result: outcome.result, isNumber: standsForNumber };
}

/** Whether a leaf of what a function returned is a plain number, or stands for one. */
export function isNumberLeaf(leaf: Leaf, { isNumber }: Called): boolean {
  return typeof leaf === "number" || (leaf instanceof Tensor && isNumber(leaf));
}

/** A scalar as a plain number, or the traced stand-in of one. */
export function asNumber(y: Tensor): number | Tensor {
  return y.place ? markPlain(new Tensor(y, y.place, true)) : y.item();
}

interface Attempt<T> {
  readonly result?: T;
  readonly error?: unknown;
}

function attempt<T>(run: () => T): Attempt<T> {
  try {
    return { result: run() };
  } catch (error) {
    return { error: error ?? new TraceError(`the function threw ${error}`) };
  }
}

/** Walks a function. Where all it is given stands for plain numbers, so does what it returns. */
function walked(f: AnyFunction, args: readonly unknown[]): Called {
  const result = walk(f, args);
  const isPure = standIns(args).every(isWeak);
  return { result, isNumber: (y) => y.rank === 0 && (isPure || y.isWeak || standsForNumber(y)) };
}

/** The same tree with arrays and objects of its own. */
function copyContainers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyContainers);
  if (isNumericArray(value)) return value.slice();
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyContainers(part)]));
}

/** All tensors in arguments. */
function standIns(value: unknown): Tensor[] {
  if (value instanceof Tensor) return [value];
  if (Array.isArray(value)) return value.flatMap(standIns);
  return isPlainObject(value) ? Object.values(value).flatMap(standIns) : [];
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
  if (result instanceof Promise) {
    // What becomes of it matters to nobody any more, least of all as an unhandled rejection.
    result.catch(() => undefined);
    throw new TraceError(`${call}: the function returned a promise; traced functions are synchronous`);
  }
  const { leaves, structure } = flattenTree(result, `${call}: the function's result`);
  const values = leaves.map((leaf) => toTensor(leaf));
  const numbers = leaves.map((leaf) => isNumberLeaf(leaf, called));
  const restore = (outputs: readonly Tensor[]): unknown =>
    unflattenTree(
      structure,
      outputs.map((y, i) => (numbers[i] && y.rank === 0 && !y.isTraced ? plainOf(y) : y)),
    );
  return { values, output: { structure, isNumber: numbers, restore } };
}

const plainOf = (y: Tensor): number | boolean => (y.dtype === "bool" ? y.item() !== 0 : y.item());

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
