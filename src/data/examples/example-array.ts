/** The arrays that examples come in, read once at the edge: numbers in a row and a shape whose first length counts the examples. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { showShape, sizeOf } from "../../tensor/shape.ts";
import { Tensor, type TypedArray } from "../../tensor/tensor.ts";
import { fromLists, type NestedNumbers } from "./lists.ts";

/** Numbers and their shape `[n, …]`, row-major. */
export interface ShapedArray {
  readonly data: TypedArray;
  readonly shape: readonly number[];
}

/** Numbers for each of n examples: a tensor or numbers with a shape `[n, …]`, a typed array `[n]`, or nested lists. */
export type ExampleArray = Tensor | ShapedArray | TypedArray | readonly NestedNumbers[];

/** Numbers that were read. They are not copied: whoever gave them must leave them as they are. */
export interface ExampleData extends ShapedArray {
  /** What a batch of them is: int32 for an `Int32Array`, float32 for everything else, bytes too. */
  readonly dtype: "float32" | "int32";
}

/**
 * Reads numbers that come for each example.
 *
 * @param call what errors call the caller.
 * @param value the numbers.
 * @param what what errors call them: `inputs`.
 * @throws ArgumentError for what is no array of numbers, no examples, and numbers that are not finite in float32, with the example;
 *   ShapeError for a shape that does not fit.
 */
export function readExampleArray(call: string, value: ExampleArray, what: string): ExampleData {
  const { data, shape } = shaped(call, value, what);
  const [count] = shape;
  if (count === undefined)
    throw new ShapeError(`${call}: ${what} are [n, …], a row for each example; got a single number`);
  if (count === 0) throw new ArgumentError(`${call}: needs at least one example; ${what} have none`);
  if (data.length === 0)
    throw new ShapeError(`${call}: ${what} have no numbers: their shape is ${showShape(shape)}`);
  checkFinite(call, data, data.length / count, what);
  return { data, shape, dtype: kindOf(data) === "Int32Array" ? "int32" : "float32" };
}

function shaped(call: string, value: ExampleArray, what: string): ShapedArray {
  if (value instanceof Tensor) return value.values(call);
  if (isTypedArray(value)) return { data: value, shape: [value.length] };
  if (Array.isArray(value)) return fromLists(call, value, what);
  if (isShaped(value)) {
    const { data, shape } = value;
    if (sizeOf(shape) !== data.length || shape.some((length) => !Number.isSafeInteger(length) || length < 0))
      throw new ShapeError(
        `${call}: ${what} of the shape ${showShape(shape)} have ${sizeOf(shape)} numbers; got ${data.length}`,
      );
    return { data, shape: [...shape] };
  }
  throw new ArgumentError(
    `${call}: ${what} are a tensor [n, …], { data: a typed array, shape: [n, …] }, a typed array, or nested lists of numbers; got ${showValue(value)}`,
  );
}

function isShaped(value: unknown): value is ShapedArray {
  if (typeof value !== "object" || value === null || !("data" in value) || !("shape" in value)) return false;
  return isTypedArray(value.data) && Array.isArray(value.shape);
}

/** By name and not by class: arrays from other realms have other classes. */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

/** True for the arrays that `TypedArray` names; those of big integers and of half floats are none of them. */
export function isTypedArray(value: unknown): value is TypedArray {
  return /^(Float(32|64)|(Int|Uint)(8|16|32)|Uint8Clamped)Array$/.test(kindOf(value));
}

/** From here on float32 rounds to infinity: halfway from its largest number, (2 − 2⁻²³) 2¹²⁷, to 2¹²⁸. */
const infinite = (2 - 2 ** -24) * 2 ** 127;

function checkFinite(call: string, data: TypedArray, features: number, what: string): void {
  if (!kindOf(data).startsWith("Float")) return;
  for (let i = 0; i < data.length; i++) {
    const size = Math.abs(data[i] ?? 0);
    if (size < infinite) continue;
    const example = Math.floor(i / features);
    const place = features === 1 ? `example ${example}` : `example ${example}, feature ${i % features},`;
    const why = Number.isFinite(size) ? ", which float32 cannot hold" : "";
    throw new ArgumentError(
      `${call}: ${what}: ${place} is ${data[i]}${why}; mend it or leave the example out`,
    );
  }
}
