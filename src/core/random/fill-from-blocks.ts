/** Walk the stream of a key one block at a time, for the distributions that make one number of two words. */
import { type Key, keyWords, PURPOSE } from "./key.ts";
import { threefry2x32Into } from "./threefry.ts";

/**
 * Set every element of `out` from the two words of its own block of the stream, element i from words 2i and
 * 2i + 1.
 */
export function fillFromBlocks(
  key: Key,
  out: Float64Array | Float32Array,
  fromWords: (word0: number, word1: number) => number,
): void {
  const [key0, key1] = keyWords(key);
  const block = new Uint32Array(2);
  for (let i = 0; i < out.length; i += 1) {
    threefry2x32Into(key0, key1, i, PURPOSE.STREAM, block, 0);
    out[i] = fromWords(block[0] ?? 0, block[1] ?? 0);
  }
}
