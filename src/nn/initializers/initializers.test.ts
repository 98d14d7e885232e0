/**
 * Initializers by their properties: the moments that the papers derive (five standard errors wide), bounds, orthogonality. Gains are those of PyTorch's
 * `calculate_gain`.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose } from "../../../test/tools/close.ts";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { eye, ones, randomKey, type Tensor } from "../../tensor/index.ts";
import { describeInitializer, initializerFrom, initializers } from "./catalogue.ts";
import { gainOf } from "./gain.ts";
import { heNormal, heUniform } from "./he.ts";
import { drawn, fansOf, type Initializer } from "./initializer.ts";
import { lecunNormal, lecunUniform } from "./lecun.ts";
import { orthogonal } from "./orthogonal.ts";
import { constantWeights, normalWeights, uniformWeights } from "./plain.ts";
import { truncatedNormalWeights } from "./truncated.ts";
import { xavierNormal, xavierUniform } from "./xavier.ts";

const shape = [120, 250];
const key = randomKey(7);
const weightsOf = (initializer: Initializer, at = shape): Tensor => initializer.draw(key, at, fansOf(at));

/** Mean and variance of elements. */
function moments(x: Tensor): { readonly mean: number; readonly variance: number; readonly largest: number } {
  const values = Array.from(x.toTypedArray());
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
  return { mean, variance, largest: Math.max(...values.map(Math.abs)) };
}

// Of 30,000 numbers: the standard errors of a mean and, at most (normal), of a variance.
const count = 120 * 250;
const meanError = 5 / Math.sqrt(count);
const varianceError = 5 * Math.sqrt(2 / count);

const truncated = (sigma: number): number => {
  // 1 − 2·2·φ(2) / (Φ(2) − Φ(−2)): the variance of a normal distribution cut off at two standard deviations.
  const density = Math.exp(-2) / Math.sqrt(2 * Math.PI);
  return sigma ** 2 * (1 - (4 * density) / 0.9544997361036416);
};

describe("moments", () => {
  test.each<[string, Initializer, number, number, number]>([
    ["xavierUniform", xavierUniform(), 0, 2 / 370, Math.sqrt(6 / 370)],
    ["xavierUniform of a gain", xavierUniform({ gain: 3 }), 0, 18 / 370, 3 * Math.sqrt(6 / 370)],
    ["xavierNormal", xavierNormal(), 0, 2 / 370, Infinity],
    ["heNormal", heNormal(), 0, 2 / 250, Infinity],
    ["heNormal of the fan out", heNormal({ fan: "out" }), 0, 2 / 120, Infinity],
    ["heUniform", heUniform(), 0, 2 / 250, Math.sqrt(6 / 250)],
    // What PyTorch's Linear draws from: kaiming_uniform_ with a = √5, which is U(±1/√n).
    ["PyTorch's", heUniform({ gain: Math.sqrt(1 / 3) }), 0, 1 / 750, 1 / Math.sqrt(250)],
    ["lecunNormal", lecunNormal(), 0, 1 / 250, Infinity],
    ["lecunUniform", lecunUniform(), 0, 1 / 250, Math.sqrt(3 / 250)],
    ["orthogonal", orthogonal(), 0, 1 / 250, 1],
    ["orthogonal of a gain", orthogonal({ gain: 2 }), 0, 4 / 250, 2],
    ["truncatedNormalWeights", truncatedNormalWeights({ std: 3 }), 0, truncated(3), 6],
    ["normalWeights", normalWeights({ mean: 5, std: 2 }), 5, 4, Infinity],
    ["uniformWeights", uniformWeights({ low: 1, high: 3 }), 2, 1 / 3, 3],
  ])("%s", (_, initializer, mean, variance, bound) => {
    const made = weightsOf(initializer);
    expect(made.dtype).toBe("float32");
    expect(made.shape).toEqual(shape);
    const found = moments(made);
    expect(Math.abs(found.mean - mean)).toBeLessThan(meanError * Math.sqrt(variance));
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(varianceError);
    // In float32 a bound is reached by rounding.
    expect(found.largest).toBeLessThanOrEqual(bound * (1 + 2 ** -23));
  });

  test("constantWeights", () => {
    expect(weightsOf(constantWeights({ value: 0.5 }), [2, 2]).toArray()).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
  });
});

