/** Examples for a single unit, as they come: lists of numbers or tensors, checked at the edge and copied. */
import { checkList, showValue } from "../../core/checks.ts";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** Inputs: a list of examples, each a list of d numbers, or a tensor `[n, d]`. */
export type ExampleInputs = Tensor | readonly ArrayLike<number>[];

/** One number for each example: a list, a typed array, or a tensor `[n]`. */
export type ExampleTargets = Tensor | ArrayLike<number>;

/** Examples that were read. */
export interface Examples {
  /** n rows of d numbers. */
  readonly inputs: readonly Float64Array[];
  readonly targets: Float64Array;
  readonly features: number;
}

/**
 * Reads examples.
 *
 * @throws ArgumentError for what is no list of finite numbers, and no examples; ShapeError where lengths differ.
 */
export function readExamples(call: string, inputs: ExampleInputs, targets: ExampleTargets): Examples {
  const rows = rowsOf(call, inputs);
  const first = rows[0];
  if (first === undefined) throw new ArgumentError(`${call}: needs at least one example; got none`);
  for (const [i, row] of rows.entries()) {
    if (row.length !== first.length)
      throw new ShapeError(
        `${call}: all examples have as many numbers as the first, ${first.length}; example ${i} has ${row.length}`,
      );
    checkFinite(call, row, `example ${i}`);
  }
  const wanted = targets instanceof Tensor ? flat(call, targets, 1) : Float64Array.from(targets ?? []);
  if (wanted.length !== rows.length)
    throw new ShapeError(
      `${call}: needs a target for each of the ${rows.length} examples; got ${wanted.length}`,
    );
  checkFinite(call, wanted, "the list of targets");
  return { inputs: rows, targets: wanted, features: first.length };
}

function rowsOf(call: string, inputs: ExampleInputs): Float64Array[] {
  if (inputs instanceof Tensor) {
    const values = flat(call, inputs, 2);
    const [n = 0, d = 0] = inputs.shape;
    return Array.from({ length: n }, (_, i) => values.slice(i * d, (i + 1) * d));
  }
  checkList(call, inputs, "a list of examples, each a list of numbers, or a tensor [n, d]");
  return inputs.map((row: unknown, i) => {
    if (Array.isArray(row) || (ArrayBuffer.isView(row) && !(row instanceof DataView)))
      return Float64Array.from(row as ArrayLike<number>, (value: unknown) =>
        typeof value === "number" ? value : Number.NaN,
      );
    throw new ArgumentError(`${call}: example ${i} is a list of numbers; got ${showValue(row)}`);
  });
}

function flat(call: string, x: Tensor, rank: number): Float64Array {
  if (x.rank !== rank)
    throw new ShapeError(
      `${call}: needs a tensor ${rank === 2 ? "[n, d] of inputs" : "[n] of targets"}; got the shape [${x.shape}]`,
    );
  return Float64Array.from(x.toTypedArray());
}

function checkFinite(call: string, values: Float64Array, what: string): void {
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw new ArgumentError(`${call}: ${what} holds finite numbers; got ${values[wrong]} at ${wrong}`);
}
