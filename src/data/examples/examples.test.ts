/** Examples read at the edge: targets of both kinds, and what does not fit. */
import { describe, expect, test } from "vitest";
import { type Examples, readExamples, type TargetReading } from "./examples.ts";

const inputs = [
  [1, 2],
  [3, 4],
  [5, 6],
];
const read = (targets: Examples["targets"], reading: TargetReading) =>
  readExamples("train", { inputs, targets }, reading);

describe("readExamples", () => {
  test("reads classes as int32, whatever they come in", () => {
    for (const targets of [[0, 1, 1], Uint8Array.of(0, 1, 1), Int32Array.of(0, 1, 1), [[0], [1], [1]]])
      expect(read(targets, { kind: "classes" }).targets).toEqual({
        data: Int32Array.of(0, 1, 1),
        shape: [3],
        dtype: "int32",
      });
  });

  test("reads texts as classes, by labels known before if there are such", () => {
    const found = read(["b", "a", "b"], { kind: "classes" });
    expect([found.labels, [...found.targets.data]]).toEqual([
      ["a", "b"],
      [1, 0, 1],
    ]);
    const known = read(["b", "a", "b"], { kind: "classes", labels: ["b", "a"] });
    expect([known.labels, [...known.targets.data]]).toEqual([
      ["b", "a"],
      [0, 1, 0],
    ]);
  });

  test("reads values as float32, whole numbers too", () => {
    const { targets, count } = read({ data: Int32Array.of(1, 2, 3), shape: [3, 1] }, { kind: "values" });
    expect([count, targets.shape, targets.dtype]).toEqual([3, [3, 1], "float32"]);
  });

  const refused: [string, Examples["targets"], TargetReading, RegExp][] = [
    ["too few targets", [0, 1], { kind: "classes" }, /a target for each of the 3 inputs; got 2/],
    [
      "fractions as classes",
      [0, 0.5, 1],
      { kind: "classes" },
      /classes are whole numbers from 0 on; example 1 has 0.5/,
    ],
    ["negative classes", [0, -1, 1], { kind: "classes" }, /example 1 has -1/],
    ["classes beyond", [0, 1, 3], { kind: "classes", classes: 3 }, /classes are 0 to 2; example 2 has 3/],
    [
      "one-hot rows",
      [
        [0, 1],
        [1, 0],
        [1, 0],
      ],
      { kind: "classes" },
      /of one-hot rows take the place of the 1/,
    ],
    ["texts as values", ["a", "b", "c"], { kind: "values" }, /values, so numbers; got "a"/],
    ["NaN", [0, Number.NaN, 1], { kind: "values" }, /train: targets: example 1 is NaN/],
  ];
  test.each(refused)("refuses %s", (_, targets, reading, message) => {
    expect(() => read(targets, reading)).toThrow(message);
  });

  test("names the part that is wrong", () => {
    const data = { inputs: [[Number.NaN]], targets: [0] };
    expect(() => readExamples("train", data, { kind: "classes" }, "validation")).toThrow(
      /train: validation inputs: example 0 is NaN/,
    );
    // @ts-expect-error no examples
    expect(() => readExamples("train", [[1]], { kind: "classes" })).toThrow(
      /examples are \{ inputs, targets \}/,
    );
  });
});
