/** Against mathematics: closed forms of small populations; how often a test at 5 % rejects what is true, over seeds; losses that are biased are found out. */
import { describe, expect, test } from "vitest";
import { at } from "../../../core/exactly.ts";
import { type Tensor, tensor } from "../../../tensor/index.ts";
import { normal, randomKey } from "../../../tensor/operations/random.ts";
import { gradientBias } from "./gradient-bias.ts";

const squared = (w: Tensor, x: Tensor, y: Tensor): Tensor => x.matmul(w).sub(y).square().mean();
const inputs = normal(randomKey(1), [60, 3]);
const targets = normal(randomKey(2), [60]);
const examples = { inputs, targets };
const start = tensor([1, -1, 0.5]);

describe("gradientBias", () => {
  test("what is unbiased is rejected about as often as chance has it", () => {
    const runs = Array.from({ length: 100 }, (_, seed) =>
      gradientBias(squared, start, examples, { size: 6, repeats: 60, seed }),
    );
    const rejected = runs.filter(({ overall }) => overall.p < 0.1).length;
    expect(Math.abs(rejected / 100 - 0.1)).toBeLessThan(3 * Math.sqrt((0.1 * 0.9) / 100));
    const beyond = runs.reduce((sum, one) => sum + one.beyond, 0);
    // Three components of a run depend on each other: as many as of a hundred.
    expect(Math.abs(beyond / 300 - 0.05)).toBeLessThan(3 * Math.sqrt((0.05 * 0.95) / 100));
    const mean = runs.reduce((sum, { overall }) => sum + overall.statistic, 0) / 100;
    const { freedom } = at(runs, 0).overall;
    expect(Math.abs(mean - 1)).toBeLessThan(3 * Math.sqrt(2 / freedom / 100));
  });

  test.each([1, 6, 7, 60, 64])("batches of %d: the mean over an epoch is the gradient", (size) => {
    const { epoch } = gradientBias(squared, start, examples, { size, repeats: 8 });
    expect(epoch.batches).toBe(Math.ceil(60 / size));
    expect(epoch.isExact).toBe(true);
    expect(epoch.difference).toBeLessThan(1e-14);
  });

  test("without replacement as well, all examples at a time included", () => {
    expect(
      gradientBias(squared, start, examples, { size: 20, replacement: false }).overall.p,
    ).toBeGreaterThan(0.001);
    const all = gradientBias(squared, start, examples, { size: 60, replacement: false, repeats: 10 });
    expect(all.largest.z).toBeLessThan(2);
  });

  test("a sum in place of the mean is found out", () => {
    const sum = (w: Tensor, x: Tensor, y: Tensor): Tensor => x.matmul(w).sub(y).square().sum();
    const bias = gradientBias(sum, start, examples, { size: 6, repeats: 60 });
    expect(bias.overall.p).toBeLessThan(1e-6);
    expect(bias.epoch.isExact).toBe(false);
    expect(String(bias)).toContain("is the loss a mean over examples");
  });

  test("a loss whose normalization is of the batch is found out: the gradient of small batches is biased", () => {
    const normalized = (w: Tensor, x: Tensor, y: Tensor): Tensor => {
      const z = x.matmul(w);
      return z.sub(z.mean()).div(z.sub(z.mean()).square().mean().add(0.1).sqrt()).sub(y).square().mean();
    };
    expect(gradientBias(normalized, start, examples, { size: 3, repeats: 2000 }).overall.p).toBeLessThan(
      0.001,
    );
  });

  test("the number of directions of the noise: one, or all", () => {
    // gᵢ = eᵢ-like: x = rows of the identity and targets ±1 spread evenly over three directions.
    const eye = [0, 1, 2].flatMap((k) =>
      [1, -1].map((s) => ({ x: [0, 1, 2].map((j) => (j === k ? 1 : 0)), y: s })),
    );
    const even = { inputs: tensor(eye.map(({ x }) => x)), targets: tensor(eye.map(({ y }) => y)) };
    expect(gradientBias(squared, tensor([0, 0, 0]), even).overall.freedom).toBeCloseTo(3, 10);
    const line = {
      inputs: tensor([
        [1, 2, 2],
        [1, 2, 2],
      ]),
      targets: tensor([1, -1]),
    };
    expect(gradientBias(squared, tensor([0, 0, 0]), line).overall.freedom).toBeCloseTo(1, 10);
  });

  test("many parameters: directions are drawn, and a penalty without noise counts for nothing", () => {
    const d = 40;
    const many = { inputs: normal(randomKey(5), [90, d]), targets: normal(randomKey(6), [90]) };
    const loss = ({ w, dead }: { w: Tensor; dead: Tensor }, x: Tensor, y: Tensor): Tensor =>
      x.matmul(w).sub(y).square().mean().add(dead.square().sum());
    const bias = gradientBias(loss, { w: normal(randomKey(7), [d]), dead: tensor([1, 2]) }, many, {
      repeats: 100,
    });
    expect([...bias.z.slice(d)].every((z) => Math.abs(z) < 2)).toBe(true);
    expect(bias.overall.freedom).toBeGreaterThan(1);
    expect(bias.overall.freedom).toBeLessThanOrEqual(d + 2);
    expect(bias.overall.p).toBeGreaterThan(0.001);
  });

  test("refuses batches that are too large, and options that are none", () => {
    expect(() => gradientBias(squared, start, examples, { size: 61, replacement: false })).toThrow(
      /got \[61\]/,
    );
    expect(() => gradientBias(squared, start, examples, { repeats: 7 })).toThrow(/\[8, ∞\)/);
    expect(() =>
      Reflect.apply(gradientBias, undefined, [squared, start, examples, { replacement: 1 }]),
    ).toThrow(/true or false; got 1/);
  });
});
