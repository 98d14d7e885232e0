/** The four element types, how they promote (NumPy's rules) and how JavaScript values become elements. */
import { showValue } from "../core/checks.ts";
import { DtypeError, ShapeError } from "../core/errors.ts";

/** The type of a tensor's elements. */
export type Dtype = "float64" | "float32" | "int32" | "bool";

/** What holds a tensor's elements; `bool` is kept as 0 and 1. */
export type DataArray = Float64Array | Float32Array | Int32Array | Uint8Array;

/** All dtypes, in the order of promotion. */
export const dtypes: readonly Dtype[] = ["bool", "int32", "float32", "float64"];

/** Refuses what is not a dtype, naming the call. */
export function checkDtype(call: string, dtype: unknown): asserts dtype is Dtype {
  if (!dtypes.some((known) => known === dtype)) {
    throw new DtypeError(
      `${call}: unknown dtype ${showValue(dtype)}; use "float64", "float32", "int32" or "bool"`,
    );
  }
}

/** True for dtypes that carry derivatives. */
export function isFloat(dtype: Dtype): boolean {
  return dtype === "float64" || dtype === "float32";
}

/** A zeroed array of `size` elements. */
export function allocate(dtype: Dtype, size: number): DataArray {
  switch (dtype) {
    case "float64":
      return room(dtype, size, Float64Array);
    case "float32":
      return room(dtype, size, Float32Array);
    case "int32":
      return room(dtype, size, Int32Array);
    case "bool":
      return room(dtype, size, Uint8Array);
    default:
      return dtype satisfies never;
  }
}

/** @throws ShapeError where the engine has no room for so many elements. */
function room<T>(dtype: Dtype, size: number, Kind: new (size: number) => T): T {
  try {
    return new Kind(size);
  } catch (error) {
    throw new ShapeError(
      `a ${dtype} tensor of ${size} elements does not fit into memory; check the shapes, or work in smaller parts`,
      { cause: error },
    );
  }
}

/** The smallest dtype that holds the values of both, as NumPy has it (`int32` with `float32` gives `float64`). */
export function promote(a: Dtype, b: Dtype): Dtype {
  if (a === b || b === "bool") return a;
  if (a === "bool") return b;
  return "float64";
}

/**
 * Writes `value` as an element of `dtype`.
 *
 * @throws DtypeError when an int32 cannot hold it (NaN, infinities, out of range); fractions are cut off, as NumPy's casts do.
 */
export function toElement(value: number, dtype: Dtype, call: string): number {
  if (dtype === "bool") return value === 0 ? 0 : 1;
  if (dtype !== "int32") return value;
  const whole = Math.trunc(value);
  if (!(whole >= -2147483648 && whole <= 2147483647)) {
    throw new DtypeError(
      `${call}: ${value} cannot be an int32 (finite, from -2147483648 to 2147483647); clamp it first or keep a float dtype`,
    );
  }
  return whole;
}
