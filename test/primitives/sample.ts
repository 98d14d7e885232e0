/** What the one loop over all primitives is fed with. */
import { at } from "../../src/core/exactly.ts";
import type { TensorType } from "../../src/tensor/array.ts";
import type { Graph } from "../../src/tensor/graph.ts";
import type { PrimitiveName, PrimitiveParams } from "../../src/tensor/primitives/index.ts";
import type { TensorFunction } from "../../src/tensor/primitives/types.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { traceFunctions } from "../../src/tensor/trace.ts";
import type { Source } from "./source.ts";

/** One way to apply a primitive: parameters, and inputs of fixed types inside its domain, away from its kinks. */
export interface Sample<Params> {
  readonly params: Params;
  /** Other values of the same types every time. */
  readonly draw: (source: Source) => readonly Tensor[];
  /** The derivative is 0 by definition, although the value changes. */
  readonly isConstant?: boolean;
  /** The parameters fix the dtype, so it cannot be run in float32. */
  readonly isFixed?: boolean;
  /** It rounds its values to float32, too coarsely for finite differences in float64. */
  readonly isCoarse?: boolean;
}

/** A random choice of shapes and parameters. */
export type SampleMaker<Params> = (source: Source) => Sample<Params>;

/** Samples for every primitive: one without them does not compile. */
export type Samples = { readonly [K in PrimitiveName]: readonly SampleMaker<PrimitiveParams[K]>[] };

/** The graph of a function that captures nothing. */
export function graphOf(types: readonly TensorType[], f: TensorFunction): Graph {
  const { graphs, captured } = traceFunctions(types, [f]);
  if (captured.length > 0) throw new RangeError("the function captures traced values");
  return at(graphs, 0);
}
