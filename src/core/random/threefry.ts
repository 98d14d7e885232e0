/**
 * Threefry-2x32 with 20 rounds: a block cipher's skeleton as a random function of (key, counter).
 * Salmon, Moraes, Dror & Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC'11: rotations from its
 * table of Threefry constants; the parity constant is that of the Skein specification 1.3.
 *
 * For one key it is a bijection of the 2⁶⁴ counters: different counters never give the same block.
 */

const PARITY = 0x1bd11bda;

/** Write the block of (key, counter) to out[at] and out[at + 1]. All words are read modulo 2³². */
export function threefry2x32Into(
  key0: number,
  key1: number,
  counter0: number,
  counter1: number,
  out: Uint32Array,
  at: number,
): void {
  // The key schedule is (a, b, c), turned by one place with every group of four rounds.
  let a = key0 | 0;
  let b = key1 | 0;
  let c = a ^ b ^ PARITY;
  let x = (counter0 + a) | 0;
  let y = (counter1 + b) | 0;
  // Groups 1 ... 5 use the two sets of rotations in turn; the loop leaves after the first set of its third
  // pass.
  for (let group = 1; ; group += 2) {
    x = (x + y) | 0;
    y = ((y << 13) | (y >>> 19)) ^ x;
    x = (x + y) | 0;
    y = ((y << 15) | (y >>> 17)) ^ x;
    x = (x + y) | 0;
    y = ((y << 26) | (y >>> 6)) ^ x;
    x = (x + y) | 0;
    y = ((y << 6) | (y >>> 26)) ^ x;
    x = (x + b) | 0;
    y = (y + c + group) | 0;
    if (group === 5) break;
    x = (x + y) | 0;
    y = ((y << 17) | (y >>> 15)) ^ x;
    x = (x + y) | 0;
    y = ((y << 29) | (y >>> 3)) ^ x;
    x = (x + y) | 0;
    y = ((y << 16) | (y >>> 16)) ^ x;
    x = (x + y) | 0;
    y = ((y << 24) | (y >>> 8)) ^ x;
    x = (x + c) | 0;
    y = (y + a + group + 1) | 0;
    const turned = c;
    c = b;
    b = a;
    a = turned;
  }
  out[at] = x;
  out[at + 1] = y;
}

/**
 * The two random words (uint32) of one key and one counter, each given as two words.
 *
 * Example: `threefry2x32(0, 0, 0, 0)` is [0x6b200159, 0x99ba4efe].
 */
export function threefry2x32(
  key0: number,
  key1: number,
  counter0: number,
  counter1: number,
): readonly [number, number] {
  const block = new Uint32Array(2);
  threefry2x32Into(key0, key1, counter0, counter1, block, 0);
  const [word0 = 0, word1 = 0] = block;
  return [word0, word1];
}
