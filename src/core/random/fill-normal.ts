/** Standard normal random numbers by inversion: one block, one number. */

import { fillFromBlocks } from "./fill-from-blocks.ts";
import type { Key } from "./key.ts";
import { upperNormalQuantile } from "./normal-quantile.ts";

/** One bit is the sign, the other 63 a probability in the middle of its cell, from 2⁻⁶⁵ to 1/2. */
function normalFromWords(word0: number, word1: number): number {
  const probability = ((word0 & 0x7fffffff) * 2 ** 32 + word1 + 0.5) * 2 ** -64;
  const size = upperNormalQuantile(probability);
  return word0 >>> 31 === 1 ? -size : size;
}

/**
 * Fill `out` with standard normal numbers, element i from words 2i and 2i + 1 of the key's stream: a longer
 * array begins with the shorter one. Symmetric to the bit, never infinite, and faithful in the tails as far
 * as 64 bits reach, |z| < 9.1. Only arithmetic and square roots are used, so the numbers are the same bits on
 * every platform (float32: those of float64, rounded). Throws ArgumentError for a malformed key.
 *
 * Example: `fillNormal(seedKey(1), new Float64Array(3))`.
 */
export function fillNormal<Out extends Float64Array | Float32Array>(key: Key, out: Out): Out {
  fillFromBlocks(key, out, normalFromWords);
  return out;
}
