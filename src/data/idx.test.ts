import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FileError } from "../core/errors.ts";
import { type IdxArray, readIdx } from "./idx.ts";

const SEED = 20261122;

/** Codes, widths and writers from the format's description, independently of the reader. */
const FORMAT = {
  uint8: { code: 0x08, width: 1, write: (v: DataView, at: number, x: number) => v.setUint8(at, x) },
  int8: { code: 0x09, width: 1, write: (v: DataView, at: number, x: number) => v.setInt8(at, x) },
  int16: { code: 0x0b, width: 2, write: (v: DataView, at: number, x: number) => v.setInt16(at, x, false) },
  int32: { code: 0x0c, width: 4, write: (v: DataView, at: number, x: number) => v.setInt32(at, x, false) },
  float32: {
    code: 0x0d,
    width: 4,
    write: (v: DataView, at: number, x: number) => v.setFloat32(at, x, false),
  },
  float64: {
    code: 0x0e,
    width: 8,
    write: (v: DataView, at: number, x: number) => v.setFloat64(at, x, false),
  },
} satisfies Record<IdxArray["dtype"], unknown>;

function encode(dtype: IdxArray["dtype"], shape: readonly number[], values: readonly number[]): Uint8Array {
  const { code, width, write } = FORMAT[dtype];
  const bytes = new Uint8Array(4 + 4 * shape.length + width * values.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(2, code);
  view.setUint8(3, shape.length);
  shape.forEach((size, axis) => {
    view.setUint32(4 + 4 * axis, size);
  });
  values.forEach((x, i) => {
    write(view, 4 + 4 * shape.length + width * i, x);
  });
  return bytes;
}

function header(code: number, sizes: readonly number[]): Uint8Array {
  const bytes = encode("uint8", sizes, []);
  bytes[2] = code;
  return bytes;
}

describe("readIdx reads", () => {
  const samples: [IdxArray["dtype"], number[]][] = [
    ["uint8", [0, 1, 127, 128, 254, 255]],
    ["int8", [0, 1, -1, 127, -128, 5]],
    ["int16", [0, 258, -1, 32767, -32768, 7]],
    ["int32", [0, 16909060, -1, 2147483647, -2147483648, 9]],
    ["float32", [0, 1.5, -2.25, Number.POSITIVE_INFINITY, 2 ** -149, -1]],
    ["float64", [0, 0.1, -Math.PI, Number.NEGATIVE_INFINITY, Number.MIN_VALUE, 3]],
  ];
  test.each(samples)("%s, big endian", (dtype, values) => {
    const array = readIdx(encode(dtype, [2, 3], values));
    expect(array.dtype).toBe(dtype);
    expect(array.shape).toEqual([2, 3]);
    expect([...array.data]).toEqual(values);
  });

  test("a scalar (rank 0) and arrays without elements", () => {
    expect([...readIdx(encode("int32", [], [42])).data]).toEqual([42]);
    expect(readIdx(encode("float32", [0, 7], [])).data).toHaveLength(0);
    // The product of the sizes is 0 although its other factors overflow to infinity.
    const sizes = [...new Array<number>(60).fill(0xffffffff), 0];
    expect(readIdx(encode("uint8", sizes, [])).shape).toEqual(sizes);
  });

  test("a view into a larger buffer, and keeps none of it", () => {
    const outer = new Uint8Array(64);
    outer.set(encode("int16", [2], [1, -2]), 11);
    const array = readIdx(outer.subarray(11, 11 + 12));
    const bytes = readIdx(Buffer.from(encode("uint8", [1], [3])));
    outer.fill(0);
    expect([...array.data]).toEqual([1, -2]);
    expect(bytes.data.buffer.byteLength).toBe(1);
  });

  test("whatever was written, of any shape", () => {
    const arrays = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 }).chain((shape) => {
      const length = shape.reduce((a, b) => a * b, 1);
      const values = fc.array(fc.integer({ min: -128, max: 127 }), { minLength: length, maxLength: length });
      return fc.tuple(
        fc.constantFrom("int8", "int16", "int32", "float32", "float64"),
        fc.constant(shape),
        values,
      );
    });
    fc.assert(
      fc.property(arrays, ([dtype, shape, values]) => {
        const array = readIdx(encode(dtype, shape, values));
        expect([array.dtype, array.shape, [...array.data]]).toEqual([dtype, shape, values]);
      }),
      { seed: SEED },
    );
  });
});

describe("readIdx refuses", () => {
  const whole = encode("uint8", [2, 3], [1, 2, 3, 4, 5, 6]);
  const cases: [string, Uint8Array, RegExp][] = [
    ["no bytes", new Uint8Array(), /digits\.idx ends at offset 0 within the 4 bytes of the IDX magic/],
    ["a cut magic number", whole.subarray(0, 3), /ends at offset 3/],
    [
      "a cut header",
      whole.subarray(0, 9),
      /ends at offset 9 within its header: rank 2 needs 12 bytes; fetch/,
    ],
    [
      "cut values",
      whole.subarray(0, 17),
      /truncated: .* \[2, 3\] of uint8, 6 bytes from offset 12, .* offset 17;/,
    ],
    [
      "trailing bytes",
      new Uint8Array([...whole, 0]),
      /trailing bytes: .* ends at offset 18, the file at 19;/,
    ],
    [
      "a wrong magic number",
      new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
      /must be 0, got 0x89 0x50 at offset 0/,
    ],
    ["an unknown type", header(0x0a, [0]), /type code 0x0a at offset 2; IDX knows 0x08 uint8/],
    ["gzip", new Uint8Array([0x1f, 0x8b, 8, 0]), /gzip-compressed .* decompress it/],
    ["sizes of terabytes", header(0x0e, [0xffffffff, 0xffffffff]), /truncated/],
    ["sizes beyond any number", header(0x08, new Array<number>(255).fill(0xffffffff)), /truncated/],
  ];
  test.each(cases)("%s", (_, bytes, message) => {
    expect(() => readIdx(bytes, "digits.idx")).toThrow(FileError);
    expect(() => readIdx(bytes, "digits.idx")).toThrow(message);
  });

  test("any other bytes with a FileError that names the file, and nothing else", () => {
    const headers = fc.tuple(
      fc.constantFrom(0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e, 0xff),
      fc.array(fc.oneof(fc.nat(3), fc.constantFrom(0x7fffffff, 0x80000000, 0xffffffff)), { maxLength: 6 }),
      fc.uint8Array({ maxLength: 64 }),
    );
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      headers.map(([code, sizes, rest]) => new Uint8Array([...header(code, sizes), ...rest])),
    );
    fc.assert(
      fc.property(hostile, (bytes) => {
        try {
          const { shape, data } = readIdx(bytes, "digits.idx");
          expect(data).toHaveLength(shape.includes(0) ? 0 : shape.reduce((a, b) => a * b, 1));
          expect(data.byteLength).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(FileError);
          expect(String(error)).toContain("digits.idx");
        }
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });
});
