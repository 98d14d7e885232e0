/** Examples are split at random into a part to learn from and a part to judge by: lists of rows, no copies. */
import { checkOptions, showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { entry } from "../../core/vector.ts";
import type { Key } from "../../tensor/operations/random.ts";
import { permutation } from "../../tensor/operations/random.ts";
import { countClasses } from "../labels.ts";

/** The rows of both parts, in ascending order. */
export interface Split {
  /** To learn from. */
  readonly training: Int32Array;
  /** To judge by. */
  readonly validation: Int32Array;
}

/** Options of `splitExamples`. */
export interface SplitOptions {
  /** Each example's class, `[n]`: both parts then have the classes in the same proportions. Default: drawn without regard to classes. */
  readonly stratify?: ArrayLike<number>;
}

/**
 * Draws the share of n examples that is kept for judging. With `stratify` it is drawn from each class by itself, the numbers rounded so that they
 * add up (largest remainders first), and no class is left without an example to learn from.
 *
 * @param count how many examples there are.
 * @param share the part to judge by, in (0, 1); rounded to one example or more.
 * @param key randomness: the same key splits alike.
 * @throws ArgumentError for fewer than two examples, a share outside of (0, 1), or classes that are not as many as examples.
 *
 * ```ts
 * const { training, validation } = splitExamples(10, 0.2, randomKey(1), { stratify: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1] });
 * training.length; // → 8
 * [...validation].map((row) => (row < 5 ? 0 : 1)); // → [ 0, 1 ]
 * ```
 */
export function splitExamples(count: number, share: number, key: Key, options: SplitOptions = {}): Split {
  checkOptions("splitExamples", options, ["stratify"]);
  if (!Number.isSafeInteger(count) || count < 2)
    throw new ArgumentError(`splitExamples: needs two examples or more; got ${showValue(count)}`);
  if (!(typeof share === "number" && share > 0 && share < 1))
    throw new ArgumentError(
      `splitExamples: the share to judge by lies in (0, 1); got ${showValue(share)}; a tenth is 0.1`,
    );
  const { stratify } = options;
  if (stratify !== undefined && stratify.length !== count)
    throw new ArgumentError(
      `splitExamples({ stratify }): needs a class for each of the ${count} examples; got ${stratify.length}`,
    );
  const classes = stratify ?? new Int32Array(count);
  const wanted = Math.min(count - 1, Math.max(1, Math.round(share * count)));
  const left = quotas(countClasses("splitExamples({ stratify })", classes), wanted, count);
  const isKept = new Uint8Array(count);
  for (const row of permutation(key, count).toTypedArray()) {
    const one = classes[row] ?? 0;
    if (entry(left, one) === 0) continue;
    left[one] = entry(left, one) - 1;
    isKept[row] = 1;
  }
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  return {
    training: rows.filter((row) => isKept[row] === 0),
    validation: rows.filter((row) => isKept[row] === 1),
  };
}

/** How many of each class are kept: its share rounded down, the rest by largest remainder, one of each class left over. */
function quotas(sizes: Int32Array, wanted: number, count: number): Float64Array {
  const exact = Float64Array.from(sizes, (size) => (size * wanted) / count);
  const quota = exact.map((value, one) => Math.max(0, Math.min(Math.floor(value), (sizes[one] ?? 0) - 1)));
  const remainder = (one: number): number => entry(exact, one) - entry(quota, one);
  const order = [...quota.keys()].sort((a, b) => remainder(b) - remainder(a) || a - b);
  let missing = wanted - quota.reduce((sum, value) => sum + value, 0);
  // Classes of one example cannot give any, so that others may have to give twice, or the part stays smaller.
  for (let given = true; missing > 0 && given; ) {
    given = false;
    for (const one of order) {
      if (missing === 0 || entry(quota, one) >= (sizes[one] ?? 0) - 1) continue;
      quota[one] = entry(quota, one) + 1;
      missing--;
      given = true;
    }
  }
  return quota;
}
