/** What of this room works everywhere, in browsers too. */

export type { MissingPolicy } from "./csv/missing.ts";
export { type CsvOptions, readCsv } from "./csv/read-csv.ts";
export type { ExampleArray, ShapedArray } from "./examples/example-array.ts";
export type { Examples } from "./examples/examples.ts";
export type { NestedNumbers } from "./examples/lists.ts";
export { type Split, type SplitOptions, splitExamples } from "./examples/split.ts";
export {
  type FittedStandardization,
  type Standardization,
  standardizationOf,
} from "./examples/standardization.ts";
export { type IdxArray, readIdx } from "./idx.ts";
export { type Iris, loadIris } from "./iris.ts";
export { classWeightsBalanced, type EncodedLabels, encodeLabels, type Label } from "./labels.ts";
export type { ColumnEncoding } from "./tables/column-encoding.ts";
export { encodeTable, type TableInputs } from "./tables/encode-table.ts";
export { encodeTarget, type TableTargets, type TargetOptions } from "./tables/encode-target.ts";
export { type NumberColumn, type Table, type TableColumn, type TextColumn, tableOf } from "./tables/table.ts";
export { type TableExamples, type TableExamplesOptions, tableExamples } from "./tables/table-examples.ts";
export { guessTargetKind, type TargetKindGuess } from "./tables/target-kind.ts";
export { writeIdx } from "./write-idx.ts";
