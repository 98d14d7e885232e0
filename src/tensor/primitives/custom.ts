/** A function whose derivative its author gives. */
import { TraceError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import type { Graph } from "../graph.ts";
import type { Tensor } from "../tensor.ts";
import type { GraphTransforms, Primitive, Slope } from "./types.ts";

/** J v or Jᵀ w at a point: linear in `slopes`, which are never `undefined` here. */
export type SlopeRule = (inputs: readonly Tensor[], slopes: readonly Tensor[]) => readonly Tensor[];

/** Inputs: `operands` of the function, then values it captured, through which no derivative may flow. */
export interface CustomParams {
  readonly graph: Graph;
  readonly operands: number;
  /** Exactly one of the two rules was given; the other direction is its transpose. */
  readonly rule: { readonly kind: "jvp" | "vjp"; readonly apply: SlopeRule };
  readonly name: string;
}

/** The transpose of a rule that is linear in its slopes: pull the wanted cotangents back through it at zero. */
function transposed(
  rule: SlopeRule,
  inputs: readonly Tensor[],
  like: readonly Tensor[],
  cotangents: readonly Tensor[],
  transforms: GraphTransforms,
): Slope[] {
  const { graphs, captured } = transforms.trace(like, [(slopes) => rule(inputs, slopes)]);
  const operands = [...like.map((x) => x.zerosLike()), ...captured];
  const { pullback } = transforms.pull(
    at(graphs, 0),
    operands,
    operands.map((_, i) => i < like.length),
  );
  return pullback(cotangents).slice(0, like.length);
}

function refuseCaptured({ name, operands }: CustomParams, flows: readonly unknown[]): void {
  if (flows.slice(operands).some(Boolean)) {
    throw new TraceError(
      `${name}: the function captures a value that is being differentiated, which its own rule cannot see; pass that value as an argument`,
    );
  }
}

export const custom: Primitive<CustomParams> = {
  type: (_, { graph }) => graph.results,
  evaluate: (inputs, { graph }, _, run) => run(graph, inputs),
  jvp: ({ inputs, outputs, params }, tangents, transforms) => {
    const { operands, rule } = params;
    refuseCaptured(params, tangents);
    if (tangents.every((t) => t === undefined)) return outputs.map(() => undefined);
    const primals = inputs.slice(0, operands);
    const slopes = primals.map((x, i) => tangents[i] ?? x.zerosLike());
    if (rule.kind === "jvp") return rule.apply(primals, slopes);
    return transposed(rule.apply, primals, outputs, slopes, transforms);
  },
  vjp: ({ inputs, outputs, params, wanted }, cotangents, transforms) => {
    const { operands, rule } = params;
    refuseCaptured(params, wanted);
    if (cotangents.every((g) => g === undefined)) return inputs.map(() => undefined);
    const primals = inputs.slice(0, operands);
    const slopes = outputs.map((y, i) => cotangents[i] ?? y.zerosLike());
    const pulled =
      rule.kind === "vjp"
        ? rule.apply(primals, slopes)
        : transposed(rule.apply, primals, primals, slopes, transforms);
    return inputs.map((_, i) => (i < operands ? pulled[i] : undefined));
  },
  batch: ({ inputs, batched, params, size, apply }, transforms) => {
    const { graph, operands, rule, name } = params;
    const stacked = inputs.map((x, i) => (batched[i] ? x : x.broadcastTo([size, ...x.shape])));
    const all = stacked.map(() => true);
    const { graphs, captured } = transforms.trace(stacked, [
      (values) => transforms.batch(graph, values, all, size),
    ]);
    const batchedRule: SlopeRule = (primals, slopes) => {
      const rows = [...primals, ...slopes];
      const types = rows.map((x) => ({ dtype: x.dtype, shape: x.shape.slice(1) }));
      const traced = transforms.trace(types, [
        (values) => rule.apply(values.slice(0, primals.length), values.slice(primals.length)),
      ]);
      const flags = [...rows.map(() => true), ...traced.captured.map(() => false)];
      return transforms.batch(at(traced.graphs, 0), [...rows, ...traced.captured], flags, size);
    };
    return apply([...stacked, ...captured], {
      graph: at(graphs, 0),
      operands,
      rule: { kind: rule.kind, apply: batchedRule },
      name,
    });
  },
};
