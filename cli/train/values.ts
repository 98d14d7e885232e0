/** Values of the options of `nabla train` as they are typed, read for Commander. */

import { InvalidArgumentError } from "commander";
import { constantValue } from "../point.ts";

/** How often something is done. */
export type Interval =
  | { readonly everySteps: number }
  | { readonly everyEpochs: number }
  | { readonly everySeconds: number };

/** A whole number ≥ 1. */
export function readWhole(text: string): number {
  const value = constantValue(text);
  if (value !== undefined && value >= 1 && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("Give a whole number ≥ 1, such as 10.");
}

/** A finite number above 0. */
export function readAbove(text: string): number {
  const value = constantValue(text);
  if (value !== undefined && value > 0 && value < Infinity) return value;
  throw new InvalidArgumentError("Give a number above 0, such as 1e-3.");
}

/** A number between 0 and 1. */
export function readShare(text: string): number {
  const value = constantValue(text);
  if (value !== undefined && value > 0 && value < 1) return value;
  throw new InvalidArgumentError("Give a share between 0 and 1, such as 0.1.");
}

/** The examples of a step: a whole number, or all. */
export function readBatch(text: string): number | "full" {
  return text === "full" ? text : readWhole(text);
}

/** A list of names: `a,b`, given once or several times. */
export function readNames(text: string, before: readonly string[] = []): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.every((name) => name !== "")) return [...before, ...names];
  throw new InvalidArgumentError("Give names with commas between them, such as age,income.");
}

/** A list of numbers above 0: `0.1,0.03,0.01`. */
export function readRates(text: string): number[] {
  const rates = text.split(",").map(constantValue);
  const known = rates.filter((rate) => rate !== undefined && rate > 0 && rate < Infinity);
  if (known.length === rates.length) return known.filter((rate) => rate !== undefined);
  throw new InvalidArgumentError("Give rates above 0 with commas between them, such as 0.1,0.03,0.01.");
}

/** Weights of classes: `balanced`, or one for each class. */
export function readWeights(text: string): "balanced" | number[] {
  if (text === "balanced") return text;
  const weights = text.split(",").map(constantValue);
  const known = weights.filter((weight) => weight !== undefined && weight >= 0 && weight < Infinity);
  if (known.length === weights.length && known.length > 1) return known.filter((one) => one !== undefined);
  throw new InvalidArgumentError("Say balanced, or give each class a weight, such as 1,2,1.");
}

/** How often: `500steps`, `2 epochs`, `30s`; a number alone counts steps. */
export function readInterval(text: string): Interval {
  const [, number = "", unit = ""] = /^\s*(\d+(?:\.\d+)?(?:e\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const count = constantValue(number) ?? Number.NaN;
  const isWhole = Number.isSafeInteger(count) && count >= 1;
  if (isWhole && /^(steps?)?$/i.test(unit)) return { everySteps: count };
  if (isWhole && /^epochs?$/i.test(unit)) return { everyEpochs: count };
  if (count > 0 && count < Infinity && /^(s|sec|seconds?)$/i.test(unit)) return { everySeconds: count };
  if (count > 0 && count < Infinity && /^(min|minutes?)$/i.test(unit)) return { everySeconds: 60 * count };
  throw new InvalidArgumentError("Say 500steps, 2epochs, 30s or 5min.");
}
