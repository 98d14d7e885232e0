/** Dropout by its properties: Srivastava et al. (2014), the mean is the same; five standard errors wide. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grad } from "../../autodiff/index.ts";
import { compile } from "../../compiler/index.ts";
import { normal, ones, randomKey, type Tensor } from "../../tensor/index.ts";
import { dropout } from "./dropout.ts";

const training = (seed: number) => ({ training: true, key: randomKey(seed) });

describe("dropout", () => {
  test("drops its share, keeps the mean, and scales what is left", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.95, noNaN: true }), fc.integer(), (rate, seed) => {
        const count = 4000;
        const y = dropout({ rate })
          .apply({}, ones([count]), training(seed))
          .toTypedArray();
        const kept = y.filter((value) => value !== 0);
        for (const value of kept) expect(value).toBeCloseTo(1 / (1 - rate), 12);
        expect(Math.abs(kept.length / count - (1 - rate))).toBeLessThan(
          5 * Math.sqrt((rate * (1 - rate)) / count),
        );
      }),
      { seed: 7 },
    );
  });

  test("does nothing where nobody trains, or with a rate of 0", () => {
    const x = normal(randomKey(1), [5]);
    expect(dropout().apply({}, x)).toBe(x);
    expect(dropout().apply({}, x, { key: randomKey(1) })).toBe(x);
    expect(dropout({ rate: 0 }).apply({}, x, { training: true })).toBe(x);
  });

  test("one key drops the same, in float32 and float64, run and compiled; another key others", () => {
    const layer = dropout({ rate: 0.3 });
    const mask = (x: Tensor, seed: number): unknown =>
      layer.apply({}, x, training(seed)).notEqual(0).toArray();
    const x = ones([50]);
    expect(mask(x, 3)).toEqual(mask(x.cast("float32"), 3));
    expect(mask(x, 3)).not.toEqual(mask(x, 4));
    const compiled = compile((at: Tensor, key: Tensor) => layer.apply({}, at, { training: true, key }));
    expect(compiled(x, randomKey(3)).notEqual(0).toArray()).toEqual(mask(x, 3));
    expect(compiled(x, randomKey(4)).notEqual(0).toArray()).toEqual(mask(x, 4));
  });

  test("no gradient flows through what fell out, and keeps the dtype", () => {
    const layer = dropout({ rate: 0.5 });
    const x = ones([20], "float32");
    const y = layer.apply({}, x, training(5));
    expect(y.dtype).toBe("float32");
    const slope = grad((at: Tensor) => layer.apply({}, at, training(5)).sum())(x);
    expect(slope.toArray()).toEqual(y.toArray());
  });

  test("errors", () => {
    expect(() => dropout().apply({}, ones([2]), { training: true })).toThrow(
      "dropout 0.5: needs a key while training, another one for every step: apply(parameters, x, { training: true, key })",
    );
    expect(() => dropout({ rate: 1 })).toThrow("dropout({ rate }): must be a number in [0, 1); got 1");
    expect(() => dropout({ rate: -0.1 })).toThrow("got -0.1");
  });
});
