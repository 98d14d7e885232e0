/** One of two branches, chosen by a value known only when the program runs; the other is not evaluated. */
import { at } from "../../core/exactly.ts";
import { isFloat } from "../dtype.ts";
import type { Graph } from "../graph.ts";
import type { Primitive, Slope } from "./types.ts";

/** Inputs: a scalar condition, then what both branches take. */
export interface CondParams {
  readonly whenTrue: Graph;
  readonly whenFalse: Graph;
}

const present = <T>(list: readonly (T | undefined)[]): T[] => list.filter((item) => item !== undefined);

export const cond: Primitive<CondParams> = {
  type: (_, { whenTrue }) => whenTrue.results,
  evaluate: (inputs, { whenTrue, whenFalse }, _, run) =>
    run(at(at(inputs, 0).data, 0) === 0 ? whenFalse : whenTrue, inputs.slice(1)),
  jvp: ({ inputs, params, apply }, tangents, transforms) => {
    const [condition, ...operands] = inputs;
    const slopes = tangents.slice(1);
    const floating = params.whenTrue.results.map((type) => isFloat(type.dtype));
    if (condition === undefined || slopes.every((t) => t === undefined)) return floating.map(() => undefined);
    const all = [...operands, ...present(slopes)];
    const { graphs, captured } = transforms.trace(
      all,
      [params.whenTrue, params.whenFalse].map((branch) => (values) => {
        const rest = values.slice(operands.length);
        const inner = slopes.map((t): Slope => (t === undefined ? undefined : rest.shift()));
        const pushed = transforms.push(branch, values.slice(0, operands.length), inner);
        return pushed.outputs.flatMap((y, i) => (floating[i] ? [pushed.tangents[i] ?? y.zerosLike()] : []));
      }),
    );
    const results = apply([condition, ...all, ...captured], {
      whenTrue: at(graphs, 0),
      whenFalse: at(graphs, 1),
    });
    return floating.map((flag) => (flag ? results.shift() : undefined));
  },
  vjp: ({ inputs, params, wanted, apply }, cotangents, transforms) => {
    const [condition, ...operands] = inputs;
    if (condition === undefined || cotangents.every((g) => g === undefined))
      return inputs.map(() => undefined);
    const needed = operands.map((x, i) => isFloat(x.dtype) && at(wanted, i + 1));
    const all = [...operands, ...present(cotangents)];
    const { graphs, captured } = transforms.trace(
      all,
      [params.whenTrue, params.whenFalse].map((branch) => (values) => {
        const primals = values.slice(0, operands.length);
        const rest = values.slice(operands.length);
        const incoming = cotangents.map((g): Slope => (g === undefined ? undefined : rest.shift()));
        const pulled = transforms.pull(branch, primals, needed).pullback(incoming);
        return primals.flatMap((x, i) => (needed[i] ? [pulled[i] ?? x.zerosLike()] : []));
      }),
    );
    const results = apply([condition, ...all, ...captured], {
      whenTrue: at(graphs, 0),
      whenFalse: at(graphs, 1),
    });
    return [undefined, ...needed.map((flag) => (flag ? results.shift() : undefined))];
  },
  /** A stacked condition evaluates both branches and chooses example by example. */
  batch: ({ inputs, batched, params, size, apply }, transforms) => {
    const [condition, ...operands] = inputs;
    if (condition === undefined) return [];
    const flags = batched.slice(1);
    const branches = [params.whenTrue, params.whenFalse];
    if (!batched[0]) {
      const { graphs, captured } = transforms.trace(
        operands,
        branches.map((branch) => (values) => transforms.batch(branch, values, flags, size)),
      );
      return apply([condition, ...operands, ...captured], {
        whenTrue: at(graphs, 0),
        whenFalse: at(graphs, 1),
      });
    }
    const [a, b] = branches.map((branch) => transforms.batch(branch, operands, flags, size));
    return (a ?? []).map((y, i) =>
      condition.reshape([size, ...new Array<number>(y.rank - 1).fill(1)]).where(y, at(b ?? [], i)),
    );
  },
};
