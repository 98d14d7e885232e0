/** Labels of classes: texts or numbers on the outside, 0, 1, 2, … inside. */
import { showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { closest } from "../expression/formula/closest.ts";

/** What people call a class. */
export type Label = string | number;

/** Labels and the number of each example's class. */
export interface EncodedLabels {
  /** Class i is called `labels[i]`. */
  readonly labels: readonly Label[];
  /** `[n]`. */
  readonly classes: Int32Array;
}

/**
 * Numbers the classes by their labels in order: numbers by size, texts by their characters.
 *
 * @param values a label for each example: all texts, or all finite numbers.
 * @param labels those known already, in their order; default: those found.
 * @throws ArgumentError for no labels, numbers among texts, NaN, and labels that are not among the known ones.
 *
 * ```ts
 * encodeLabels(["dog", "cat", "dog"]); // → { labels: [ "cat", "dog" ], classes: Int32Array(3) [ 1, 0, 1 ] }
 * ```
 */
export function encodeLabels(values: ArrayLike<Label>, labels?: readonly Label[]): EncodedLabels {
  const list = typeof values === "object" && values !== null ? Array.from(values) : [];
  checkLabels(list, values);
  const known = labels ?? [...new Set(list)].sort(inOrder);
  const places = new Map(known.map((label, place) => [label, place]));
  const classes = Int32Array.from(list, (label, i) => places.get(label) ?? unknownLabel(label, i, known));
  return { labels: known, classes };
}

function checkLabels(list: readonly Label[], values: unknown): void {
  const [first] = list;
  if (first === undefined)
    throw new ArgumentError(`encodeLabels: needs a label for each example; got ${showValue(values)}`);
  const kind = typeof first === "number" ? "number" : "string";
  const wrong = list.findIndex((label) => typeof label !== kind || Number.isNaN(label));
  if (wrong < 0) return;
  const beside = wrong > 0 ? ` where the first is ${showValue(first)}` : "";
  throw new ArgumentError(
    `encodeLabels: labels are all texts or all numbers; label ${wrong} is ${showValue(list[wrong])}${beside}`,
  );
}

function inOrder(a: Label, b: Label): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function unknownLabel(label: Label, place: number, known: readonly Label[]): never {
  const near = typeof label === "string" ? closest(label, known.map(String)) : undefined;
  const hint = near === undefined ? `they are ${showValue(known)}` : `did you mean ${showValue(near)}?`;
  throw new ArgumentError(
    `encodeLabels: label ${place}, ${showValue(label)}, is none of the known ones; ${hint}`,
  );
}

/**
 * Weights that make every class count alike, n / (k nᵢ) for class i with nᵢ of n examples in k classes. The mean weight of an example is 1.
 * King & Zeng (2001), "Logistic regression in rare events data"; scikit-learn's "balanced".
 *
 * @param classes each example's class, from 0.
 * @param count how many classes there are; default: one more than the largest.
 * @throws ArgumentError for a class that is out of range, or has no examples.
 *
 * ```ts
 * classWeightsBalanced(Int32Array.of(0, 0, 0, 1)); // → Float64Array(2) [ 0.6666666666666666, 2 ]
 * ```
 */
export function classWeightsBalanced(classes: ArrayLike<number>, count?: number): Float64Array {
  const counts = countClasses("classWeightsBalanced", classes, count);
  const empty = counts.indexOf(0);
  if (empty >= 0)
    throw new ArgumentError(
      `classWeightsBalanced: class ${empty} has no examples to give weight to; add some, or number the classes without it (encodeLabels)`,
    );
  return Float64Array.from(counts, (own) => classes.length / (counts.length * own));
}

/** How many examples each class has. */
export function countClasses(call: string, classes: ArrayLike<number>, count?: number): Int32Array {
  let largest = -1;
  for (let i = 0; i < classes.length; i++) {
    const one = classes[i] ?? Number.NaN;
    if (!Number.isInteger(one) || one < 0 || one >= (count ?? mostClasses))
      throw new ArgumentError(
        `${call}: classes are whole numbers from 0 ${count === undefined ? "on" : `to ${count - 1}`}; example ${i} has ${showValue(classes[i])}`,
      );
    largest = Math.max(largest, one);
  }
  const counts = new Int32Array(count ?? largest + 1);
  if (counts.length === 0) throw new ArgumentError(`${call}: needs each example's class; got none`);
  for (let i = 0; i < classes.length; i++) {
    const one = classes[i] ?? 0;
    counts[one] = (counts[one] ?? 0) + 1;
  }
  return counts;
}

/** More classes are taken for a mistake rather than counted. */
const mostClasses = 2 ** 20;