describe("keys", () => {
  test.each(
    initializers
      .filter(({ card }) => card.name !== "constant-weights")
      .map(({ card, make }) => [card.name, make({})] as const),
  )("%s: one key one matrix, another key another", (_, { draw }) => {
    const at = [6, 5];
    const twice = [7, 7, 8].map((seed) => draw(randomKey(seed), at, fansOf(at)).toArray());
    expect(twice[0]).toEqual(twice[1]);
    expect(twice[0]).not.toEqual(twice[2]);
  });
});

describe("orthogonal", () => {
  test("rows are of unit length and at right angles; columns where there are more rows", () => {
    const side = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 3 }), fc.integer(), (rows, columns, places, seed) => {
        const at = places === 1 ? [rows, columns] : [rows, columns, places];
        const w = orthogonal()
          .draw(randomKey(seed), at, fansOf(at))
          .reshape([rows, columns * places]);
        const isWide = rows <= columns * places;
        const product = isWide ? w.matmul(w.transpose()) : w.transpose().matmul(w);
        // Float32 numbers of size up to 1, some dozen of them in a sum.
        expectClose(product, eye(isWide ? rows : columns * places), 1e-6);
      }),
    );
  });

  test("is spread evenly: no element prefers a sign", () => {
    const drawnOften = Array.from({ length: 400 }, (_, seed) =>
      orthogonal().draw(randomKey(seed), [3, 3], { in: 3, out: 3 }).toTypedArray(),
    );
    for (let i = 0; i < 9; i++) {
      const mean = drawnOften.reduce((sum, w) => sum + (w[i] ?? 0), 0) / 400;
      // An element has mean 0 and variance 1/3.
      expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(1 / 3 / 400));
    }
  });
});

test("fans: places of a kernel count for both", () => {
  expect(fansOf([256, 784])).toEqual({ in: 784, out: 256 });
  expect(fansOf([16, 6, 5, 3])).toEqual({ in: 90, out: 240 });
  expect(() => fansOf([3])).toThrow("fansOf: needs weights [out, in, …]; got [3]");
});

test("gains", () => {
  expect(["linear", "sigmoid", "tanh", "relu"].map((name) => gainOf(name))).toEqual([
    1,
    1,
    5 / 3,
    Math.SQRT2,
  ]);
  // torch.nn.init.calculate_gain("leaky_relu", 0.2)
  expect(gainOf("leaky-relu", 0.2)).toBeCloseTo(1.3867504905630728, 15);
  expect(() => gainOf("gelu")).toThrow(
    "gainOf: knows the gains of linear, sigmoid, tanh, relu and leaky-relu",
  );
});

describe("descriptions", () => {
  test.each(initializers.map(({ card, make }) => [card.name, make({})] as const))(
    "%s",
    (name, initializer) => {
      const description = describeInitializer(initializer);
      expect(description).toMatchObject({ name });
      const again = initializerFrom(JSON.parse(JSON.stringify(description)));
      expect(describeInitializer(again)).toEqual(description);
      expect(weightsOf(again, [3, 4]).toArray()).toEqual(weightsOf(initializer, [3, 4]).toArray());
    },
  );

  test("somebody's own has none", () => {
    expect(describeInitializer({ name: "mine", settings: {}, draw: (_, at) => ones(at) })).toBeUndefined();
  });
});

test.each<[() => unknown, typeof ArgumentError | typeof ShapeError, string]>([
  [() => heNormal({ gain: 0 }), ArgumentError, "heNormal({ gain }): must be a number in (0, ∞); got 0"],
  [
    () => heUniform(JSON.parse('{"fan":"up"}')),
    ArgumentError,
    'heUniform({ fan }): must be "in" or "out"; got "up"',
  ],
  [() => xavierUniform(JSON.parse('{"fan":"in"}')), ArgumentError, 'xavierUniform: unknown option "fan"'],
  [() => uniformWeights({ low: 1, high: 1 }), ArgumentError, "needs low < high; got 1 and 1"],
  [() => initializerFrom("he-normal"), ArgumentError, "is described by { name, ...settings }"],
  [
    () => initializerFrom({ name: "he" }),
    ArgumentError,
    'there is no initializer "he"; the initializers are he-normal',
  ],
  [
    () => drawn({ name: "mine", settings: {}, draw: () => ones([2]) }, key, [3], { in: 1, out: 1 }),
    ShapeError,
    'the initializer "mine": draw was asked for the shape [3] and gave [2]',
  ],
])("%s", (call, kind, text) => {
  expect(call).toThrow(kind);
  expect(call).toThrow(text);
});
