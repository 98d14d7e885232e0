/** The stream of random words of a key. */
import { type Key, keyWords, PURPOSE } from "./key.ts";
import { threefry2x32Into } from "./threefry.ts";

/**
 * Fill `out` with random words. Words 2i and 2i + 1 are the block of counter (i, 0): what stands at a place
 * depends on the key and the place alone, so a longer array begins with the shorter one. Throws ArgumentError
 * for a malformed key.
 *
 * Example: `fillBits(seedKey(1), new Uint32Array(1000))`.
 */
export function fillBits(key: Key, out: Uint32Array): Uint32Array {
  const [key0, key1] = keyWords(key);
  const pairs = out.length >>> 1;
  for (let i = 0; i < pairs; i += 1) threefry2x32Into(key0, key1, i, PURPOSE.STREAM, out, 2 * i);
  if (out.length % 2 === 1) {
    const block = new Uint32Array(2);
    threefry2x32Into(key0, key1, pairs, PURPOSE.STREAM, block, 0);
    out[out.length - 1] = block[0] ?? 0;
  }
  return out;
}
