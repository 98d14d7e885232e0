/** How tensors look in a terminal. */
import type { NdArray, TensorType } from "./array.ts";
import type { Dtype } from "./dtype.ts";
import { showShape, stridesOf } from "./shape.ts";

const edgeItems = 3;
const fullSize = 100;

/** `float64 [2, 2]`. */
export function describeType({ dtype, shape }: TensorType): string {
  return `${dtype} ${showShape(shape)}`;
}

/** Type and values; the middle of long axes is left out: `Tensor(float64 [3]) [1, 2, 3]`. */
export function printArray(array: NdArray): string {
  const { data, shape, dtype } = array;
  const strides = stridesOf(shape);
  const abbreviate = data.length > fullSize;
  const show = (axis: number, offset: number): string => {
    if (axis === shape.length) return showElement(data[offset] as number, dtype);
    const length = shape[axis] ?? 0;
    const isLong = abbreviate && length > 2 * edgeItems;
    const places = isLong
      ? [...range(0, edgeItems), -1, ...range(length - edgeItems, length)]
      : range(0, length);
    const parts = places.map((i) => (i < 0 ? "…" : show(axis + 1, offset + i * (strides[axis] ?? 0))));
    const isInnermost = axis === shape.length - 1;
    return `[${parts.join(isInnermost ? ", " : `,\n${" ".repeat(axis + 1)}`)}]`;
  };
  const text = data.length === 0 ? "[]" : show(0, 0);
  return `Tensor(${describeType(array)})${shape.length > 1 ? "\n" : " "}${text}`;
}

function range(start: number, stop: number): number[] {
  return Array.from({ length: stop - start }, (_, i) => start + i);
}

/** As short as tells the value: 6 significant digits for float64, 5 for float32. */
function showElement(value: number, dtype: Dtype): string {
  if (dtype === "bool") return value === 0 ? "false" : "true";
  if (dtype === "int32" || Number.isInteger(value)) return Object.is(value, -0) ? "-0" : String(value);
  return String(Number(value.toPrecision(dtype === "float64" ? 6 : 5)));
}
