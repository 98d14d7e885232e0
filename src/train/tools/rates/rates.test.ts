/** Least squares by gradient descent, where it is known which rates diverge: those above 2/λ; smoothing and suggestions on curves written out. */
import { describe, expect, test } from "vitest";
import { at } from "../../../core/exactly.ts";
import { adam, sgd } from "../../../first-order/index.ts";
import { dense } from "../../../nn/layers/index.ts";
import { crossEntropy, squaredError } from "../../../nn/losses/index.ts";
import { tensor } from "../../../tensor/index.ts";
import { normal, randomKey } from "../../../tensor/operations/random.ts";
import { largestCurvature } from "../curvature/largest-curvature.ts";
import { lossOf } from "../gradients/batch-loss.ts";
import { smoother, suggestedRates } from "./range-curve.ts";
import { rangeTest } from "./range-test.ts";
import { rateSearch } from "./rate-search.ts";

const inputs = normal(randomKey(1), [128, 3], { dtype: "float32" });
const targets = inputs.sum(1).reshape([128, 1]);
const data = { inputs, targets };
const model = dense({ inputs: 3, outputs: 1 });
const loss = squaredError();
const descent = (rate: number) => sgd({ rate });
/** 2/λ of the mean squared error over all examples. */
const limit = largestCurvature(lossOf(model, loss), model.init(randomKey(1)), data).largestRate;

describe("smoother", () => {
  test("the first is itself, and later ones are weighted by β", () => {
    const smooth = smoother(0.9);
    expect(smooth(3)).toBe(3);
    expect(smooth(5)).toBeCloseTo((0.9 * 3 + 5) / 1.9, 14);
    const constant = smoother(0.98);
    for (let i = 0; i < 100; i++) expect(constant(7)).toBeCloseTo(7, 12);
  });

  test("without smoothing it is the loss", () => {
    const smooth = smoother(0);
    expect([4, 2, 9].map(smooth)).toEqual([4, 2, 9]);
  });
});

describe("suggestedRates", () => {
  const rates = [1e-4, 1e-3, 1e-2, 1e-1, 1];
  test("where it falls most, and a tenth of the lowest", () => {
    // The loss before the first step, and one after each.
    expect(suggestedRates(rates, [10, 9.9, 9.5, 2, 1.9, 50])).toEqual({
      steepest: 1e-3,
      tenthOfMinimum: 1e-2,
    });
  });
  test("nothing where it never fell", () => {
    expect(suggestedRates(rates, [1, 1, 2, 3, 4, 5])).toBeUndefined();
    expect(suggestedRates([], [1])).toBeUndefined();
  });
  test("after the first step already", () => {
    expect(suggestedRates(rates, [2, 1, 3, 4, 5, 6])).toEqual({ steepest: 1e-4, tenthOfMinimum: 1e-5 });
  });
});

describe("rangeTest", () => {
  const options = { optimizer: descent, loss, batchSize: 128, seed: 1 };

  test("rates grow by one factor, and it diverges not before the rate at which descent does", async () => {
    const test_ = await rangeTest(model, data, { ...options, smoothing: 0 });
    const growth = (10 / 1e-7) ** (1 / 99);
    expect(at(test_.rates, 0)).toBeCloseTo(1e-7, 20);
    for (let i = 1; i < test_.rates.length; i++)
      expect(at(test_.rates, i) / at(test_.rates, i - 1)).toBeCloseTo(growth, 10);
    expect(test_.losses).toHaveLength(test_.rates.length);
    expect(test_.divergedAt).toBe(test_.rates.at(-1));
    expect(test_.divergedAt).toBeGreaterThan(limit);
    // One step of a quadratic: the loss falls wherever the rate is below the limit.
    const risen = test_.losses.findIndex(
      (one, i) => one > (test_.losses[i - 1] ?? test_.initialLoss) * (1 + 1e-6),
    );
    expect(at(test_.rates, risen)).toBeGreaterThan(limit * 0.5);
    expect(test_.suggestion?.steepest).toBeLessThan(limit);
    expect(test_.suggestion?.tenthOfMinimum).toBeLessThan(limit);
  });

  test("the loss after a step is that of the parameters which it left", async () => {
    const rates = { from: 0.01, to: 0.02, steps: 2 };
    const test_ = await rangeTest(model, data, { ...options, ...rates });
    const parameters = model.init(randomKey(3));
    const again = await rangeTest(model, data, { ...options, ...rates, start: parameters });
    const first = loss(model.apply(parameters, inputs), targets).item();
    expect(again.initialLoss).toBeCloseTo(first, 5);
    expect(test_.rates).toEqual([0.01, expect.closeTo(0.02, 12)]);
    expect(at(again.losses, 1)).toBeLessThan(at(again.losses, 0));
    expect(at(again.losses, 0)).toBeLessThan(first);
  });

  test("a range that ends too early, or begins too late, is said to", async () => {
    const low = await rangeTest(model, data, { ...options, to: 1e-3, steps: 20 });
    expect(low.divergedAt).toBeUndefined();
    expect(low.advice).toContain("raise `to`");
    const high = await rangeTest(model, data, { ...options, from: 100, to: 1e6, steps: 20, smoothing: 0 });
    expect(high.suggestion).toBeUndefined();
    expect(high.advice).toContain("smaller rates");
  });

  test("losses that are no numbers end it, and adam and classes do as well", async () => {
    const wild = await rangeTest(model, data, {
      ...options,
      from: 1e10,
      to: 1e30,
      steps: 10,
      smoothing: 0.99,
    });
    expect(wild.divergedAt).toBeGreaterThan(1e9);
    const classes = dense({ inputs: 3, outputs: 2 });
    const labels = tensor(
      Int32Array.from(targets.toTypedArray(), (y) => (y > 0 ? 1 : 0)),
      "int32",
    );
    const found = await rangeTest(
      classes,
      { inputs, targets: labels },
      { optimizer: (rate) => adam({ rate }), loss: crossEntropy(), batchSize: 16, seed: 2 },
    );
    expect(found.suggestion?.tenthOfMinimum).toBeGreaterThan(1e-4);
    expect(String(found)).toContain("loss after it");
  });

  test("the same seed gives the same bits", async () => {
    const run = () => rangeTest(model, data, { ...options, batchSize: 8, steps: 30 });
    expect((await run()).losses).toEqual((await run()).losses);
  });

  test("refuses options out of range", async () => {
    await expect(rangeTest(model, data, { ...options, from: 1, to: 0.1 })).rejects.toThrow(
      /from must be less than to; got 1 and 0\.1/,
    );
    await expect(rangeTest(model, data, { ...options, steps: 1 })).rejects.toThrow(/\[2, ∞\); got 1/);
    await expect(Reflect.apply(rangeTest, undefined, [model, data, { optimizer: adam() }])).rejects.toThrow(
      /a function of the rate, such as/,
    );
    await expect(
      Reflect.apply(rangeTest, undefined, [model, data, { ...options, epochs: 3 }]),
    ).rejects.toThrow(/unknown option "epochs"/);
  });
});

