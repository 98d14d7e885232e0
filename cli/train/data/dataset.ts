/** Examples to learn from and to be tested on, whatever they were read from. */

import type { ShapedArray } from "../../../src/data/examples/example-array.ts";
import type { ColumnEncoding, Label } from "../../../src/data/index.ts";

/** Inputs `[n, …]`, and for each of them the number of its class, `[n]`, or values `[n, k]`. */
export interface Part {
  readonly inputs: ShapedArray;
  readonly targets: ShapedArray;
}

/** What is to be predicted, and why it was taken for that. */
export type Answer =
  | {
      readonly kind: "classes";
      /** How many there are. */
      readonly count: number;
      /** What they are called; default their numbers. */
      readonly labels?: readonly Label[];
      readonly because: string;
    }
  | { readonly kind: "values"; readonly because: string };

/** The columns that inputs were made of. */
export interface TableColumns {
  readonly columns: readonly ColumnEncoding[];
  readonly featureNames: readonly string[];
  readonly target: string;
}

/** Data to train on. */
export interface Dataset {
  /** For people: `mnist`, `houses.csv`. */
  readonly name: string;
  /** What an example is called: `digits`. */
  readonly things: string;
  readonly train: Part;
  /** Undefined where all examples are trained on. */
  readonly test: Part | undefined;
  /** How the test examples were come by, as the end of a sentence. */
  readonly testSource: string;
  readonly answer: Answer;
  /** Whether inputs are images, whose numbers are of one kind: `[channels, height, width]`. */
  readonly isImages: boolean;
  readonly table?: TableColumns;
  /** Sentences that a reader should know. */
  readonly notes: readonly string[];
}

/** How many examples there are. */
export function countOf({ inputs }: Part): number {
  return inputs.shape[0] ?? 0;
}

/** Shape of one example. */
export function exampleShape({ train }: Dataset): readonly number[] {
  return train.inputs.shape.slice(1);
}

/** The same examples in another shape each. */
export function reshaped(part: Part, shape: readonly number[]): Part {
  return { ...part, inputs: { data: part.inputs.data, shape: [countOf(part), ...shape] } };
}
