/**
 * Where a stretch of steps comes again: for each step the next one from which on the same kinds of steps follow, for windows of several
 * lengths. Short windows find short loops; long ones see past repetitions inside the body of a loop. Hashes are polynomial
 * (Karp, Rabin 1987); a false match costs a comparison, no more.
 */

/** Steps that have to agree, for each list. */
const windows: readonly number[] = [4, 16, 64, 256];

/** Hops along each list. */
const hops = 3;

const base = 0x01000193;

/** Distances at which the steps behind step t may repeat, each once. */
export type Distances = (t: number) => readonly number[];

/** The distances of a list of kinds. */
export function repeatsOf(kinds: Int32Array): Distances {
  const prefix = prefixHashes(kinds);
  const lists = windows.filter((w) => w < kinds.length).map((w) => nextSame(prefix, kinds.length, w));
  return (t) => {
    const found: number[] = [];
    for (const next of lists) {
      let u = t;
      for (let hop = 0; hop < hops; hop++) {
        u = next[u] ?? -1;
        if (u < 0) break;
        if (!found.includes(u - t)) found.push(u - t);
      }
    }
    return found;
  };
}

/** The hash of the first i kinds, for every i. */
function prefixHashes(kinds: Int32Array): Int32Array {
  const prefix = new Int32Array(kinds.length + 1);
  for (let i = 0; i < kinds.length; i++)
    prefix[i + 1] = (Math.imul(prefix[i] as number, base) + (kinds[i] as number) + 1) | 0;
  return prefix;
}

/** For each place the next one with the same window, or −1. A place that shares its bucket with another may be missed. */
function nextSame(prefix: Int32Array, count: number, window: number): Int32Array {
  let power = 1;
  for (let i = 0; i < window; i++) power = Math.imul(power, base);
  const size = 2 ** Math.ceil(Math.log2(2 * count));
  const heads = new Int32Array(size).fill(-1);
  const hashes = new Int32Array(count);
  const next = new Int32Array(count).fill(-1);
  for (let i = count - window; i >= 0; i--) {
    const hash = ((prefix[i + window] as number) - Math.imul(prefix[i] as number, power)) | 0;
    hashes[i] = hash;
    const bucket = (hash ^ (hash >>> 15)) & (size - 1);
    const head = heads[bucket] as number;
    if (head >= 0 && hashes[head] === hash) next[i] = head;
    heads[bucket] = i;
  }
  return next;
}