describe("rateSearch", () => {
  const options = { optimizer: descent, loss, epochs: 3, batchSize: 128, seed: 1, validation: data };
  const rates = [100 * limit, 0.5 * limit, 0.1 * limit, 0.001 * limit];

  test("sorted by the validation's metric, those that diverged last and named so", async () => {
    const told: number[] = [];
    const found = await rateSearch(model, data, {
      ...options,
      rates,
      by: "loss",
      onTrial: ({ rate }) => told.push(rate),
    });
    expect(told).toEqual(rates);
    expect(found.trials.map(({ rate }) => rate)).toEqual([1, 2, 3, 0].map((i) => at(rates, i)));
    expect(found.trials.map(({ diverged }) => diverged)).toEqual([false, false, false, true]);
    expect(found.best?.rate).toBe(0.5 * limit);
    expect([found.by, found.isValidated]).toEqual(["loss", true]);
    expect(found.advice).toContain("inside of the grid");
    expect(String(found)).toContain("diverged");
    for (const { score, result, diverged } of found.trials)
      expect(score).toEqual(diverged ? Number.NaN : result.validation?.loss);
  });

  test("each rate begins from the same parameters with the same batches", async () => {
    const first = new Map<number, number>();
    let rate = 0;
    await rateSearch(model, data, {
      ...options,
      rates: [0.01, 0.001],
      batchSize: 16,
      optimizer: (one) => {
        rate = one;
        return sgd({ rate: one });
      },
      onStep: ({ step, loss: before }) => (step === 1 ? first.set(rate, before) : undefined),
    });
    expect(first.get(0.01)).toBe(first.get(0.001));
  });

  test("the best at the border of the grid: widen it", async () => {
    const advice = async (list: readonly number[]): Promise<string> =>
      (await rateSearch(model, data, { ...options, rates: list, by: "loss" })).advice;
    expect(await advice([1e-3, 1e-4])).toMatch(/largest of the grid: widen it upwards, to 0\.003/);
    expect(await advice([100 * limit, 0.5 * limit])).toMatch(/smallest of the grid: widen it downwards/);
    expect(await advice([100 * limit])).toMatch(/all rates diverged/);
    expect(await advice([1e-3])).toMatch(/one rate is no comparison/);
  });

  test("judged by a metric, of which larger may be better", async () => {
    const labels = tensor(
      Int32Array.from(targets.toTypedArray(), (y) => (y > 0 ? 1 : 0)),
      "int32",
    );
    const classes = dense({ inputs: 3, outputs: 2 });
    const found = await rateSearch(
      classes,
      { inputs, targets: labels },
      { optimizer: (rate) => adam({ rate }), rates: [0.1, 1e-5], epochs: 5, seed: 1 },
    );
    expect([found.by, found.isValidated]).toEqual(["accuracy", false]);
    expect(found.best?.rate).toBe(0.1);
    expect(at(found.trials, 0).score).toBeGreaterThan(at(found.trials, 1).score);
  });

  test("an aborted search has what it came to", async () => {
    const controller = new AbortController();
    const found = await rateSearch(model, data, {
      ...options,
      rates: [0.01, 0.001, 0.0001],
      signal: controller.signal,
      onTrial: ({ rate }) => rate === 0.001 && controller.abort(),
    });
    expect(found.trials.map(({ rate }) => rate)).toEqual([0.01, 0.001]);
    expect(found.advice).toContain("aborted");
  });

  test("refuses options out of range", async () => {
    const search = (extra: object) =>
      Reflect.apply(rateSearch, undefined, [model, data, { ...options, ...extra }]);
    await expect(search({ rates: [] })).rejects.toThrow(/different numbers in \(0, ∞\)/);
    await expect(search({ rates: [0.1, 0.1] })).rejects.toThrow(/different numbers/);
    await expect(search({ rates: [0.1, -1] })).rejects.toThrow(/got \[0\.1, -1\]/);
    await expect(search({ optimizer: adam() })).rejects.toThrow(/a function of the rate/);
    await expect(search({ checkpoint: "folder" })).rejects.toThrow(/have no checkpoints/);
    await expect(search({ rates: [0.01], by: "beauty" })).rejects.toThrow(/a metric that is measured/);
    await expect(search({ epoch: 3 })).rejects.toThrow(/unknown option "epoch"/);
  });
});
