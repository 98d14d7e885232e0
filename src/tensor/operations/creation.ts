/** Making tensors. */
import { checkNumber, checkOptions } from "../../core/checks.ts";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { allocate, checkDtype, type Dtype, toElement } from "../dtype.ts";
import { checkShape, type Shape, showShape, sizeOf } from "../shape.ts";
import { type Operand, scalarOf, Tensor, toTensor } from "../tensor.ts";

/** How `tensor` is to read its argument. */
export interface TensorOptions {
  /** The element type; default: float64 for numbers, bool for booleans, that of a typed array. */
  readonly dtype?: Dtype;
  /** The shape into which the elements are put in row-major order; default: that of the argument. */
  readonly shape?: Shape;
}

/**
 * Makes a tensor from a number, a boolean, nested arrays, a typed array or tensors (which it stacks).
 * Arrays and typed arrays are copied.
 *
 * @throws ShapeError when rows differ in length or the elements do not fill the shape.
 * @throws DtypeError for values that are no numbers or do not fit the dtype.
 *
 * ```ts
 * tensor([[1, 2], [3, 4]]); // → Tensor(float64 [2, 2]) [[1, 2], [3, 4]]
 * tensor(new Float32Array([1, 2])); // → Tensor(float32 [2]) [1, 2]
 * tensor([1, 0], "bool"); // → Tensor(bool [2]) [true, false]
 * ```
 */
export function tensor(value: Operand, options: Dtype | TensorOptions = {}): Tensor {
  if (typeof options !== "string") checkOptions("tensor", options, ["dtype", "shape"]);
  const { dtype, shape } = typeof options === "string" ? { dtype: options, shape: undefined } : options;
  if (dtype !== undefined) checkDtype("tensor", dtype);
  const made = typeof value === "number" ? scalarOf(value, "float64") : toTensor(value);
  const cast = dtype === undefined ? made : made.cast(dtype);
  if (shape === undefined) return cast;
  checkShape("tensor", shape);
  return cast.reshape(shape);
}

/**
 * A tensor filled with one value. Default dtype float64.
 *
 * @throws ShapeError for lengths that are not whole and ≥ 0.
 *
 * ```ts
 * full([2], 7); // → Tensor(float64 [2]) [7, 7]
 * ```
 */
export function full(shape: Shape, value: number, dtype: Dtype = "float64"): Tensor {
  if (typeof value !== "boolean") checkNumber("full", value, "the value");
  checkShape("full", shape);
  checkDtype("full", dtype);
  return new Tensor(
    { dtype, shape: [...shape] },
    allocate(dtype, sizeOf(shape)).fill(toElement(value, dtype, "full")),
  );
}

/**
 * Zeros. Default dtype float64.
 *
 * @throws ShapeError for lengths that are not whole and ≥ 0.
 *
 * ```ts
 * zeros([2, 2]); // → Tensor(float64 [2, 2]) [[0, 0], [0, 0]]
 * ```
 */
export function zeros(shape: Shape, dtype: Dtype = "float64"): Tensor {
  return full(shape, 0, dtype);
}

/**
 * Ones. Default dtype float64.
 *
 * @throws ShapeError for lengths that are not whole and ≥ 0.
 *
 * ```ts
 * ones([3], "int32"); // → Tensor(int32 [3]) [1, 1, 1]
 * ```
 */
export function ones(shape: Shape, dtype: Dtype = "float64"): Tensor {
  return full(shape, 1, dtype);
}

/**
 * Zeros of the type of another tensor.
 *
 * ```ts
 * zerosLike([1, 2]); // → Tensor(float64 [2]) [0, 0]
 * ```
 */
export function zerosLike(x: Operand): Tensor {
  const { shape, dtype } = toTensor(x);
  return full(shape, 0, dtype);
}

/**
 * Ones of the type of another tensor.
 *
 * ```ts
 * onesLike([1, 2]); // → Tensor(float64 [2]) [1, 1]
 * ```
 */
export function onesLike(x: Operand): Tensor {
  const { shape, dtype } = toTensor(x);
  return full(shape, 1, dtype);
}

/**
 * start, start + step, … up to but without stop; `arange(n)` counts from 0. Whole numbers give int32.
 * Default step 1.
 *
 * @throws ArgumentError for a step of 0 or bounds that are not finite.
 *
 * ```ts
 * arange(4); // → Tensor(int32 [4]) [0, 1, 2, 3]
 * arange(1, 2, 0.25); // → Tensor(float64 [4]) [1, 1.25, 1.5, 1.75]
 * ```
 */
export function arange(start: number, stop?: number, step = 1, dtype?: Dtype): Tensor {
  checkNumber("arange", start, "the start");
  if (stop !== undefined) checkNumber("arange", stop, "the stop");
  checkNumber("arange", step, "the step");
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (!Number.isSafeInteger(length)) {
    throw new ArgumentError(
      `arange: needs finite start and stop and a step other than 0; got ${from}, ${to}, ${step}`,
    );
  }
  const isWhole = Number.isInteger(from) && Number.isInteger(step);
  const type = dtype ?? (isWhole ? "int32" : "float64");
  checkDtype("arange", type);
  const data = allocate(type, length);
  for (let i = 0; i < length; i++) data[i] = toElement(from + i * step, type, "arange");
  return new Tensor({ dtype: type, shape: [length] }, data);
}

/**
 * `count` evenly spaced values from start to stop, both included. Default 50 values (NumPy), float64.
 *
 * @throws ArgumentError for a count that is not whole and ≥ 0.
 *
 * ```ts
 * linspace(0, 1, 5); // → Tensor(float64 [5]) [0, 0.25, 0.5, 0.75, 1]
 * ```
 */
export function linspace(start: number, stop: number, count = 50, dtype: Dtype = "float64"): Tensor {
  checkNumber("linspace", start, "the start");
  checkNumber("linspace", stop, "the stop");
  checkNumber("linspace", count, "the count");
  if (!Number.isSafeInteger(count) || count < 0)
    throw new ArgumentError(`linspace: count must be a whole number ≥ 0; got ${count}`);
  checkDtype("linspace", dtype);
  const data = allocate(dtype, count);
  for (let i = 0; i < count; i++) {
    const value = i === 0 ? start : i === count - 1 ? stop : start + ((stop - start) * i) / (count - 1);
    data[i] = toElement(value, dtype, "linspace");
  }
  return new Tensor({ dtype, shape: [count] }, data);
}

/**
 * The identity matrix, or a rectangle of it. Default square, float64.
 *
 * @throws ShapeError for lengths that are not whole and ≥ 0.
 *
 * ```ts
 * eye(2); // → Tensor(float64 [2, 2]) [[1, 0], [0, 1]]
 * ```
 */
export function eye(rows: number, columns: number = rows, dtype: Dtype = "float64"): Tensor {
  checkShape("eye", [rows, columns]);
  checkDtype("eye", dtype);
  const data = allocate(dtype, rows * columns);
  for (let i = 0; i < Math.min(rows, columns); i++) data[i * columns + i] = 1;
  return new Tensor({ dtype, shape: [rows, columns] }, data);
}

/** Refuses what is not a matrix. @internal */
export function checkMatrix(call: string, x: Tensor): void {
  if (x.rank < 2)
    throw new ShapeError(`${call}: needs a matrix (rank 2 or more); got shape ${showShape(x.shape)}`);
}
