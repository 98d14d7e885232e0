/** What examples may come in, and how the rest is refused. float32's largest number: IEEE 754. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NablaError } from "../../core/errors.ts";
import { tensor } from "../../tensor/operations/index.ts";
import { type ExampleArray, readExampleArray } from "./example-array.ts";

const read = (value: ExampleArray) => readExampleArray("train", value, "inputs");

describe("readExampleArray takes", () => {
  const same: [string, ExampleArray][] = [
    [
      "nested lists",
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ],
    ["lists of typed arrays", [Float32Array.of(1, 2), Float32Array.of(3, 4), Float32Array.of(5, 6)]],
    [
      "tensors",
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    ],
    ["numbers and a shape", { data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2] }],
  ];
  test.each(same)("%s", (_, value) => {
    const { data, shape, dtype } = read(value);
    expect([[...data], shape, dtype]).toEqual([[1, 2, 3, 4, 5, 6], [3, 2], "float32"]);
  });

  test("what it was given without a copy, and says what a batch will be", () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(read(bytes)).toEqual({ data: bytes, shape: [3], dtype: "float32" });
    expect(read(bytes).data).toBe(bytes);
    expect(read(Int32Array.of(1, 2)).dtype).toBe("int32");
    expect(read(read(bytes))).toEqual(read(bytes));
    expect(read([7, 8]).shape).toEqual([2]);
  });

  test("nested lists of any shape", () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(shapes, (shape) => {
        let next = 0;
        const build = (axis: number): number | number[] =>
          axis === shape.length
            ? next++
            : Array.from({ length: shape[axis] ?? 0 }, () => build(axis + 1) as number);
        const lists = build(0);
        const got = read(Array.isArray(lists) ? lists : [lists]);
        expect(got.shape).toEqual(shape);
        expect([...got.data]).toEqual(Array.from({ length: next }, (_, i) => i));
      }),
      { seed: 20261123 },
    );
  });
});

describe("readExampleArray refuses", () => {
  const endless: unknown[] = [];
  endless.push(endless);
  const cases: [string, unknown, RegExp][] = [
    [
      "NaN",
      [
        [1, 2],
        [3, Number.NaN],
      ],
      /train: inputs: example 1, feature 1, is NaN; mend it/,
    ],
    ["infinity", Float32Array.of(1, Infinity), /inputs: example 1 is Infinity;/],
    ["what float32 cannot hold", [1, -3.5e38], /example 1 is -3.5e\+38, which float32 cannot hold/],
    ["no examples", [], /needs at least one example; inputs have none/],
    ["no features", [[], []], /inputs have no numbers: their shape is \[2, 0\]/],
    ["a scalar", tensor(1), /a row for each example; got a single number/],
    ["rows of other lengths", [[1, 2], [3]], /inputs: example 1 has 1 members where the first one has 2/],
    ["numbers among rows", [[1, 2], 3], /inputs: example 1 is a list of 2, as the first one is; got 3/],
    ["rows among numbers", [1, [2]], /inputs: example 1 is a number; got \[2\]/],
    ["texts", [["1", "2"]], /inputs: example 0 at \[0\] is a number; got "1"/],
    ["holes", [[1], undefined], /example 1 is a list of 1, .* got undefined/],
    ["lists inside themselves", endless, /nested more than 16 deep/],
    [
      "a shape of other numbers",
      { data: new Uint8Array(5), shape: [2, 3] },
      /shape \[2, 3\] have 6 numbers; got 5/,
    ],
    ["negative lengths", { data: new Uint8Array(6), shape: [-2, -3] }, /shape \[-2, -3\]/],
    ["big integers", new BigInt64Array(2), /inputs are a tensor .* got a BigInt64Array/],
    ["anything else", "data.csv", /inputs are a tensor .* got "data.csv"/],
    ["nothing", null, /inputs are a tensor .* got null/],
  ];
  test.each(cases)("%s", (_, value, message) => {
    // @ts-expect-error whatever a caller without types may give
    expect(() => read(value)).toThrow(message);
  });

  test("anything with one of its own errors", () => {
    fc.assert(
      fc.property(fc.anything({ withTypedArray: true }), (value) => {
        try {
          // @ts-expect-error whatever a caller without types may give
          const { data, shape } = read(value);
          expect(data).toHaveLength(shape.reduce((a, b) => a * b, 1));
        } catch (error) {
          expect(error).toBeInstanceOf(NablaError);
        }
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });
});
