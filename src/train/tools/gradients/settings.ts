/** Options that the tools about gradients share, and their checks. */
import { showValue } from "../../../core/checks.ts";
import { ArgumentError } from "../../../core/errors.ts";
import { upperNormalQuantile } from "../../../core/random/normal-quantile.ts";
import type { NumberSetting, PartSetting } from "../../../solver/card.ts";

/** Where batches are drawn from. */
export const seedSetting: NumberSetting = {
  kind: "number",
  name: "seed",
  meaning: "batches are drawn from it",
  default: 0,
  source: "Nabla",
  range: "(-∞, ∞)",
};

/** How many batches are drawn. */
export const repeatsSetting = (least: number, standard: number): NumberSetting => ({
  kind: "number",
  name: "repeats",
  meaning: "batches of each size",
  default: standard,
  source: "Nabla",
  range: `[${least}, ∞)`,
  integer: true,
});

/** An option that is checked by itself. */
export const partSetting = (name: string, meaning: string, standard: string): PartSetting => ({
  kind: "part",
  name,
  meaning,
  default: standard,
  source: "Nabla",
});

/** Powers of 4, so that each standard error is half the one before. */
const usualSizes = [1, 4, 16, 64, 256] as const;

/** The batch sizes asked for, ascending; without them the usual ones that are less than there are examples. */
export function readSizes(call: string, sizes: unknown, count: number, replacement: boolean): number[] {
  if (sizes === undefined) return usualSizes.filter((size) => size === 1 || size < count);
  const most = replacement ? Infinity : count;
  const fits = (size: unknown): boolean =>
    Number.isInteger(size) && Number(size) >= 1 && Number(size) <= most;
  if (!Array.isArray(sizes) || sizes.length === 0 || !sizes.every(fits))
    throw new ArgumentError(
      `${call}({ sizes }): must be a list of batch sizes, whole numbers from 1${replacement ? "" : ` to the ${count} examples there are, unless they are drawn with replacement`}; got ${showValue(sizes)}`,
    );
  return [...new Set(sizes.map(Number))].sort((a, b) => a - b);
}

/** Whether examples are put back. */
export function readReplacement(call: string, replacement: unknown): boolean {
  if (replacement === undefined) return true;
  if (typeof replacement === "boolean") return replacement;
  throw new ArgumentError(`${call}({ replacement }): must be true or false; got ${showValue(replacement)}`);
}

/** How many standard errors an interval reaches to each side so as to hold the truth with this probability. */
export const reachOf = (confidence: number): number => upperNormalQuantile((1 - confidence) / 2);
