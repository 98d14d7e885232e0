/** Seeds, keys and their splitting. Bounds on statistics are passed with probability 1 - 1e-6. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../errors.ts";
import { fillBits } from "./fill-bits.ts";
import { fillNormal } from "./fill-normal.ts";
import { fold, type Key, seedKey, splitKey } from "./key.ts";

const text = (key: Key): string => `${key[0]},${key[1]}`;

describe("seedKey", () => {
  test("gives different keys to different seeds, of any size and sign", () => {
    const seeds = [
      0,
      1,
      -1,
      2,
      0.5,
      1e-300,
      Number.MAX_SAFE_INTEGER,
      Number.MAX_SAFE_INTEGER - 1,
      2 ** 32,
      -(2 ** 32),
    ];
    const more = Array.from({ length: 10_000 }, (_, i) => i + 3);
    expect(new Set([...seeds, ...more].map((seed) => text(seedKey(seed)))).size).toBe(
      seeds.length + more.length,
    );
  });

  test("takes 0 and -0 for the same seed", () => {
    expect(seedKey(-0)).toEqual(seedKey(0));
  });

  test("refuses what is not a finite number", () => {
    for (const seed of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => seedKey(seed)).toThrow(ArgumentError);
    expect(() => seedKey(Number.NaN)).toThrow("A seed must be a finite number, such as 42; got NaN.");
  });
});

describe("splitKey and fold", () => {
  test("give the same first keys however many are asked for", () => {
    const key = seedKey(3);
    expect(splitKey(key, 5).slice(0, 2)).toEqual(splitKey(key, 2));
    expect(splitKey(key, 0)).toEqual([]);
  });

  test("give keys that are neither each other's nor blocks of the parent's stream", () => {
    const key = seedKey(4);
    const bits = fillBits(key, new Uint32Array(20_000));
    const blocks = Array.from({ length: 10_000 }, (_, i) => `${bits[2 * i]},${bits[2 * i + 1]}`);
    const children = splitKey(key, 10_000).map(text);
    const folded = Array.from({ length: 10_000 }, (_, i) => text(fold(key, i)));
    expect(new Set([...blocks, ...children, ...folded]).size).toBe(30_000);
  });

  test("give streams that do not correlate with the parent's or with each other", () => {
    const n = 20_000;
    const key = seedKey(5);
    const keys = [key, ...splitKey(key, 3), fold(key, 0), fold(key, 1)];
    const streams = keys.map((one) => fillNormal(one, new Float64Array(n)));
    streams.forEach((left, i) => {
      for (const right of streams.slice(i + 1)) {
        const product = left.reduce((sum, value, place) => sum + value * (right[place] ?? 0), 0);
        // The sum of n products of independent normals is normal with variance n; 15 pairs, hence 5.4
        // deviations.
        expect(Math.abs(product)).toBeLessThan(5.4 * Math.sqrt(n));
      }
    });
  });

  test("read a key held in an Int32Array as its bits", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (seed) => {
        const key = seedKey(seed);
        expect(splitKey(Int32Array.from(key), 2)).toEqual(splitKey(key, 2));
        expect(fold(Uint32Array.from(key), 9)).toEqual(fold(key, 9));
      }),
      { seed: 1 },
    );
  });

  test("refuse counts, data and keys that are not 32-bit integers", () => {
    const key = seedKey(1);
    for (const bad of [-1, 1.5, Number.NaN, 2 ** 32]) {
      expect(() => splitKey(key, bad)).toThrow(ArgumentError);
      expect(() => fold(key, bad)).toThrow(ArgumentError);
      expect(() => splitKey([bad < 0 ? -(2 ** 31) - 1 : bad, 0], 1)).toThrow(ArgumentError);
    }
    expect(() => splitKey(new Uint32Array(3), 1)).toThrow(/made by `seedKey\(seed\)`; got \[0, 0, 0\]/);
  });
});
