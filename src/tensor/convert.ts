/** From JavaScript's arrays to dense blocks of elements: dtypes are found, shapes checked, elements copied. */
import { DtypeError, ShapeError } from "../core/errors.ts";
import type { NdArray } from "./array.ts";
import type { Operand, TypedArray } from "./tensor.ts";

/** A copy of a typed array as a vector. By name and not by class: arrays from other realms have other classes. */
export function fromTypedArray(value: TypedArray): NdArray {
  const shape = [value.length];
  const kind = Object.prototype.toString.call(value).slice("[object ".length, -1);
  switch (kind) {
    case "Float64Array":
    case "Uint32Array":
      return { dtype: "float64", shape, data: Float64Array.from(value) };
    case "Float32Array":
      return { dtype: "float32", shape, data: Float32Array.from(value) };
    case "Int32Array":
    case "Int16Array":
    case "Uint16Array":
    case "Int8Array":
    case "Uint8Array":
    case "Uint8ClampedArray":
      return { dtype: "int32", shape, data: Int32Array.from(value) };
    default:
      throw new DtypeError(
        `tensor: ${kind} cannot become a tensor; use Float64Array, Float32Array or Int32Array`,
      );
  }
}

/** How deep arrays may be nested, so that reading them does not exhaust the stack. */
const deepest = 500;

/**
 * Nested arrays of numbers and booleans: float64, or bool where there are only booleans. `undefined` where they hold typed
 * arrays or objects (such as tensors), which are stacked instead.
 */
export function fromNested(value: readonly Operand[]): NdArray | undefined {
  const shape: number[] = [];
  const elements: number[] = [];
  let kind: "number" | "boolean" | "stack" | undefined;
  const visit = (item: Operand, depth: number): void => {
    if (Array.isArray(item)) {
      if (depth >= deepest)
        throw new ShapeError(
          `tensor: arrays are nested more than ${deepest} deep, or contain themselves; flatten them`,
        );
      const known = shape[depth];
      if (known === undefined && elements.length === 0) shape[depth] = item.length;
      else if (known !== item.length) throw ragged(value);
      for (let i = 0; i < item.length; i++) visit(item[i], depth + 1);
    } else if (typeof item === "number" || typeof item === "boolean") {
      if (depth !== shape.length) throw ragged(value);
      if (kind !== "stack") kind = typeof item === "boolean" && kind !== "number" ? "boolean" : "number";
      elements.push(Number(item));
    } else if (typeof item === "object" && item !== null) kind = "stack";
    else throw notAnElement(item);
  };
  visit(value, 0);
  if (kind === "stack") return undefined;
  return kind === "boolean"
    ? { dtype: "bool", shape, data: Uint8Array.from(elements) }
    : { dtype: "float64", shape, data: Float64Array.from(elements) };
}

/** The error for what can be neither a tensor nor part of one. */
export function notAnElement(item: unknown): DtypeError {
  const got = item === null ? "null" : typeof item;
  return new DtypeError(`expected a tensor, a number, a boolean or an array of them; got ${got}`);
}

function ragged(value: readonly Operand[]): ShapeError {
  const lengths = value.slice(0, 8).map((item) => (Array.isArray(item) ? `[${item.length}]` : typeof item));
  return new ShapeError(
    `tensor: nested arrays must have rows of equal length; got rows ${lengths.join(", ")}${value.length > 8 ? ", …" : ""}`,
  );
}
