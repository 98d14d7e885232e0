/** Which arrays and objects the walk made itself: only those may be written to. */
import type { TypedKind, Walker } from "../types.ts";

/** The typed arrays walked code may make; `convert` rounds known values as they do. */
const kinds: Readonly<Record<string, (value: number) => number>> = {
  Float64Array: (value) => value,
  Float32Array: Math.fround,
  Int8Array: (value) => (value << 24) >> 24,
  Uint8Array: (value) => value & 0xff,
  Int16Array: (value) => (value << 16) >> 16,
  Uint16Array: (value) => value & 0xffff,
  Int32Array: (value) => value | 0,
  Uint32Array: (value) => value >>> 0,
};

/** The typed array of a name, if walked code may make it. */
export function typedKind(name: string): TypedKind | undefined {
  const convert = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  return convert === undefined ? undefined : { name, convert, isFloat64: name === "Float64Array" };
}

/** Notes that the walk made `container` under the present mask; gives it back. */
export function own<T extends object>(walker: Walker, container: T, kind?: TypedKind): T {
  walker.owned.set(container, { created: walker.mask, kind });
  return container;
}

/** The typed array that an array of the walk stands for. */
export function kindOf(walker: Walker, container: object): TypedKind | undefined {
  return walker.owned.get(container)?.kind;
}
