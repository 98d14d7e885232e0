/** Tables: the iris flowers, and CSV files with a column that is to be predicted. */

import { basename } from "node:path";
import type { Command } from "commander";
import { FileError } from "../../../src/core/errors.ts";
import {
  encodeTable,
  encodeTarget,
  loadIris,
  readCsvFile,
  type Table,
  tableExamples,
} from "../../../src/data/index.ts";
import { placeIn } from "../../../src/data/tables/table.ts";
import { nearestName } from "../../nearest-name.ts";
import type { RunOptions } from "../options.ts";
import type { Answer, Dataset, Part } from "./dataset.ts";
import { limited, setApart } from "./parts.ts";
import { readingCsv } from "./reading-csv.ts";
import { readTestChoice } from "./test-choice.ts";

/** What the loss or the model that was asked for takes the target for; undefined: what it looks like. */
export type WantedKind = "classes" | "values" | undefined;

/** Fisher's flowers. */
export function irisDataset(command: Command, { test, limit, seed = 0 }: RunOptions): Dataset {
  const { measurements, species, names } = loadIris();
  const choice = readTestChoice(command, test, species.length);
  if (choice.kind === "file")
    return command.error(`error: --test: of iris a share can be set apart, such as 0.2; got "${test}"`);
  const whole: Part = { inputs: measurements, targets: { data: species, shape: [species.length] } };
  const { kept, apart } =
    choice.kind === "share" ? setApart(whole, choice.share, seed) : { kept: whole, apart: undefined };
  return {
    name: "iris",
    things: "flowers",
    train: limited(kept, limit, seed),
    test: apart,
    testSource: choice.words,
    answer: { kind: "classes", count: 3, labels: names.species, because: "the targets are species" },
    isImages: false,
    table: {
      columns: names.features.map((name) => ({ kind: "number", name })),
      featureNames: names.features,
      target: "species",
    },
    notes: [],
  };
}

/** The rows of a CSV file. */
export function csvDataset(command: Command, file: string, options: RunOptions, kind: WantedKind): Dataset {
  const { limit, seed = 0 } = options;
  const table = readTable(file, options);
  const choice = readTestChoice(command, options.test, table.rows);
  const columns = columnsOf(command, table, options);
  checkKind(command, table, columns.target, kind);
  checkMissing(table, [columns.target, ...columns.features], options);
  const examples = tableExamples(table, {
    ...columns,
    ...(kind !== undefined && { kind }),
    ...(options.missing === "mean" && { missing: "mean" }),
  });
  const { labels, inputs, targets } = examples;
  const divided = choice.kind === "share" ? setApart({ inputs, targets }, choice.share, seed) : undefined;
  const test =
    choice.kind === "file" ? testPart(readTable(choice.file, options), examples, options) : divided?.apart;
  return {
    name: basename(file),
    things: "rows",
    train: limited(divided?.kept ?? { inputs, targets }, limit, seed),
    test,
    testSource: choice.words,
    answer: answerOf(examples),
    isImages: false,
    table: examples,
    notes: notesOf(table, labels?.length),
  };
}

function readTable(file: string, { missing, decimal }: RunOptions): Table {
  // What is missing is complained of only where it is used.
  const policy = missing === "drop-rows" ? "drop-rows" : "keep";
  return readingCsv(() => readCsvFile(file, { missing: policy, ...(decimal !== undefined && { decimal }) }));
}

/** Whose names are wrong is told with the names there are. */
function columnsOf(
  command: Command,
  { name, columns }: Table,
  { target, features }: RunOptions,
): { readonly target: string; readonly features: readonly string[] } {
  const names = columns.map((column) => column.name);
  const known = (option: string, wanted: string): string => {
    if (names.includes(wanted)) return wanted;
    const nearest = nearestName(wanted, names);
    const hint = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
    return command.error(
      `error: ${option}: ${name} has no column "${wanted}".${hint}\nThe columns are ${names.join(", ")}.`,
    );
  };
  if (target === undefined)
    return command.error(
      `error: say which column of ${name} is to be predicted: --target ${names.at(-1)}\nThe columns are ${names.join(", ")}.`,
    );
  const answer = known("--target", target);
  const others = names.filter((each) => each !== answer);
  return { target: answer, features: features?.map((each) => known("--features", each)) ?? others };
}

/** @throws FileError for a hole in a column that is used: the file's fault, whatever option may help. */
function checkMissing(table: Table, used: readonly string[], { missing = "refuse" }: RunOptions): void {
  const columns = table.columns.filter(({ name }) => used.includes(name));
  const holed = columns.find((column) => column.missing > 0);
  if (holed === undefined) return;
  const row = holed.values.findIndex((value) => value === "" || Number.isNaN(value));
  const place = placeIn(table, holed.name, row);
  if (missing === "refuse")
    throw new FileError(
      `${place}: the value is missing, one of ${holed.missing}; fill them in, or choose --missing drop-rows or --missing mean`,
    );
  if (holed.name === used[0])
    throw new FileError(`${place}: the target is missing; choose --missing drop-rows, or mend the file`);
}

/** More classes than that are counted: two examples of each are the least that can be learned from. */
const manyClasses = 20;

function checkKind(command: Command, table: Table, target: string, kind: WantedKind): void {
  const column = table.columns.find(({ name }) => name === target);
  if (column === undefined) return;
  if (kind === "values" && column.kind === "text")
    command.error(
      `error: ${placeIn(table, target, 0)}: numbers are to be predicted, and this is the text "${column.values[0]}"; take --model logistic, which tells classes apart`,
    );
  const classes = new Set<string | number>(column.values).size;
  if ((kind === "classes" || column.kind === "text") && classes > manyClasses && 2 * classes > table.rows)
    command.error(
      `error: "${target}" of ${table.name} has ${classes} different values in ${table.rows} rows, which are no classes to be told apart; take another --target${column.kind === "number" ? ", or --model linear" : ""}`,
    );
}

type Encoded = ReturnType<typeof tableExamples>;

function testPart(table: Table, known: Encoded, options: RunOptions): Part {
  const { columns, target, kind, labels } = known;
  checkMissing(table, [target, ...columns.map(({ name }) => name)], options);
  const wanted = kind === "classes" ? { kind, ...(labels && { labels }) } : { kind };
  return { inputs: encodeTable(table, columns), targets: encodeTarget(table, target, wanted).targets };
}

function answerOf({ kind, kindReason, labels = [], target }: Encoded): Answer {
  const because = `"${target}": ${kindReason}`;
  return kind === "classes" ? { kind, count: labels.length, labels, because } : { kind, because };
}

function notesOf({ dropped }: Table, classes: number | undefined): string[] {
  return [
    ...(dropped === 0 ? [] : [`${dropped} rows with missing values were left out.`]),
    ...(classes === 1 ? ["The target is the same in every row: there is nothing to learn."] : []),
  ];
}
