/** Examples that a loss is averaged over: tensors with one row for each, checked at the edge, and their rows picked. */
import { showValue } from "../../../core/checks.ts";
import { ArgumentError, ShapeError } from "../../../core/errors.ts";
import { at } from "../../../core/exactly.ts";
import { isPlainObject } from "../../../core/tree.ts";
import { allocate } from "../../../tensor/dtype.ts";
import { showShape, sizeOf } from "../../../tensor/shape.ts";
import { Tensor } from "../../../tensor/tensor.ts";

/** Inputs and targets of n examples. */
export interface TensorExamples {
  /** `[n, …]`. */
  readonly inputs: Tensor;
  /** `[n]` or `[n, …]`. */
  readonly targets: Tensor;
}

/**
 * How many examples there are.
 *
 * @throws ArgumentError for what is no examples, and none of them; ShapeError where inputs and targets differ in number.
 */
export function countExamples(call: string, examples: TensorExamples): number {
  if (!isPlainObject(examples) || !isRows(examples.inputs) || !isRows(examples.targets))
    throw new ArgumentError(
      `${call}: examples are { inputs, targets }, two tensors with a row for each example; got ${showValue(examples)}`,
    );
  const { inputs, targets } = examples;
  const [n = 0] = inputs.shape;
  if (targets.shape[0] !== n)
    throw new ShapeError(
      `${call}: inputs and targets must have a row for each example; got the shapes ${showShape(inputs.shape)} and ${showShape(targets.shape)}`,
    );
  if (n === 0) throw new ArgumentError(`${call}: needs at least one example; got none`);
  return n;
}

const isRows = (x: unknown): boolean => x instanceof Tensor && x.rank > 0;

/** The rows of these numbers, in this order. */
export function pick({ inputs, targets }: TensorExamples, rows: Int32Array): TensorExamples {
  return { inputs: rowsOf(inputs, rows), targets: rowsOf(targets, rows) };
}

function rowsOf(x: Tensor, rows: Int32Array): Tensor {
  const shape = [rows.length, ...x.shape.slice(1)];
  const size = sizeOf(x.shape.slice(1));
  const { data } = x.values();
  const picked = allocate(x.dtype, sizeOf(shape));
  for (let i = 0; i < rows.length; i++) {
    const row = at(rows, i);
    picked.set(data.subarray(row * size, (row + 1) * size), i * size);
  }
  return new Tensor({ dtype: x.dtype, shape }, picked);
}

/** The rows from `start` to before `end`, on the same memory. */
export function cut({ inputs, targets }: TensorExamples, start: number, end: number): TensorExamples {
  return { inputs: part(inputs, start, end), targets: part(targets, start, end) };
}

function part(x: Tensor, start: number, end: number): Tensor {
  const size = sizeOf(x.shape.slice(1));
  const data = x.values().data.subarray(start * size, end * size);
  return new Tensor({ dtype: x.dtype, shape: [end - start, ...x.shape.slice(1)] }, data);
}
