/** The stream of words. Bounds on statistics are passed with probability 1 - 1e-6 by fair bits. */
import { describe, expect, test } from "vitest";
import { fillBits } from "./fill-bits.ts";
import { seedKey } from "./key.ts";
import { threefry2x32 } from "./threefry.ts";

describe("fillBits", () => {
  test("lays out block i at words 2i and 2i + 1", () => {
    const bits = fillBits([7, 8], new Uint32Array(6));
    expect([...bits]).toEqual([0, 1, 2].flatMap((i) => threefry2x32(7, 8, i, 0)));
  });

  test("begins a longer array with the shorter one, odd lengths too", () => {
    const long = fillBits(seedKey(1), new Uint32Array(101));
    for (const length of [0, 1, 2, 3, 50, 99]) {
      expect(fillBits(seedKey(1), new Uint32Array(length))).toEqual(long.slice(0, length));
    }
  });

  test("has every byte equally often at every place in a word", () => {
    const words = fillBits(seedKey(2), new Uint32Array(200_000));
    for (const shift of [0, 8, 16, 24]) {
      const counts = new Array<number>(256).fill(0);
      for (const word of words) counts[(word >>> shift) & 255] = (counts[(word >>> shift) & 255] ?? 0) + 1;
      const expected = words.length / 256;
      const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      // The upper 1e-6 quantile of χ² with 255 degrees of freedom (SciPy's chi2.isf).
      expect(chiSquare).toBeLessThan(377.08);
    }
  });
});
