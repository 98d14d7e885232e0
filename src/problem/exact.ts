/** What a graph tells of a function: value, gradient, Hessian and products with it, as few runs as the question allows. */
import { columnsGraph } from "../autodiff/stacks.ts";
import { gradientGraph, tangentGraph } from "../autodiff/transforms.ts";
import { type Evaluator, evaluator } from "../compiler/evaluator.ts";
import { at } from "../core/exactly.ts";
import type { Knowledge, Want } from "../solver/question.ts";
import type { NdArray } from "../tensor/array.ts";
import type { Graph } from "../tensor/graph.ts";
import { type Entry, type Spent, spend } from "./memo.ts";
import { loader, unload, unloadColumns } from "./packing.ts";
import { unitColumnsGraph, unloadUnitColumns } from "./unit-columns.ts";

/** A graph of variables, and the values of its other inputs. */
export interface Bound {
  readonly graph: Graph;
  /** How many of the inputs are variables; they come first. */
  readonly count: number;
  readonly rest: readonly NdArray[];
  /** The number of elements of the variables. */
  readonly dimension: number;
}

/** Learns kinds of a point from graphs, at once. What a run tells beside what was asked is kept as well. */
export type LearnExactly = (entry: Entry, missing: readonly Want[], spent: Spent) => void;

/** What evaluates results and their derivatives together, and gathers the derivatives. */
export interface MatrixProgram {
  readonly evaluate: Evaluator;
  readonly unload: (outputs: readonly NdArray[]) => Float64Array;
}

/** A thing made when it is first needed. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** For each input of a graph, whether it is a variable. */
export function moving({ graph, count }: Bound): boolean[] {
  return graph.inputs.map((_, i) => i < count);
}

/** Keeps one kind of what a run told, and counts it. */
export type Keep = <K extends Want>(kind: K, value: Knowledge[K]) => void;

/**
 * The way to keep what was learned of a point: what is known already is not counted again.
 *
 * @param served Which kinds come from graphs here; others are had in other ways and left alone.
 */
export function keeper({ known }: Entry, served: readonly Want[], spent: Spent): Keep {
  return (kind, value) => {
    if (known[kind] !== undefined || !served.includes(kind)) return;
    known[kind] = value;
    spend(spent, kind);
  };
}

/**
 * Learns from the graph of a scalar function.
 *
 * @param served The kinds that are to be had from it.
 */
export function exactObjective(bound: Bound, served: readonly Want[]): LearnExactly {
  const { graph, count, rest, dimension } = bound;
  const variables = graph.inputs.slice(0, count);
  const load = loader(variables);
  const loadDirection = loader(variables);
  const gradient = lazily(() => gradientGraph(graph, moving(bound)));
  const evaluateValue = evaluator(graph, count);
  const evaluateGradient = lazily(() => evaluator(gradient(), count, graph));
  const evaluateProduct = lazily(() => directed(bound, gradient()));
  const hessian = lazily(() => hessianOf(gradient(), count, dimension));
  return (entry, missing, spent) => {
    const keep = keeper(entry, served, spent);
    const inputs = [...load(entry.x), ...rest];
    const keepSlope = (outputs: readonly NdArray[]): void => {
      keep("value", scalar(outputs));
      keep("gradient", unload(outputs, 1, 1 + count, dimension));
    };
    if (missing.includes("hessian")) {
      const { evaluate, unload } = hessian();
      const outputs = evaluate(inputs);
      keepSlope(outputs);
      keep("hessian", unload(outputs));
    }
    if (missing.includes("hessianProduct") && entry.direction !== undefined) {
      const outputs = evaluateProduct()([...inputs, ...loadDirection(entry.direction)]);
      keepSlope(outputs);
      keep("hessianProduct", unload(outputs, 2 + count, outputs.length, dimension));
    }
    if (missing.includes("gradient") && entry.known.gradient === undefined)
      keepSlope(evaluateGradient()(inputs));
    if (missing.includes("value") && entry.known.value === undefined)
      keep("value", scalar(evaluateValue(inputs)));
  };
}

/** Products with the Hessian: the direction comes behind all other inputs and changes as well, so none is taken to stay. */
function directed(bound: Bound, gradient: Graph): Evaluator {
  const product = tangentGraph(gradient, moving(bound));
  return evaluator(product, product.inputs.length, bound.graph);
}

/** How the Hessian is evaluated, and where in the outputs it lies, behind value and gradient. */
function hessianOf(gradient: Graph, count: number, dimension: number): MatrixProgram {
  const results = gradient.results.length;
  const units = unitColumnsGraph(gradient, count);
  // The first of the results is the value, whose derivatives are the gradient once more.
  return units === undefined
    ? {
        evaluate: evaluator(columnsGraph(gradient, count), count),
        unload: (outputs) => unloadColumns(outputs, results + 1, outputs.length, dimension),
      }
    : {
        evaluate: evaluator(units, count),
        unload: (outputs) => unloadUnitColumns(outputs, { results, first: 1, columns: count }),
      };
}

const scalar = ([y]: readonly NdArray[]): number => (y === undefined ? Number.NaN : at(y.data, 0));
