/** The parts of `nabla train` by themselves. Schedules and units follow from their definitions; folds are held to the network they replace. */
import { Command } from "commander";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { schedules } from "../../src/first-order/index.ts";
import { linearModel, mlp, squaredError } from "../../src/nn/index.ts";
import { randomKey, tensor } from "../../src/tensor/index.ts";
import { chosenSchedule } from "./chosen/schedule.ts";
import { judgedIn, parametersIn, unitsFor, withUnits } from "./chosen/units.ts";
import { epochNumbers } from "./show/epoch-lines.ts";
import { timeText } from "./show/figures.ts";
import { follower } from "./show/standing.ts";
import { readInterval, readWeights } from "./values.ts";

const command = new Command("train").exitOverride().configureOutput({ writeErr: () => {} });

describe("schedules are shares of the rate along the run", () => {
  const at = (text: string, steps: number, stepsPerEpoch = 10) => {
    const made = chosenSchedule(command, text);
    if (typeof made !== "function") throw new Error("it follows the loss");
    return made({ steps, stepsPerEpoch }).at;
  };

  test.each(schedules.map(({ card }) => card.name).filter((name) => name !== "one-cycle-momentum"))(
    "%s needs no settings, never exceeds the rate, and comes near it",
    (name) => {
      const value = at(name, 200);
      const values = Array.from({ length: 200 }, (_, i) => value(i + 1));
      expect(Math.max(...values)).toBeLessThanOrEqual(1);
      expect(Math.max(...values)).toBeGreaterThan(0.95);
    },
  );

  test("cosine falls to 0 at the end of the run, whatever its length", () => {
    for (const steps of [10, 1000]) {
      expect(at("cosine", steps)(1)).toBe(1);
      expect(at("cosine", steps)(steps + 1)).toBeCloseTo(0, 12);
    }
  });

  test("lengths may be counted in epochs", () => {
    const value = at("step(every=2 epochs,factor=1/2)", 100, 10);
    expect([1, 20, 21, 41].map(value)).toEqual([1, 1, 0.5, 0.25]);
    expect([20, 21, 51].map(at("multi-step(milestones=2 epochs,5 epochs,factor=0.5)", 100))).toEqual([
      1, 0.5, 0.25,
    ]);
  });
});

describe("values in the target's own unit", () => {
  const targets = { data: Float64Array.of(100, 300, 200, 600), shape: [4, 1] };
  const units = unitsFor(squaredError(), targets);

  test("targets are standardized, losses and metrics are not", () => {
    const part = withUnits({ inputs: targets, targets }, units ?? { mean: 0, scale: 1, loss: "" });
    const values = Array.from(part.targets.data);
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    expect(values.reduce((sum, value) => sum + value ** 2, 0) / 4).toBeCloseTo(1, 12);
    // The variance of 100, 300, 200, 600 is 35,000: what predicting the mean costs.
    const judged = judgedIn(units, { loss: 1, metrics: { "mean-absolute-error": 1, "r-squared": 0.5 } });
    expect(judged.loss).toBeCloseTo(35_000, 6);
    expect(judged.metrics["mean-absolute-error"]).toBeCloseTo(Math.sqrt(35_000), 9);
    expect(judged.metrics["r-squared"]).toBe(0.5);
  });

  test.each([
    ["a linear model", linearModel({ inputs: 2 })],
    ["a network", mlp({ inputs: 2, hidden: [3], outputs: 1 })],
  ])("the last layer of %s takes the unit over", (_, model) => {
    const { mean = 0, scale = 1 } = units ?? {};
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.float({ min: -3, max: 3, noNaN: true }), (seed, x) => {
        const parameters = model.init(randomKey(seed));
        const inputs = tensor([[x, 1]], "float32");
        const apply = (tree: object): number => model.apply(tree as never, inputs).item();
        const wanted = mean + scale * apply(parameters);
        // float32 has seven digits.
        expect(Math.abs(apply(parametersIn(units, parameters)) - wanted)).toBeLessThan(1e-4 * (mean + scale));
      }),
      { numRuns: 30 },
    );
  });
});

describe("what is shown", () => {
  test("every epoch of a short run has a line; of a long one about thirty, the first and the last among them", () => {
    expect(epochNumbers(12)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    for (const epochs of [31, 100, 997, 12_345]) {
      const shown = epochNumbers(epochs);
      expect(shown.length).toBeLessThanOrEqual(32);
      expect([shown[0], shown.at(-1)]).toEqual([1, epochs]);
    }
  });

  test("speed and time left are those of the steps after the first", () => {
    const { hear } = follower(2);
    const step = {
      epoch: 1,
      stepInEpoch: 1,
      stepsPerEpoch: 5,
      loss: 1,
      metrics: {},
      gradientNorm: 1,
      rate: 0.1,
      examples: 32,
    };
    hear({ ...step, step: 1 }, 5000);
    hear({ ...step, step: 2 }, 5100);
    const { share, examplesPerSecond, secondsLeft, loss, accuracy } = hear({ ...step, step: 3 }, 5200);
    expect(share).toBeCloseTo(0.3, 12);
    expect(examplesPerSecond).toBeCloseTo(320, 9);
    expect(secondsLeft).toBeCloseTo(0.7, 9);
    expect(loss).toBeCloseTo(1, 12);
    expect(accuracy).toBeUndefined();
  });

  test.each([
    [0.0004, "0.4 ms"],
    [0.85, "850 ms"],
    [24.31, "24.3 s"],
    [125, "2 min 5 s"],
    [3725, "1 h 2 min"],
  ])("%d seconds are %s", (seconds, text) => expect(timeText(seconds)).toBe(text));
});

test.each([
  ["500", { everySteps: 500 }],
  ["500steps", { everySteps: 500 }],
  ["2 epochs", { everyEpochs: 2 }],
  ["0.5s", { everySeconds: 0.5 }],
  ["5min", { everySeconds: 300 }],
])("--every %s", (text, interval) => expect(readInterval(text)).toEqual(interval));

test("--class-weights 1,2,1/2", () => expect(readWeights("1,2,1/2")).toEqual([1, 2, 0.5]));
