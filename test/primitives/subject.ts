/** One sample of one primitive, with the graphs of its derivatives. */

import { pull, push, tangentGraph } from "../../src/autodiff/transforms.ts";
import { at } from "../../src/core/exactly.ts";
import type { TensorType } from "../../src/tensor/array.ts";
import { isFloat } from "../../src/tensor/dtype.ts";
import type { Graph } from "../../src/tensor/graph.ts";
import { evaluateGraph } from "../../src/tensor/interpreter.ts";
import type { PrimitiveName, PrimitiveParams } from "../../src/tensor/primitives/index.ts";
import type { Slope } from "../../src/tensor/primitives/types.ts";
import { apply, Tensor } from "../../src/tensor/tensor.ts";
import { graphOf } from "./sample.ts";

export interface Subject {
  readonly types: readonly TensorType[];
  /** Inputs to outputs. */
  readonly graph: Graph;
  /** Which inputs and outputs are floats. */
  readonly moving: readonly boolean[];
  readonly floating: readonly boolean[];
  /** Inputs, then directions of the moving ones, to the tangents of the float outputs. */
  readonly tangents: () => Graph;
  /** Inputs, then cotangents of the float outputs, to the cotangents of the moving inputs. */
  readonly cotangents: () => Graph;
}

export function subjectOf<K extends PrimitiveName>(
  name: K,
  params: PrimitiveParams[K],
  inputs: readonly Tensor[],
): Subject {
  const types = inputs.map(({ dtype, shape }): TensorType => ({ dtype, shape }));
  return subjectOfGraph(graphOf(types, (values) => apply(name, values, params)));
}

/** The same for any graph, such as that of a derivative. */
export function subjectOfGraph(graph: Graph): Subject {
  const types = graph.inputs;
  const moving = types.map((type) => isFloat(type.dtype));
  const floating = graph.results.map((type) => isFloat(type.dtype));
  return {
    types,
    graph,
    moving,
    floating,
    tangents: () => {
      const duals = tangentGraph(graph, moving);
      const outputs = floating.flatMap((flag, i) => (flag ? [floating.length + i] : []));
      return {
        ...duals,
        outputs: outputs.map((i) => at(duals.outputs, i)),
        results: outputs.map((i) => at(duals.results, i)),
      };
    },
    cotangents: () =>
      graphOf([...types, ...graph.results.filter((_, i) => floating[i])], (values) => {
        const primals = values.slice(0, types.length);
        const rest = values.slice(types.length);
        const slopes = pull(graph, primals, moving).pullback(
          floating.map((flag): Slope => (flag ? rest.shift() : undefined)),
        );
        return primals.flatMap((x, i) => (moving[i] ? [slopes[i] ?? x.zerosLike()] : []));
      }),
  };
}

/** The outputs of a graph by the interpreter. */
export function evaluate(graph: Graph, inputs: readonly Tensor[]): Tensor[] {
  const values = inputs.map((x) => x.values());
  return evaluateGraph(graph, values).map((y) => new Tensor(y, y.data));
}

/** Tangents of the float outputs, computed on the values themselves. */
export function eagerTangents(
  { graph, floating }: Subject,
  inputs: readonly Tensor[],
  directions: readonly Slope[],
): Tensor[] {
  const pushed = push(graph, inputs, directions);
  return pushed.outputs.flatMap((y, i) => (floating[i] ? [pushed.tangents[i] ?? y.zerosLike()] : []));
}

/** Cotangents of the moving inputs, computed on the values themselves. */
export function eagerCotangents(
  { graph, moving, floating }: Subject,
  inputs: readonly Tensor[],
  cotangents: readonly Tensor[],
): Tensor[] {
  const rest = [...cotangents];
  const { pullback } = pull(graph, inputs, moving);
  const slopes = pullback(floating.map((flag): Slope => (flag ? rest.shift() : undefined)));
  return inputs.flatMap((x, i) => (moving[i] ? [slopes[i] ?? x.zerosLike()] : []));
}
