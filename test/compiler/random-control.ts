/** Random loops and branches with bodies of tensors; all their bodies are exact, so that results compare bit for bit. */

import { at } from "../../src/core/exactly.ts";
import type { TensorType } from "../../src/tensor/array.ts";
import { isFloat } from "../../src/tensor/dtype.ts";
import { apply, scalarOf, type Tensor } from "../../src/tensor/tensor.ts";
import { graphOf } from "../primitives/sample.ts";
import type { Operation } from "./random-pool.ts";

const typeOf = ({ dtype, shape }: Tensor): TensorType => ({ dtype, shape });

const scan: Operation = ({ source, find }) => {
  const table = find((y) => isFloat(y.dtype) && y.rank > 0 && at(y.shape, 0) < 6);
  const constant = table && find((y) => y.dtype === table.dtype && y.size === 1);
  if (table === undefined) return undefined;
  const type = { dtype: table.dtype, shape: table.shape.slice(1) };
  const extra = constant ?? scalarOf(2, table.dtype);
  const scaled = extra.reshape([]);
  const body = graphOf([type, type, typeOf(scaled)], (values) => {
    const [carry, row, factor] = [at(values, 0), at(values, 1), at(values, 2)];
    const next = carry.mul(0.5).add(row).maximum(factor);
    return [source.flip() ? next : row.sub(carry), next.mul(factor), carry];
  });
  const start = scalarOf(1, table.dtype).broadcastTo(type.shape);
  const params = { body, carries: 1, scanned: 1, length: at(table.shape, 0), reverse: source.flip() };
  return apply("scan", [start, table, scaled], params);
};

const cond: Operation = ({ source, find }) => {
  const test = find((y) => y.size === 1 && y.dtype === "bool");
  const x = find((y) => isFloat(y.dtype));
  if (test === undefined || x === undefined) return undefined;
  const branch = (): ((values: readonly Tensor[]) => Tensor[]) => {
    const kind = source.integer(0, 2);
    return ([y]) => (y === undefined ? [] : kind === 0 ? [y.neg()] : kind === 1 ? [y] : [y.mul(y).add(1)]);
  };
  const params = { whenTrue: graphOf([typeOf(x)], branch()), whenFalse: graphOf([typeOf(x)], branch()) };
  return apply("cond", [test.reshape([]), x], params);
};

const loop: Operation = ({ source, find }) => {
  const x = find((y) => isFloat(y.dtype));
  if (x === undefined) return undefined;
  const turns = source.integer(0, 3);
  const types: TensorType[] = [{ dtype: "int32", shape: [] }, typeOf(x)];
  const condition = graphOf(types, (values) => [at(values, 0).less(turns)]);
  const body = graphOf(types, (values) => [at(values, 0).add(1), at(values, 1).mul(0.5).sub(1)]);
  return apply("while", [scalarOf(0, "int32"), x], { condition, body, carries: 2, taped: false });
};

/** Loops and branches. */
export const controlOperations: readonly Operation[] = [scan, cond, loop];
