/** Uniform random numbers in [0, 1), every multiple of 2⁻⁵³ (float32: 2⁻²⁴) equally likely. */
import { fillBits } from "./fill-bits.ts";
import { fillFromBlocks } from "./fill-from-blocks.ts";
import type { Key } from "./key.ts";

/** 53 bits: the upper 27 of one word and the upper 26 of the other. */
function uniform53(word0: number, word1: number): number {
  return ((word0 >>> 5) * 2 ** 26 + (word1 >>> 6)) * 2 ** -53;
}

/**
 * Fill `out` with uniform numbers from [0, 1): a double from 53 bits of its own block, a float32 from the
 * upper 24 bits of its own word. A longer array begins with the shorter one; the bits are the same on every
 * platform. Throws ArgumentError for a malformed key.
 *
 * Example: `fillUniform(seedKey(1), new Float64Array(3))`.
 */
export function fillUniform<Out extends Float64Array | Float32Array>(key: Key, out: Out): Out {
  if (out instanceof Float64Array) {
    fillFromBlocks(key, out, uniform53);
    return out;
  }
  const words = fillBits(key, new Uint32Array(out.length));
  for (let i = 0; i < out.length; i += 1) out[i] = ((words[i] ?? 0) >>> 8) * 2 ** -24;
  return out;
}
