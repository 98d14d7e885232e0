/**
 * The constants of a module, kept at the start of its memory: V8 makes better code of a constant that is loaded and spread over
 * the lanes than of one written into an instruction (up to 2×).
 */

/** The lane types that constants have. */
export type ConstantType = "float32" | "float64" | "int32" | "int64";

/** Gives every constant its place. */
export interface Constants {
  /** The byte at which a constant lies. Integers of 64 bits are exact up to 2⁵³. */
  readonly place: (type: ConstantType, value: number | bigint) => number;
  /** What the start of the memory must hold. */
  readonly bytes: () => Uint8Array;
}

/** The bytes that constants may take: the first page of the memory. */
export const constantRoom = 65_536;

/** No constants as yet. */
export function newConstants(): Constants {
  const view = new DataView(new ArrayBuffer(constantRoom));
  const places = new Map<string, number>();
  let end = 0;
  return {
    place: (type, value) => {
      const key = `${type}${Object.is(value, -0) ? "-0" : String(value)}`;
      const known = places.get(key);
      if (known !== undefined) return known;
      const size = type === "float32" || type === "int32" ? 4 : 8;
      const place = Math.ceil(end / size) * size;
      if (place + size > constantRoom) throw new RangeError("a module has more constants than fit in a page");
      write(view, place, type, value);
      end = place + size;
      places.set(key, place);
      return place;
    },
    bytes: () => new Uint8Array(view.buffer, 0, end),
  };
}

function write(view: DataView, place: number, type: ConstantType, value: number | bigint): void {
  if (type === "float32") view.setFloat32(place, Number(value), true);
  else if (type === "float64") view.setFloat64(place, Number(value), true);
  else if (type === "int32") view.setInt32(place, Number(BigInt.asIntN(32, BigInt(value))), true);
  else view.setBigInt64(place, BigInt.asIntN(64, BigInt(value)), true);
}
