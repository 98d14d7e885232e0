/**
 * Threefry-2x32-20. The known answers are those published with the paper: file `kat_vectors` of Random123
 * (Salmon et al.), lines `threefry2x32 20`.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { threefry2x32 } from "./threefry.ts";

const ALL_ONES = 0xffffffff;

describe("threefry2x32", () => {
  test("gives the published answers", () => {
    expect(threefry2x32(0, 0, 0, 0)).toEqual([0x6b200159, 0x99ba4efe]);
    expect(threefry2x32(ALL_ONES, ALL_ONES, ALL_ONES, ALL_ONES)).toEqual([0x1cb996fc, 0xbb002be7]);
    expect(threefry2x32(0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3)).toEqual([0xc4923a9c, 0x483df7a0]);
  });

  test("reads signed words as their bits", () => {
    expect(threefry2x32(-1, -1, -1, -1)).toEqual(threefry2x32(ALL_ONES, ALL_ONES, ALL_ONES, ALL_ONES));
  });

  test("turns half of the 64 bits over when one bit of key or counter is turned", () => {
    const word = fc.integer({ min: 0, max: ALL_ONES });
    let turned = 0;
    let trials = 0;
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), fc.nat(127), (words, bit) => {
        const [a, b, c, d] = words;
        const flip = (place: number): number => (bit >> 5 === place ? 1 << (bit & 31) : 0);
        const before = threefry2x32(a, b, c, d);
        const after = threefry2x32(a ^ flip(0), b ^ flip(1), c ^ flip(2), d ^ flip(3));
        turned += bitCount(before[0] ^ after[0]) + bitCount(before[1] ^ after[1]);
        trials += 64;
      }),
      { seed: 1, numRuns: 2000 },
    );
    // 4.9 standard deviations of a binomial: passed by all but one in a million generators of fair bits.
    expect(Math.abs(turned - trials / 2)).toBeLessThan(4.9 * Math.sqrt(trials / 4));
  });
});

function bitCount(word: number): number {
  let count = 0;
  for (let rest = word >>> 0; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
