/** Joining tensors and taking them apart. */
import { checkList } from "../../core/checks.ts";
import { ShapeError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { type Dtype, promote } from "../dtype.ts";
import { resolveAxis, showShape } from "../shape.ts";
import { apply, type Operand, stackAll, type Tensor, toTensor } from "../tensor.ts";

/**
 * Joined along an existing axis; dtypes promote. Default: the first axis.
 *
 * @throws ShapeError when the other axes differ, or there is nothing to join.
 *
 * ```ts
 * concat([[1, 2], [3]]); // → Tensor(float64 [3]) [1, 2, 3]
 * ```
 */
export function concat(items: readonly Operand[], axis = 0): Tensor {
  checkList("concat", items, "an array of tensors");
  const tensors = items.map(toTensor);
  const head = tensors[0];
  if (head === undefined) throw new ShapeError("concat: needs at least one tensor");
  const place = resolveAxis("concat", axis, head.rank);
  for (const x of tensors) {
    if (x.rank !== head.rank || x.shape.some((length, i) => i !== place && length !== head.shape[i])) {
      throw new ShapeError(
        `concat: shapes must agree but for axis ${place}; got ${tensors.map((t) => showShape(t.shape)).join(", ")}`,
      );
    }
  }
  const dtype = tensors.reduce<Dtype>((met, x) => promote(met, x.dtype), "bool");
  return at(
    apply(
      "concat",
      tensors.map((x) => x.cast(dtype)),
      { axis: place },
    ),
    0,
  );
}

/**
 * Equal shapes joined along a new axis (default: the first).
 *
 * @throws ShapeError when shapes differ, or there is nothing to stack.
 *
 * ```ts
 * stack([[1, 2], [3, 4]], 1); // → Tensor(float64 [2, 2]) [[1, 3], [2, 4]]
 * ```
 */
export function stack(items: readonly Operand[], axis = 0): Tensor {
  checkList("stack", items, "an array of tensors");
  const stacked = stackAll(items.map(toTensor));
  return stacked.moveAxis(0, resolveAxis("stack", axis, stacked.rank));
}

/**
 * Taken apart along an axis: into so many equal parts, or into parts of the given lengths. Default: the
 * first axis.
 *
 * @throws ShapeError when the parts do not add up to the axis.
 *
 * ```ts
 * split([1, 2, 3], [1, 2]); // → [ Tensor(float64 [1]) [1], Tensor(float64 [2]) [2, 3] ]
 * ```
 */
export function split(x: Operand, parts: number | readonly number[], axis = 0): Tensor[] {
  const value = toTensor(x);
  const place = resolveAxis("split", axis, value.rank);
  const length = at(value.shape, place);
  if (typeof parts === "number" && !(Number.isSafeInteger(parts) && parts > 0 && length % parts === 0)) {
    throw new ShapeError(
      `split: ${length} rows do not divide into ${parts} equal parts; give the lengths as an array`,
    );
  }
  if (typeof parts !== "number")
    checkList("split", parts, "the number of parts, or an array of their lengths");
  const lengths = typeof parts === "number" ? new Array<number>(parts).fill(length / parts) : parts;
  const total = lengths.reduce((sum, n) => sum + n, 0);
  if (total !== length || !lengths.every((n) => Number.isSafeInteger(n) && n >= 0)) {
    throw new ShapeError(
      `split: lengths [${lengths}] must be whole, not negative, and add up to the ${length} rows of axis ${place}`,
    );
  }
  if (lengths.length > 1 && lengths.every((n) => n === lengths[0]))
    return splitEqually(value, lengths.length, place);
  let start = 0;
  return lengths.map((n) => {
    const from = start;
    start += n;
    return value.slicePrimitive(
      value.shape.map((_, i) => (i === place ? from : 0)),
      value.shape.map((whole, i) => (i === place ? from + n : whole)),
    );
  });
}

/** Equal parts are rows of a reshaped tensor: one derivative for all, where a slice each would cost the whole tensor each. */
function splitEqually(x: Tensor, parts: number, axis: number): Tensor[] {
  const length = at(x.shape, axis) / parts;
  const shape = x.shape.map((n, i) => (i === axis ? length : n));
  const rows = x.reshape([...x.shape.slice(0, axis), parts, length, ...x.shape.slice(axis + 1)]);
  return apply("unstack", [rows.moveAxis(axis, 0)], {}, x.isWeak).map((row) => row.reshape(shape));
}
