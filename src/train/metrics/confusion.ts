/** Which classes are taken for which, and the scores of classes that follow: precision, recall and F₁. van Rijsbergen (1979), Information Retrieval, chapter 7. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError, IndexError, ShapeError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** Numbers of classes, one for each example. */
export type ClassNumbers = Tensor | ArrayLike<number>;

/** How often each class was taken for each: `counts[actual][predicted]`. Plain data. */
export interface ConfusionMatrix {
  readonly counts: readonly (readonly number[])[];
  readonly examples: number;
}

/** How well a class is recognised. Where there is nothing to divide by, a score is 0, as in scikit-learn. */
export interface ClassScores {
  /** The share of the examples taken for it that are of it. */
  readonly precision: number;
  /** The share of its examples that were taken for it. */
  readonly recall: number;
  /** The harmonic mean of both, 2 P R / (P + R). */
  readonly f1: number;
  /** The number of its examples. */
  readonly examples: number;
}

/** Scores of a confusion matrix. */
export interface ConfusionScores {
  readonly accuracy: number;
  readonly classes: readonly ClassScores[];
  /** The means over the classes that were there or were predicted, each with the same say. */
  readonly mean: Omit<ClassScores, "examples">;
}

/**
 * Counts which classes were taken for which. In reports: rows are what is, columns what was said.
 *
 * ```ts
 * confusionMatrix([0, 1, 1, 0], [0, 1, 0, 0], 2).counts; // → [ [ 2, 1 ], [ 0, 1 ] ]
 * ```
 *
 * @throws ArgumentError unless `classes` is a whole number ≥ 1; ShapeError where lengths differ; IndexError for a class out of range.
 */
export function confusionMatrix(
  predicted: ClassNumbers,
  actual: ClassNumbers,
  classes: number,
): ConfusionMatrix {
  if (!Number.isSafeInteger(classes) || classes < 1)
    throw new ArgumentError(
      `confusionMatrix: the number of classes is a whole number ≥ 1; got ${showValue(classes)}`,
    );
  const [said, is] = [predicted, actual].map((numbers) =>
    numbers instanceof Tensor ? numbers.toTypedArray() : numbers,
  );
  if (said === undefined || is === undefined || said.length !== is.length)
    throw new ShapeError(
      `confusionMatrix: needs a prediction for each of the ${is?.length} examples; got ${said?.length}`,
    );
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < is.length; i++) {
    const row = counts[at(is, i)];
    const column = at(said, i);
    if (row?.[column] === undefined)
      throw new IndexError(
        `confusionMatrix: classes are numbered from 0 to ${classes - 1}; example ${i} is ${is[i]} and was taken for ${column}`,
      );
    row[column] += 1;
  }
  return { counts, examples: is.length };
}

/**
 * Precision, recall and F₁ of each class.
 *
 * ```ts
 * const scores = confusionScores(confusionMatrix([0, 1, 1, 0], [0, 1, 0, 0], 2));
 * scores.accuracy; // → 0.75
 * scores.classes[1]; // → { precision: 0.5, recall: 1, f1: 0.6666666666666666, examples: 1 }
 * ```
 */
export function confusionScores({ counts, examples }: ConfusionMatrix): ConfusionScores {
  let right = 0;
  const classes = counts.map((row, k): ClassScores & { readonly predicted: number } => {
    const hits = at(row, k);
    const actual = row.reduce((sum, count) => sum + count, 0);
    const predicted = counts.reduce((sum, other) => sum + at(other, k), 0);
    right += hits;
    return {
      precision: share(hits, predicted),
      recall: share(hits, actual),
      f1: share(2 * hits, predicted + actual),
      examples: actual,
      predicted,
    };
  });
  const met = classes.filter((one) => one.examples + one.predicted > 0);
  const meanOf = (name: "precision" | "recall" | "f1"): number =>
    share(
      met.reduce((sum, one) => sum + one[name], 0),
      met.length,
    );
  return {
    accuracy: share(right, examples),
    classes: classes.map(({ predicted: _, ...scores }) => scores),
    mean: { precision: meanOf("precision"), recall: meanOf("recall"), f1: meanOf("f1") },
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
