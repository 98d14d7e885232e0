/** The element types of safetensors: how wide they are, and what they become here, where there are four. */
import { FileError } from "../../core/errors.ts";
import { allocate, type DataArray, type Dtype } from "../../tensor/dtype.ts";
import { fromBrain, fromHalf } from "./half.ts";

/** What is told of the bytes of one tensor. */
export interface Stored {
  readonly bytes: Uint8Array;
  /** Little-endian. */
  readonly view: DataView;
  /** The number of elements. */
  readonly count: number;
  /** The tensor in its file, for messages. */
  readonly title: string;
}

/** An element type in a file. */
export interface StoredType {
  /** Bytes of an element. */
  readonly width: number;
  /** What its values become. */
  readonly dtype: Dtype;
  readonly decode: (stored: Stored) => DataArray;
}

/** The bytes as they are: little-endian, as processors that Node and browsers run on are. */
const copied =
  (dtype: Dtype) =>
  ({ bytes, count }: Stored): DataArray => {
    const data = allocate(dtype, count);
    new Uint8Array(data.buffer).set(bytes);
    return data;
  };

const each =
  (dtype: Dtype, element: (view: DataView, i: number) => number) =>
  ({ view, count }: Stored): DataArray => {
    const data = allocate(dtype, count);
    for (let i = 0; i < count; i++) data[i] = element(view, i);
    return data;
  };

/** Integers that may be too large for an int32; those that are not are their lowest 32 bits. */
const fitting =
  (
    width: number,
    fits: (view: DataView, i: number) => boolean,
    show: (view: DataView, i: number) => string,
  ) =>
  ({ view, count, title }: Stored): DataArray => {
    const data = allocate("int32", count);
    for (let i = 0; i < count; i++) {
      if (!fits(view, i))
        throw new FileError(
          `${title}: element ${i} is ${show(view, i)}, which no int32 holds (−2147483648 to 2147483647); save this tensor as F64, or leave it out.`,
        );
      data[i] = view.getInt32(width * i, true);
    }
    return data;
  };

const low = (view: DataView, i: number): number => view.getInt32(8 * i, true);
const high = (view: DataView, i: number): number => view.getInt32(8 * i + 4, true);

/** The name of an element type in files. */
export type StoredName =
  | "F64"
  | "F32"
  | "F16"
  | "BF16"
  | "I64"
  | "U64"
  | "I32"
  | "U32"
  | "I16"
  | "U16"
  | "I8"
  | "U8"
  | "BOOL";

/** The types that are read, by their names in files. */
export const storedTypes: Readonly<Record<StoredName, StoredType>> = {
  F64: { width: 8, dtype: "float64", decode: copied("float64") },
  F32: { width: 4, dtype: "float32", decode: copied("float32") },
  F16: {
    width: 2,
    dtype: "float32",
    decode: each("float32", (view, i) => fromHalf(view.getUint16(2 * i, true))),
  },
  BF16: {
    width: 2,
    dtype: "float32",
    decode: each("float32", (view, i) => fromBrain(view.getUint16(2 * i, true))),
  },
  I64: {
    width: 8,
    dtype: "int32",
    decode: fitting(
      8,
      (view, i) => high(view, i) === low(view, i) >> 31,
      (view, i) => String(view.getBigInt64(8 * i, true)),
    ),
  },
  U64: {
    width: 8,
    dtype: "int32",
    decode: fitting(
      8,
      (view, i) => high(view, i) === 0 && low(view, i) >= 0,
      (view, i) => String(view.getBigUint64(8 * i, true)),
    ),
  },
  I32: { width: 4, dtype: "int32", decode: copied("int32") },
  U32: {
    width: 4,
    dtype: "int32",
    decode: fitting(
      4,
      (view, i) => view.getInt32(4 * i, true) >= 0,
      (view, i) => String(view.getUint32(4 * i, true)),
    ),
  },
  I16: { width: 2, dtype: "int32", decode: each("int32", (view, i) => view.getInt16(2 * i, true)) },
  U16: { width: 2, dtype: "int32", decode: each("int32", (view, i) => view.getUint16(2 * i, true)) },
  I8: { width: 1, dtype: "int32", decode: each("int32", (view, i) => view.getInt8(i)) },
  U8: { width: 1, dtype: "int32", decode: each("int32", (view, i) => view.getUint8(i)) },
  BOOL: { width: 1, dtype: "bool", decode: each("bool", (view, i) => (view.getUint8(i) === 0 ? 0 : 1)) },
};

/** True for a name of the table. */
export function isStoredName(name: string): name is StoredName {
  return Object.hasOwn(storedTypes, name);
}

/** What tensors are written as. */
export const storedAs: Readonly<Record<Dtype, StoredName>> = {
  float64: "F64",
  float32: "F32",
  int32: "I32",
  bool: "BOOL",
};
