/** The examples that are to be predicted, as the model takes them; and what they are, where that stands beside them. */

import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { NablaError } from "../../src/core/errors.ts";
import type { ShapedArray } from "../../src/data/examples/example-array.ts";
import {
  type ColumnEncoding,
  encodeTable,
  encodeTarget,
  type Label,
  loadIdxPair,
  loadIris,
  mnistExamples,
  readCsv,
  readCsvFile,
  readIdxFile,
  type Table,
} from "../../src/data/index.ts";
import { ArgumentError } from "../../src/index.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import type { ModelFacts } from "../../src/train/index.ts";
import { readingCsv } from "../train/data/reading-csv.ts";

/** What is wanted of a model. */
export interface Wanted {
  /** As the command line has it, for people. */
  readonly name: string;
  readonly inputs: ShapedArray;
  /** What the examples are: numbers of classes, or values. Undefined where nobody says. */
  readonly answers: ArrayLike<number> | undefined;
  /** Why there are none, where the column is there. */
  readonly note?: string;
}

/** Reads `-` (a CSV on stdin), `mnist`, `iris`, CSV and IDX files. @throws NablaError where they do not fit the model. */
export function readWanted(
  data: string,
  facts: ModelFacts,
  classes: number,
  decimal: "." | "," = ".",
): Wanted {
  const { inputShape } = facts;
  if (data === "mnist") {
    const { inputs, targets } = mnistExamples().test;
    return { name: data, inputs: fitted(data, inputs, inputShape), answers: targets };
  }
  if (data === "iris") {
    const { measurements, species } = loadIris();
    return { name: data, inputs: fitted(data, measurements, inputShape), answers: species };
  }
  if (data.includes(",")) {
    const [images = "", labels = ""] = data.split(",").map((name) => name.trim());
    const pair = loadIdxPair(images, labels, classes);
    return { name: images, inputs: fitted(images, pair.inputs, inputShape), answers: pair.targets };
  }
  if (isIdx(data)) {
    const { data: values, shape } = readIdxFile(data);
    return { name: data, inputs: fitted(data, { data: values, shape }, inputShape), answers: undefined };
  }
  const options = { missing: "keep", decimal } as const;
  const table = readingCsv(() =>
    data === "-" ? readCsv(readFileSync(0), { ...options, name: "stdin" }) : readCsvFile(data, options),
  );
  return tableWanted(table, facts, classes);
}

/** IDX by its name, or by its first bytes: two zeros and a code. */
function isIdx(file: string): boolean {
  if (/idx\d-ubyte(\.gz)?$/.test(file)) return true;
  const head = Buffer.alloc(4);
  try {
    const handle = openSync(file, "r");
    readSync(handle, head, 0, 4, 0);
    closeSync(handle);
  } catch {
    // Whoever reads the file says what is wrong with it.
    return false;
  }
  return head[0] === 0 && head[1] === 0 && [8, 9, 11, 12, 13, 14].includes(head[2] ?? 0);
}

/** Images may have another shape, if they have as many numbers. */
function fitted(name: string, { data, shape }: ShapedArray, wanted: readonly number[]): ShapedArray {
  const [count = 0, ...example] = shape;
  if (sizeOf(example) === sizeOf(wanted)) return { data, shape: [count, ...wanted] };
  throw new ArgumentError(
    `${name} has examples of ${example.join("×")} numbers, and the model takes ${wanted.join("×")}; predict with data like that it was trained on`,
  );
}

function tableWanted(table: Table, facts: ModelFacts, classes: number): Wanted {
  const { columns = numberColumns(table, facts), inputShape, target } = facts;
  const { data, shape } = encodeTable(table, columns);
  const inputs = fitted(table.name, { data, shape }, inputShape);
  const known = { name: table.name, inputs };
  if (target === undefined || !table.columns.some(({ name }) => name === target))
    return { ...known, answers: undefined };
  try {
    return { ...known, answers: answersOf(table, target, facts.labels, classes) };
  } catch (error) {
    if (error instanceof NablaError) return { ...known, answers: undefined, note: error.message };
    throw error;
  }
}

/** Of a model that was not trained on a table: all columns of numbers, in their order. */
function numberColumns(table: Table, { inputShape }: ModelFacts): readonly ColumnEncoding[] {
  const columns = table.columns.filter(({ kind }) => kind === "number");
  if (columns.length === sizeOf(inputShape)) return columns.map(({ name }) => ({ kind: "number", name }));
  throw new ArgumentError(
    `${table.name} has ${columns.length} columns of numbers (${columns
      .map(({ name }) => name)
      .slice(0, 8)
      .join(", ")}), and the model takes ${sizeOf(inputShape)}; give a table with just these`,
  );
}

function answersOf(
  table: Table,
  target: string,
  labels: readonly Label[] | undefined,
  classes: number,
): ArrayLike<number> {
  if (classes === 0) return encodeTarget(table, target, { kind: "values" }).targets.data;
  const known = labels ?? Array.from({ length: classes }, (_, one) => one);
  return encodeTarget(table, target, { kind: "classes", labels: known }).targets.data;
}
