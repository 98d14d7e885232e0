/** Bytes that the reference implementation writes, from its own tests (huggingface/safetensors, safetensors/src/tensor.rs), and round trips. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grad } from "../../autodiff/gradient.ts";
import { ArgumentError, TraceError } from "../../core/errors.ts";
import { type Tensor, tensor } from "../../tensor/index.ts";
import { readSafetensors } from "./read.ts";
import { writeSafetensors } from "./write.ts";

const SEED = 20261123;

/** A file of the reference implementation: the length it claims, its header, its data. */
function expected(length: number, header: string, values: readonly number[] = []): Uint8Array {
  const data = new Uint8Array(Float32Array.from(values).buffer);
  return Uint8Array.of(length, 0, 0, 0, 0, 0, 0, 0, ...new TextEncoder().encode(header), ...data);
}

describe("what the reference implementation writes is written here", () => {
  const values = [0, 1, 2, 3, 4, 5];
  const x = (shape: readonly number[]): Tensor => tensor(Float32Array.from(values), { shape });

  test("a tensor (test_serialization)", () => {
    const header = '{"attn.0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}}';
    expect(writeSafetensors({ "attn.0": x([1, 2, 3]) })).toEqual(expected(64, header, values));
  });

  test("a header that is filled up (test_serialization_forced_alignement)", () => {
    const header = '{"attn0":{"dtype":"F32","shape":[1,1,2,3],"data_offsets":[0,24]}}       ';
    expect(writeSafetensors({ attn0: x([1, 1, 2, 3]) })).toEqual(expected(72, header, values));
  });

  test("nothing, and metadata alone (test_empty)", () => {
    expect(writeSafetensors({})).toEqual(expected(8, "{}      "));
    expect(writeSafetensors({}, { framework: "pt" })).toEqual(
      expected(40, '{"__metadata__":{"framework":"pt"}}     '),
    );
  });
});

test("elements are aligned, and lie in the order of dtype and name", () => {
  const bytes = writeSafetensors([
    ["z", tensor([true], "bool")],
    ["b", tensor([1], "float32")],
    ["y", tensor([1], "int32")],
    ["a", tensor([1], "float32")],
    ["x", tensor([1])],
  ]);
  expect([...readSafetensors(bytes).tensors.keys()]).toEqual(["x", "a", "b", "y", "z"]);
  expect(new DataView(bytes.buffer).getUint32(0, true) % 8).toBe(0);
});

const elements = {
  float64: fc.double(),
  float32: fc.float(),
  int32: fc.integer(),
  bool: fc.boolean().map(Number),
} as const;

const anyTensor = fc
  .tuple(fc.constantFrom("float64", "float32", "int32", "bool"), fc.array(fc.nat(3), { maxLength: 4 }))
  .chain(([dtype, shape]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const values: fc.Arbitrary<number[]> = fc.array(elements[dtype], { minLength: size, maxLength: size });
    return values.map((list) => tensor(list, { dtype, shape }));
  });
const anyName = fc.string({ unit: "grapheme", maxLength: 5 }).filter((name) => name !== "__metadata__");

test("whatever was written is read again, bit for bit", () => {
  const tensors = fc.uniqueArray(fc.tuple(anyName, anyTensor), { selector: ([name]) => name, maxLength: 6 });
  const metadata = fc.dictionary(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }));
  fc.assert(
    fc.property(tensors, metadata, (named, texts) => {
      const read = readSafetensors(writeSafetensors(new Map(named), texts));
      const plain = (list: Iterable<readonly [string, Tensor]>) =>
        Array.from(list, ([name, x]) => [name, x.dtype, x.shape, x.toTypedArray()]).sort();
      expect(plain(read.tensors)).toEqual(plain(named));
      expect(new Map(read.metadata)).toEqual(new Map(Object.entries(texts)));
    }),
    { seed: SEED, numRuns: 300 },
  );
});

describe("writeSafetensors refuses", () => {
  const x = tensor([1]);
  const cases: [string, () => unknown, string][] = [
    ["the kept name", () => writeSafetensors({ __metadata__: x }), "the format keeps that name"],
    [
      "a name twice",
      () =>
        writeSafetensors([
          ["a", x],
          ["a", x],
        ]),
      'the name "a" is given twice; give each once',
    ],
    ["half a surrogate pair", () => writeSafetensors({ "\ud800": x }), "half a pair of surrogates"],
    [
      "half a surrogate pair in metadata",
      () => writeSafetensors({}, { a: "\udc00" }),
      "half a pair of surrogates",
    ],
    ["what is no tensor", () => writeSafetensors({ a: [1] as never }), '"a" must be a tensor; got [1]'],
    ["what is no text", () => writeSafetensors({}, { a: 1 as never }), '"a" must be a text; got 1'],
    ["nothing", () => writeSafetensors(undefined as never), "needs values by name, such as { weight }"],
  ];
  test.each(cases)("%s", (_, call, message) => {
    expect(call).toThrow(ArgumentError);
    expect(call).toThrow(message);
  });

  test("a traced tensor", () => {
    const f = (a: Tensor): Tensor => {
      writeSafetensors({ a });
      return a.sum();
    };
    expect(() => grad(f)(x)).toThrow(TraceError);
  });
});
