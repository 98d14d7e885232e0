/** The format's rules, from its published description; half-precision values from IEEE 754 and its tables of examples. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError, FileError } from "../../core/errors.ts";
import { readSafetensors } from "./read.ts";

const SEED = 20261123;

/** A file of any header and data, made without the writer. */
function file(header: unknown, data: ArrayLike<number> = [], claimed?: number): Uint8Array {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const json = new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(claimed ?? json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

/** A file with one tensor `t`. */
const one = (dtype: string, shape: readonly number[], data: ArrayLike<number>): Uint8Array =>
  file({ t: { dtype, shape, data_offsets: [0, data.length] } }, data);

const bytesOf = (...words: readonly bigint[]): Uint8Array =>
  new Uint8Array(BigUint64Array.from(words, (word) => BigInt.asUintN(64, word)).buffer);

describe("readSafetensors reads", () => {
  const cases: [string, ArrayLike<number>, string, (number | boolean)[]][] = [
    ["F64", new Uint8Array(Float64Array.of(0.1, -Infinity).buffer), "float64", [0.1, -Infinity]],
    ["F32", new Uint8Array(Float32Array.of(1.5, 2 ** -149).buffer), "float32", [1.5, 2 ** -149]],
    // Smallest subnormal, largest subnormal, smallest normal, 1, largest, infinity: IEEE 754-2008, binary16.
    [
      "F16",
      [1, 0, 0xff, 0x03, 0, 0x04, 0, 0x3c, 0xff, 0x7b, 0, 0xfc],
      "float32",
      [2 ** -24, 2 ** -14 - 2 ** -24, 2 ** -14, 1, 65504, -Infinity],
    ],
    ["BF16", [0x80, 0x3f, 0x49, 0x40, 0x80, 0xff], "float32", [1, 3.140625, -Infinity]],
    ["I64", bytesOf(7n, -1n, -2147483648n, 2147483647n), "int32", [7, -1, -2147483648, 2147483647]],
    ["U64", bytesOf(7n, 2147483647n), "int32", [7, 2147483647]],
    ["I32", new Uint8Array(Int32Array.of(-5, 2147483647).buffer), "int32", [-5, 2147483647]],
    ["U32", new Uint8Array(Uint32Array.of(5, 2147483647).buffer), "int32", [5, 2147483647]],
    ["I16", new Uint8Array(Int16Array.of(-32768, 5).buffer), "int32", [-32768, 5]],
    ["U16", new Uint8Array(Uint16Array.of(65535, 5).buffer), "int32", [65535, 5]],
    ["I8", [0x80, 5], "int32", [-128, 5]],
    ["U8", [0x80, 5], "int32", [128, 5]],
    ["BOOL", [0, 1, 2], "bool", [false, true, true]],
  ];
  test.each(cases)("%s", (dtype, data, becomes, values) => {
    const x = readSafetensors(one(dtype, [values.length], data)).tensors.get("t");
    expect(x?.dtype).toBe(becomes);
    expect(x?.toArray()).toEqual(values);
  });

  test("half-precision NaN and −0", () => {
    const { tensors } = readSafetensors(one("F16", [2], [1, 0x7c, 0, 0x80]));
    expect(tensors.get("t")?.toArray()).toEqual([NaN, -0]);
  });

  test("scalars, tensors without elements, and no tensor at all", () => {
    const { tensors } = readSafetensors(
      file(
        {
          empty: { dtype: "F64", shape: [0, 3], data_offsets: [4, 4] },
          scalar: { dtype: "F32", shape: [], data_offsets: [0, 4] },
        },
        [0, 0, 0x80, 0x3f],
      ),
    );
    expect(tensors.get("empty")?.shape).toEqual([0, 3]);
    expect(tensors.get("scalar")?.item()).toBe(1);
    expect(readSafetensors(file("{}      ")).tensors.size).toBe(0);
  });

  test("entries in any order of keys, names and places, with white space and escapes", () => {
    const header = `{ "b" : {"shape":[1],"data_offsets":[1,2], "dtype":"U8"},
      "a\\u00e9\\n" :{"dtype":"U8","data_offsets":[0 , 1],"shape":[1]}, "__metadata__": {"format":"pt"} }  `;
    const { tensors, metadata } = readSafetensors(file(header, [3, 4]));
    expect([...tensors].map(([name, x]) => [name, x.item()])).toEqual([
      ["b", 4],
      ["aé\n", 3],
    ]);
    expect([...metadata]).toEqual([["format", "pt"]]);
  });

  test("names that mean something to JavaScript as any other", () => {
    const header = `{"__proto__":{"dtype":"U8","shape":[],"data_offsets":[0,1]},"constructor":{"dtype":"U8","shape":[],"data_offsets":[1,2]},
      "__metadata__":{"__proto__":"text"}}`;
    const { tensors, metadata } = readSafetensors(file(header, [3, 4]));
    expect([...tensors.keys()]).toEqual(["__proto__", "constructor"]);
    expect(metadata.get("__proto__")).toBe("text");
    expect(Object.getPrototypeOf(metadata)).toBe(Map.prototype);
  });

  test("a view into a larger buffer, not aligned, and keeps none of it", () => {
    const whole = one("F64", [1], new Uint8Array(Float64Array.of(2.5).buffer));
    const outer = Buffer.alloc(whole.length + 20);
    outer.set(whole, 5);
    const x = readSafetensors(outer.subarray(5, 5 + whole.length)).tensors.get("t");
    outer.fill(0);
    expect(x?.item()).toBe(2.5);
  });
});

describe("readSafetensors refuses", () => {
  const entry = (more: object): object => ({ dtype: "U8", shape: [2], data_offsets: [0, 2], ...more });
  const pair = (a: readonly number[], b: readonly number[]): object => ({
    a: entry({ shape: [(a[1] ?? 0) - (a[0] ?? 0)], data_offsets: a }),
    b: entry({ shape: [(b[1] ?? 0) - (b[0] ?? 0)], data_offsets: b }),
  });
  const twice = `{"t":${JSON.stringify(entry({}))},"t":${JSON.stringify(entry({}))}}`;
  const cases: [string, Uint8Array, RegExp][] = [
    ["no bytes", new Uint8Array(), /net ends at offset 0 within the 8 bytes/],
    ["a cut header", file("{}", [], 20), /truncated: its header is to have 20 bytes .* offset 10;/],
    ["a header of no bytes", file("", [1]), /must begin with \{ at offset 8/],
    ["a header longer than the format allows", file("{}", [], 1e8 + 1), /claims a header of 100000001 bytes/],
    [
      "a header of 2⁶⁴ − 1 bytes",
      new Uint8Array(20).fill(255),
      /claims a header of 18446744073709552000 bytes/,
    ],
    ["a file of torch.save", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0), /zip archive.*save_file/],
    ["another beginning", file(" {}"), /must begin with \{ at offset 8/],
    ["a list", file("[]"), /must begin with \{/],
    ["JSON that breaks off", file('{"t":'), /needs \{ for tensor "t" at offset 13/],
    ["text that breaks off", file('{"t'), /is a string that does not end, begun at offset 9/],
    [
      "something behind the JSON",
      file("{}x"),
      /something stands behind the header's JSON at offset 10; fetch/,
    ],
    ["a second object", file("{}{}"), /behind the header's JSON at offset 10/],
    ["a missing comma", file('{"__metadata__":{}"t":{}}'), /needs \} or a comma in the header at offset 26/],
    ["a comma too much", file("{,}"), /a key of the header must be a string at offset 9/],
    ["names twice", file(twice, [1, 2]), /the header has the key "t" twice, the second time at offset \d+;/],
    [
      "names twice, one of them escaped",
      file(twice.replace('"t"', '"\\u0074"'), [1, 2]),
      /has the key "t" twice/,
    ],
    ["metadata twice", file('{"__metadata__":{},"__metadata__":{}}'), /key "__metadata__" twice/],
    [
      "keys of an entry twice",
      file('{"t":{"dtype":"U8","dtype":"U8"}}'),
      /tensor "t" has the key "dtype" twice/,
    ],
    ["metadata that are no text", file({ __metadata__: { a: 1 } }), /the value of "a" must be a string/],
    ["metadata that nest", file({ __metadata__: { a: {} } }), /the value of "a" must be a string/],
    [
      "bytes that are no UTF-8",
      file('{"t":1}').fill(0xff, 10, 11),
      /no valid string of JSON in UTF-8 at offset 9/,
    ],
    ["half a pair of surrogates", file('{"\\ud800":1}'), /no valid string of JSON in UTF-8/],
    ["line breaks in text", file('{"\n":1}'), /no valid string of JSON/],
    [
      "an unknown dtype",
      file({ t: entry({ dtype: "F8_E4M3" }) }, [1, 2]),
      /has the dtype "F8_E4M3" .* reads F64,/,
    ],
    [
      "a dtype of JavaScript's",
      file({ t: entry({ dtype: "toString" }) }, [1, 2]),
      /has the dtype "toString"/,
    ],
    [
      "a negative length",
      file({ t: entry({ shape: [-2] }) }, [1, 2]),
      /the shape of tensor "t" needs whole numbers/,
    ],
    ["a fraction", file('{"t":{"shape":[2.0]}}'), /needs whole numbers/],
    ["a power", file('{"t":{"shape":[2e0]}}'), /needs whole numbers/],
    ["a leading zero", file('{"t":{"shape":[02]}}'), /needs whole numbers/],
    ["a text as number", file({ t: entry({ shape: ["2"] }) }, [1, 2]), /needs whole numbers/],
    ["sizes beyond 2⁵³", file({ t: entry({ shape: [2 ** 53] }) }, [1, 2]), /number beyond 2⁵³/],
    [
      "sizes that overflow",
      file({ t: entry({ shape: [2 ** 40, 2 ** 40] }) }, [1, 2]),
      /more elements than can be counted/,
    ],
    [
      "sizes that overflow before a 0",
      file({ t: entry({ shape: [2 ** 40, 2 ** 40, 0], data_offsets: [0, 0] }) }),
      /more elements than can be counted/,
    ],
    [
      "more tensors than anybody has",
      file(
        Object.fromEntries(
          Array.from({ length: 250_001 }, (_, i) => [`t${i}`, entry({ shape: [0], data_offsets: [0, 0] })]),
        ),
      ),
      /the header has more than 250000 entries at offset/,
    ],
    [
      "sizes that wrap around to the right number",
      file({ t: entry({ shape: [2 ** 32, 2 ** 31, 2, 2] }) }, [1, 2]),
      /more elements/,
    ],
    [
      "shapes of terabytes",
      file({ t: entry({ shape: [2 ** 42] }) }, [1, 2]),
      /needs 4398046511104 bytes, .* hold 2/,
    ],
    [
      "more axes than PyTorch has",
      file({ t: entry({ shape: new Array<number>(65).fill(1) }) }),
      /more than 64 numbers/,
    ],
    [
      "a missing key",
      file({ t: { dtype: "U8", shape: [2] } }, [1, 2]),
      /needs dtype, shape and two data_offsets/,
    ],
    [
      "an unknown key",
      file({ t: entry({ stride: 1 }) }, [1, 2]),
      /the key "stride", which the format does not know/,
    ],
    ["three offsets", file({ t: entry({ data_offsets: [0, 2, 2] }) }, [1, 2]), /more than 2 numbers/],
    ["an end before its beginning", file({ t: entry({ data_offsets: [2, 0] }) }, [1, 2]), /hold -2/],
    [
      "a hole at the beginning",
      file(pair([1, 2], [2, 3]), [1, 2, 3]),
      /between the beginning of the data and tensor "a" lie bytes of no tensor/,
    ],
    [
      "a hole",
      file(pair([0, 1], [2, 3]), [1, 2, 3]),
      /between tensor "a" and tensor "b" lie bytes of no tensor, at offset \d+;/,
    ],
    ["an overlap", file(pair([0, 2], [1, 3]), [1, 2, 3]), /tensor "b" overlaps with tensor "a"/],
    ["one place for two", file(pair([0, 2], [0, 2]), [1, 2]), /tensor "b" overlaps with tensor "a"/],
    ["cut data", file(pair([0, 2], [2, 4]), [1, 2, 3]), /truncated: tensor "b" is to end at offset \d+, but/],
    ["trailing bytes", file(pair([0, 1], [1, 2]), [1, 2, 3]), /trailing bytes: tensor "b" ends/],
    [
      "bytes behind no tensor",
      file("{}", [1]),
      /trailing bytes: the beginning of the data ends at offset 10/,
    ],
    [
      "an I64 too large",
      one("I64", [2], bytesOf(1n, 2147483648n)),
      /element 1 is 2147483648, which no int32 holds/,
    ],
    ["an I64 too small", one("I64", [1], bytesOf(-2147483649n)), /element 0 is -2147483649/],
    ["a U64 too large", one("U64", [1], bytesOf(-1n)), /element 0 is 18446744073709551615/],
    ["a U32 too large", one("U32", [1], [0, 0, 0, 0x80]), /element 0 is 2147483648/],
  ];
  test.each(cases)("%s", (_, bytes, message) => {
    expect(() => readSafetensors(bytes, "net")).toThrow(FileError);
    expect(() => readSafetensors(bytes, "net")).toThrow(message);
  });

  test("what is no Uint8Array", () => {
    expect(() => readSafetensors(new ArrayBuffer(9) as never)).toThrow(ArgumentError);
  });

  test("nesting to a depth of millions at once", () => {
    for (const opening of ["[", '{"a":', '{"t":{"dtype":[', '{"__metadata__":{"a":['])
      expect(() => readSafetensors(file(opening.repeat(1_000_000)), "net")).toThrow(/^net\b/);
  });
});

/** Reads, or is refused as the contract says; the result takes at most four times the room of the file. */
function survives(bytes: Uint8Array): void {
  try {
    const { tensors } = readSafetensors(bytes, "net");
    const sizes = [...tensors.values()].map((x) => x.toTypedArray().byteLength);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(4 * bytes.length);
  } catch (error) {
    expect(error).toBeInstanceOf(FileError);
    // A rule with its place, and a remedy.
    expect(String(error)).toMatch(/^FileError: net\b.*(offset|tensor).*(; |\. )[a-zA-Z ,]+.*\.$/s);
  }
}

describe("hostile bytes", () => {
  const sample = file(
    {
      __metadata__: { format: "pt", note: "naïve" },
      w: { dtype: "F32", shape: [2, 2], data_offsets: [0, 16] },
      n: { dtype: "I64", shape: [], data_offsets: [16, 24] },
      b: { dtype: "BOOL", shape: [3], data_offsets: [24, 27] },
    },
    new Uint8Array(27),
  );

  test("a file with bytes changed", () => {
    const changes = fc.array(fc.tuple(fc.nat(sample.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(changes, (list) => {
        const bytes = sample.slice();
        for (const [at, value] of list) bytes[at] = value;
        survives(bytes);
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });

  test("a file cut anywhere is refused", () => {
    for (let end = 0; end < sample.length; end++)
      expect(() => readSafetensors(sample.subarray(0, end), "net")).toThrow(FileError);
  });

  test("headers that lie about sizes and places", () => {
    const number = fc.oneof(
      fc.nat(30),
      fc.constantFrom(2 ** 31, 2 ** 32, 2 ** 40, 2 ** 53 - 1, 2 ** 53, 1e300, -1, 0.5),
    );
    const entry = fc.record({
      dtype: fc.constantFrom("F64", "F32", "F16", "I64", "U8", "BOOL", "F8_E5M2", ""),
      shape: fc.array(number, { maxLength: 4 }),
      data_offsets: fc.array(number, { minLength: 1, maxLength: 3 }),
    });
    const header = fc.dictionary(fc.string({ maxLength: 3 }), entry, { maxKeys: 4 });
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 40 }), (entries, data) => survives(file(entries, data))),
      { seed: SEED, numRuns: 3000 },
    );
  });

  test("any JSON, and any bytes, behind any length", () => {
    const body = fc.oneof(
      fc.json().map((text) => file(text)),
      fc.json().map((text) => file(`{"t":${text}}`)),
      fc
        .tuple(fc.string(), fc.bigInt({ min: 0n, max: 2n ** 53n }))
        .map(([text, n]) => file(text, [], Number(n))),
      fc.uint8Array({ maxLength: 64 }),
    );
    fc.assert(fc.property(body, survives), { seed: SEED, numRuns: 3000 });
  });
});
