/** Tables become examples and new tables the same inputs; the order of one-hot inputs is scikit-learn's `OneHotEncoder`'s: sorted. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "../csv/read-csv.ts";
import { encodeTable } from "./encode-table.ts";
import { encodeTarget } from "./encode-target.ts";
import { type Table, tableOf } from "./table.ts";
import { tableExamples } from "./table-examples.ts";
import { guessTargetKind } from "./target-kind.ts";

const pets = readCsv("age,town,pet\n31,Ulm,dog\n45,Jena,cat\n28,Aalen,dog\n", { name: "pets.csv" });
const holed = readCsv("age,town,pet\n31,Ulm,dog\n,Jena,cat\n29,,dog\n33,Ulm,dog\n", {
  name: "holed.csv",
  missing: "keep",
});

describe("tableExamples", () => {
  test("makes numbers inputs as they are, and one input of each category", () => {
    const { inputs, targets, labels, featureNames, columns, kind } = tableExamples(pets, { target: "pet" });
    expect(featureNames).toEqual(["age", "town=Aalen", "town=Jena", "town=Ulm"]);
    expect(inputs).toEqual({ data: Float64Array.of(31, 0, 0, 1, 45, 0, 1, 0, 28, 1, 0, 0), shape: [3, 4] });
    expect([kind, labels, targets]).toEqual([
      "classes",
      ["cat", "dog"],
      { data: Int32Array.of(1, 0, 1), shape: [3] },
    ]);
    expect(columns).toEqual([
      { kind: "number", name: "age" },
      { kind: "category", name: "town", categories: ["Aalen", "Jena", "Ulm"] },
    ]);
  });

  test("takes the features that are named, in that order, and values as targets", () => {
    const { inputs, targets, labels } = tableExamples(pets, { target: "age", features: ["pet"] });
    expect(inputs.data).toEqual(Float64Array.of(0, 1, 1, 0, 0, 1));
    expect([targets, labels]).toEqual([{ data: Float64Array.of(31, 45, 28), shape: [3, 1] }, undefined]);
  });

  test("numbers whole numbers as classes where it is told so", () => {
    const table = tableOf({ x: [1, 2, 3], digit: [7, 3, 7] });
    const { targets, labels, kindReason } = tableExamples(table, { target: "digit", kind: "classes" });
    expect([labels, [...targets.data], kindReason]).toEqual([[3, 7], [1, 0, 1], "it was said so"]);
  });

  test("fills holes with the mean and the commonest text, in later tables too", () => {
    const { inputs, columns } = tableExamples(holed, { target: "pet", missing: "mean" });
    expect(inputs.data).toEqual(Float64Array.of(31, 0, 1, 31, 1, 0, 29, 0, 1, 33, 0, 1));
    const later = readCsv("age,town\n,Jena\n50,NA\n", { missing: "keep" });
    expect(encodeTable(later, columns).data).toEqual(Float64Array.of(31, 1, 0, 50, 0, 1));
  });

  const many = tableOf({ id: Array.from({ length: 300 }, (_, i) => `id ${i}`), y: new Float64Array(300) });
  const noted = readCsv(
    `x,y\n${Array.from({ length: 400 }, (_, i) => `${i === 7 ? "oops" : i},1`).join("\n")}`,
  );
  const cases: [string, Table, Parameters<typeof tableExamples>[1], RegExp][] = [
    [
      "a target that is misspelt",
      pets,
      { target: "pets" },
      /pets\.csv has no column "pets"; did you mean "pet"\?/,
    ],
    [
      "a feature that is not there",
      pets,
      { target: "pet", features: ["height"] },
      /it has "age", "town", "pet"/,
    ],
    ["the target as a feature", pets, { target: "pet", features: ["pet"] }, /cannot be a feature too/],
    ["a feature twice", pets, { target: "pet", features: ["age", "age"] }, /names each column once/],
    ["no features", tableOf({ y: [1] }), { target: "y" }, /needs a column to predict "y" from/],
    [
      "holes",
      holed,
      { target: "pet" },
      /holed\.csv, line 3, column "age": the value is missing, one of 1; .*mean/,
    ],
    [
      "holes in the target",
      holed,
      { target: "town", missing: "mean" },
      /line 4, column "town": the target is missing/,
    ],
    [
      "empty columns",
      tableOf({ x: [Number.NaN], y: [1] }),
      { target: "y", missing: "mean" },
      /"x" .* has no values at all/,
    ],
    [
      "names of rows",
      many,
      { target: "y" },
      /"id" .* has 300 different texts .* \{ maxCategories \} above 256/,
    ],
    [
      "numbers that are texts",
      noted,
      { target: "y" },
      /400 different texts .*because of "oops" in line 9, though 399/,
    ],
    [
      "texts as values",
      pets,
      { target: "pet", kind: "values" },
      /pets\.csv, line 2, column "pet": values are numbers; got "dog"/,
    ],
  ];
  test.each(cases)("refuses %s", (_, table, options, message) => {
    expect(() => tableExamples(table, options)).toThrow(message);
  });

  test("refuses options of other kinds", () => {
    // @ts-expect-error a policy of readCsv
    expect(() => tableExamples(holed, { target: "pet", missing: "drop-rows" })).toThrow(/"refuse" or "mean"/);
    // @ts-expect-error a kind that is none
    expect(() => tableExamples(pets, { target: "pet", kind: "texts" })).toThrow(
      /"classes" or "values"; got "texts"/,
    );
  });
});

describe("encodeTable", () => {
  const { columns } = tableExamples(pets, { target: "pet" });

  test("ignores the order of columns and columns that are not asked for", () => {
    const later = readCsv("town,name,age\nJena,Kim,45\n");
    expect(encodeTable(later, columns)).toEqual({ data: Float64Array.of(45, 0, 1, 0), shape: [1, 4] });
  });

  test("reads categories that look like numbers", () => {
    const categories = [{ kind: "category", name: "size", categories: ["1", "2", "L"] }] as const;
    expect(encodeTable(readCsv("size\n2\n1\n"), categories).data).toEqual(Float64Array.of(0, 1, 0, 1, 0, 0));
  });

  test("refuses what training did not know, with the line", () => {
    const encode = (text: string) => () =>
      encodeTable(readCsv(text, { name: "new.csv", missing: "keep" }), columns);
    expect(encode("ages,town\n1,Ulm\n")).toThrow(/new\.csv has no column "age"; did you mean "ages"\?/);
    expect(encode("age,town\n1,Ulm\n2,Jenna\n")).toThrow(
      /new\.csv, line 3, column "town": "Jenna" is no category .*did you mean "Jena"\? It knows "Aalen"/,
    );
    expect(encode("age,town\nold,Ulm\n")).toThrow(
      /line 2, column "age": the model takes numbers there; got "old"/,
    );
    expect(encode("age,town\n1,\n")).toThrow(/line 2, column "town": the value is missing/);
    expect(encode("age,town\n,Ulm\n")).toThrow(/line 2, column "age": the value is missing/);
  });

  test("gives a table the inputs that it was trained with", () => {
    const texts = fc.constantFrom("a", "b", "c");
    const rows = fc.array(fc.tuple(fc.integer(), texts, texts), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, (list) => {
        const table = tableOf({
          x: list.map(([x]) => x),
          u: list.map(([, u]) => u),
          v: list.map(([, , v]) => v),
        });
        const { inputs, columns: found, labels, targets } = tableExamples(table, { target: "v" });
        const turned: Table = { ...table, columns: [...table.columns].reverse() };
        expect(encodeTable(turned, found)).toEqual(inputs);
        expect(encodeTarget(turned, "v", { kind: "classes", labels: labels ?? [] }).targets).toEqual(targets);
        // One input is 1 for each column of texts.
        const width = inputs.shape[1];
        list.forEach(([x], row) => {
          const own = inputs.data.slice(row * width, (row + 1) * width);
          expect(own.reduce((sum, value) => sum + value)).toBe(x + 1);
        });
      }),
      { seed: 20261123 },
    );
  });
});

describe("encodeTarget", () => {
  test("refuses labels that training did not know, with the line", () => {
    const table = readCsv("x,pet\n1,dog\n2,cow\n", { name: "new.csv" });
    expect(() => encodeTarget(table, "pet", { kind: "classes", labels: ["cat", "dog"] })).toThrow(
      /new\.csv, line 3, column "pet": "cow" is no class that the model was trained on; it knows "cat", "dog"/,
    );
  });

  test("reads labels that look like numbers", () => {
    const table = readCsv("x\n2\n1\n");
    const { targets } = encodeTarget(table, "x", { kind: "classes", labels: ["1", "2", "L"] });
    expect([...targets.data]).toEqual([1, 0]);
  });
});

describe("guessTargetKind", () => {
  const guess = (values: readonly number[] | readonly string[]) => {
    const [column] = tableOf({ y: values }).columns;
    return column === undefined ? undefined : guessTargetKind(column);
  };

  test("takes texts and few whole numbers for classes", () => {
    expect(guess(["a", "b"])).toEqual({ kind: "classes", reason: "its values are texts" });
    expect(guess([0, 1, 2, 0, 1, 2])).toEqual({
      kind: "classes",
      reason: "3 whole numbers differ among its 6 values",
    });
  });

  test("takes fractions and many whole numbers for values", () => {
    expect(guess([1, 2.5])).toEqual({ kind: "values", reason: "its values have fractions, such as 2.5" });
    expect(guess(Array.from({ length: 100 }, (_, i) => i % 25))?.kind).toBe("values");
    expect(guess([10, 20, 30])?.kind).toBe("values");
  });
});

describe("tableOf", () => {
  test("counts what is missing", () => {
    const { columns, rows } = tableOf({ x: [1, Number.NaN], t: ["", "a"] });
    expect([rows, columns.map(({ missing }) => missing)]).toEqual([2, [1, 1]]);
  });

  test("refuses columns of other lengths, of mixed values, and none", () => {
    expect(() => tableOf({ a: [1], b: [1, 2] })).toThrow(/"a" has 1 values, "b" 2/);
    // @ts-expect-error numbers among texts
    expect(() => tableOf({ a: ["x", 1] })).toThrow(/"a" is a list of numbers or a list of texts/);
    expect(() => tableOf({})).toThrow(/at least one column/);
    // @ts-expect-error no object
    expect(() => tableOf(null)).toThrow(/needs an object of columns/);
  });
});
