/** Writing IDX, the format of MNIST; `idx.ts` reads it and says what it is. */
import { showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { showShape, sizeOf } from "../tensor/shape.ts";
import type { IdxArray } from "./idx.ts";

type IdxDtype = IdxArray["dtype"];

/** The format's type codes, the bytes of a value, and how one is written, big endian. */
const formats: Readonly<
  Record<
    IdxDtype,
    { code: number; width: number; write: (view: DataView, at: number, value: number) => void }
  >
> = {
  uint8: { code: 0x08, width: 1, write: (view, at, value) => view.setUint8(at, value) },
  int8: { code: 0x09, width: 1, write: (view, at, value) => view.setInt8(at, value) },
  int16: { code: 0x0b, width: 2, write: (view, at, value) => view.setInt16(at, value) },
  int32: { code: 0x0c, width: 4, write: (view, at, value) => view.setInt32(at, value) },
  float32: { code: 0x0d, width: 4, write: (view, at, value) => view.setFloat32(at, value) },
  float64: { code: 0x0e, width: 8, write: (view, at, value) => view.setFloat64(at, value) },
};

/**
 * The bytes of an IDX file, which `readIdx` reads again.
 *
 * @throws ArgumentError for a dtype that IDX has not, and a shape that is not that of the values.
 *
 * ```ts
 * writeIdx({ dtype: "uint8", shape: [3], data: Uint8Array.of(7, 8, 9) }).length; // → 11
 * ```
 */
export function writeIdx({ dtype, shape, data }: IdxArray): Uint8Array {
  const format = Object.hasOwn(formats, dtype) ? formats[dtype] : undefined;
  if (format === undefined)
    throw new ArgumentError(
      `writeIdx: the dtype is one of ${Object.keys(formats).join(", ")}; got ${showValue(dtype)}`,
    );
  const fits = shape.every((size) => Number.isInteger(size) && size >= 0 && size < 2 ** 32);
  if (!fits || shape.length > 255 || sizeOf(shape) !== data.length)
    throw new ArgumentError(
      `writeIdx: ${data.length} values do not have the shape ${showShape(shape)}; sizes are whole, at most 255 of them`,
    );
  const { code, width, write } = format;
  const start = 4 + 4 * shape.length;
  const bytes = new Uint8Array(start + width * data.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(2, code);
  view.setUint8(3, shape.length);
  for (const [axis, size] of shape.entries()) view.setUint32(4 + 4 * axis, size);
  if (data instanceof Uint8Array) bytes.set(data, start);
  else for (let i = 0; i < data.length; i++) write(view, start + width * i, data[i] ?? 0);
  return bytes;
}
