/** Plain data: numbers, strings, booleans, null, undefined, typed arrays, and arrays and plain objects of them. */
import { isPlainObject } from "../core/tree.ts";

/** The name of a typed array's type. */
export type ArrayTypeName =
  | "Float64Array"
  | "Float32Array"
  | "Int32Array"
  | "Uint32Array"
  | "Int16Array"
  | "Uint16Array"
  | "Int8Array"
  | "Uint8Array"
  | "Uint8ClampedArray"
  | "BigInt64Array"
  | "BigUint64Array";

/** The typed arrays there are, by the name that tells them apart in a text. */
export const arrayTypes: { readonly [K in ArrayTypeName]: (typeof globalThis)[K] } = {
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  BigInt64Array,
  BigUint64Array,
};

/** A typed array of any type. */
export type AnyTypedArray = InstanceType<(typeof globalThis)[ArrayTypeName]>;

/** True for a name in the table above. */
export function isArrayTypeName(name: unknown): name is ArrayTypeName {
  return typeof name === "string" && Object.hasOwn(arrayTypes, name);
}

/** The name of a value's typed array type; nothing for other values. */
export function arrayTypeOf(value: unknown): ArrayTypeName | undefined {
  if (!ArrayBuffer.isView(value) || value instanceof DataView) return undefined;
  const name = (value as AnyTypedArray)[Symbol.toStringTag];
  return isArrayTypeName(name) ? name : undefined;
}

/** The bytes that a view looks at, not copied. */
export function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** A deep copy: typed arrays own their buffer afterwards. What is no plain data is kept as it is. */
export function clonePlain<T>(value: T): T;
export function clonePlain(value: unknown): unknown {
  const type = arrayTypeOf(value);
  if (type !== undefined && ArrayBuffer.isView(value))
    return new arrayTypes[type](Uint8Array.from(bytesOf(value)).buffer);
  if (Array.isArray(value)) return Array.from(value, (item: unknown) => clonePlain(item));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, clonePlain(item)]));
}

/** True when two values hold the same bits in the same structure. */
export function samePlain(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) {
    const [x, y] = [bytesOf(a), bytesOf(b)];
    return arrayTypeOf(a) === arrayTypeOf(b) && x.length === y.length && x.every((byte, i) => byte === y[i]);
  }
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => samePlain(item, b[i]));
  if (!isPlainObject(a) || !isPlainObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && samePlain(a[key], b[key]))
  );
}
