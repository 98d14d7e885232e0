/**
 * Keys: 64 bits that name a stream of random numbers, made from a seed, split into independent ones, never
 * changed.
 *
 * Whatever is drawn with a key is a block of Threefry at a counter (index, purpose). The purposes below keep
 * the uses apart: under one key Threefry is a bijection, so a child key is never a block of its parent's
 * stream, nor another child.
 */
import { ArgumentError } from "../errors.ts";
import { threefry2x32 } from "./threefry.ts";

/** Two 32-bit words; signed ones are read as their bits, so that a key may be held in an Int32Array. */
export type Key = readonly [number, number] | Uint32Array | Int32Array;

/** The second counter word of each use of a key. PERMUTATION is the last: attempts are counted up from it. */
export const PURPOSE = { STREAM: 0, SPLIT: 1, FOLD: 2, PERMUTATION: 3 } as const;

/** A fixed key (the first 64 bits of π's fraction) under which seeds are scrambled. */
const SEED_KEY = [0x243f6a88, 0x85a308d3] as const;

/**
 * The key of a seed. The seed's 64 bits as a double are scrambled by a bijection: different seeds give
 * different keys, and seeds 1, 2, 3 ... give keys that have nothing in common. 0 and -0 are the same seed.
 * Throws ArgumentError when the seed is not a finite number.
 *
 * Example: `const [forWeights, forBatches] = splitKey(seedKey(7), 2)`.
 */
export function seedKey(seed: number): readonly [number, number] {
  if (typeof seed !== "number" || !Number.isFinite(seed)) {
    throw new ArgumentError(`A seed must be a finite number, such as 42; got ${String(seed)}.`);
  }
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, seed === 0 ? 0 : seed);
  return threefry2x32(SEED_KEY[0], SEED_KEY[1], bits.getUint32(4), bits.getUint32(0));
}

/**
 * n keys whose streams are independent of each other and of the parent's. The first keys are the same
 * whatever n is. Throws ArgumentError unless n is an integer from 0 to 2³² - 1.
 *
 * Example: `const [left, right] = splitKey(seedKey(1), 2)`.
 */
export function splitKey(key: Key, n: number): (readonly [number, number])[] {
  if (!isWord(n))
    throw new ArgumentError(`\`splitKey(key, n)\` needs an integer n from 0 to 2³² - 1; got ${n}.`);
  const [key0, key1] = keyWords(key);
  return Array.from({ length: n }, (_, child) => threefry2x32(key0, key1, child, PURPOSE.SPLIT));
}

/**
 * The key of a key and a number, such as that of one step or one worker: different data give different keys,
 * none of them one of `splitKey`. Throws ArgumentError unless data is an integer from 0 to 2³² - 1.
 *
 * Example: `const keyOfStep = fold(seedKey(1), 1000)`.
 */
export function fold(key: Key, data: number): readonly [number, number] {
  if (!isWord(data)) {
    throw new ArgumentError(`\`fold(key, data)\` needs an integer from 0 to 2³² - 1; got ${data}.`);
  }
  const [key0, key1] = keyWords(key);
  return threefry2x32(key0, key1, data, PURPOSE.FOLD);
}

/** The two words of a key. Throws ArgumentError when it is not two integers of 32 bits. */
export function keyWords(key: Key): readonly [number, number] {
  const [key0, key1] = key;
  if (key.length !== 2 || !isKeyWord(key0) || !isKeyWord(key1)) {
    throw new ArgumentError(
      `A random key is two 32-bit integers, made by \`seedKey(seed)\`; got [${[...key].join(", ")}].`,
    );
  }
  return [key0 >>> 0, key1 >>> 0];
}

function isWord(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 2 ** 32;
}

function isKeyWord(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 32;
}
