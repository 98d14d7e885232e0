import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose } from "../../../test/tools/close.ts";
import { sgd } from "../../first-order/methods/sgd.ts";
import { initialState, trainingStep } from "../../first-order/training.ts";
import { square, type Tensor, tensor } from "../../tensor/index.ts";
import { deltaRule } from "./delta-rule.ts";

type Line = { readonly w: Tensor; readonly b: Tensor };

/** ½ Σ (y − x·w − b)². */
const halfSquares = ({ w, b }: Line, x: Tensor, y: Tensor): Tensor =>
  square(x.matmul(w).add(b).sub(y)).sum().div(2);

/** Weights and bias after each step of `sgd`, one batch a step. */
function trained(inputs: number[][], targets: number[], rate: number, batchSize: number): number[][] {
  const { transformation } = sgd({ rate });
  const step = trainingStep(transformation, halfSquares);
  let parameters: Line = { w: tensor(Array(inputs[0]?.length ?? 0).fill(0)), b: tensor(0) };
  let state = initialState(transformation, parameters);
  const passed: number[][] = [];
  for (let from = 0; from < inputs.length; from += batchSize) {
    const [x, y] = [inputs, targets].map((list) => tensor(list.slice(from, from + batchSize) as number[]));
    if (x === undefined || y === undefined) continue;
    const hyper = transformation.hyperparameters(passed.length + 1);
    ({ parameters, state } = step({ parameters, state, hyper }, x, y));
    passed.push([...parameters.w.toTypedArray(), parameters.b.item()]);
  }
  return passed;
}

const coordinate = fc.double({ min: -2, max: 2, noNaN: true });
const example = fc.tuple(coordinate, coordinate, coordinate);

describe("deltaRule", () => {
  test("two examples by hand, online and in batch", () => {
    const inputs = [
      [1, 2],
      [3, 0],
    ];
    const run = (batchSize: number) => {
      const { weights, bias, losses } = deltaRule(inputs, [1, 2], { rate: 0.1, batchSize, maxEpochs: 1 });
      return { w: [...weights], b: bias, losses };
    };
    // Error 1: w = (0.1, 0.2), b = 0.1. Then o = 0.4 and the error is 1.6: w + 0.16 (3, 0), b + 0.16.
    expectClose(run(1), { w: [0.58, 0.2], b: 0.26, losses: [0.5 + 1.28] }, 1e-15);
    // Errors 1 and 2, both at 0: w = 0.1 (1, 2) + 0.2 (3, 0), b = 0.3.
    expectClose(run(2), { w: [0.7, 0.2], b: 0.3, losses: [0.5 + 2] }, 1e-15);
  });

  test("every update is a step of sgd on ½ Σ (y − o)², online, in batches of two and of all", () => {
    fc.assert(
      fc.property(fc.array(example, { minLength: 1, maxLength: 6 }), (examples) => {
        const inputs = examples.map(([u, v]) => [u, v]);
        const targets = examples.map(([, , y]) => y);
        for (const batchSize of [1, 2, examples.length])
          for (const [k, expected] of trained(inputs, targets, 0.05, batchSize).entries()) {
            const count = (k + 1) * batchSize;
            const { weights, bias } = deltaRule(inputs.slice(0, count), targets.slice(0, count), {
              rate: 0.05,
              batchSize,
              maxEpochs: 1,
            });
            // Sums in another order: some roundings.
            expectClose([...weights, bias], expected, 1e-13, 1e-3);
          }
      }),
      { numRuns: 40 },
    );
  });

  const inputs = [[0], [1], [2], [3]];
  const noisy = [1, 2, 4, 4];

  test("in batch it rests at least squares, online beside it: nearer with smaller rates", () => {
    // Least squares by hand: slope Σ(x − 1.5)(y − 2.75) / Σ(x − 1.5)² = 5.5 / 5, offset 2.75 − 1.5 · 1.1.
    const exact = [1.1, 1.1];
    const batch = deltaRule(inputs, noisy, { batchSize: 4, rate: 0.1, tolerance: 1e-12, maxEpochs: 10_000 });
    expect(batch).toMatchObject({ converged: true, reason: "converged" });
    expectClose([...batch.weights, batch.bias], exact, 1e-10);
    const missed = [0.1, 0.01].map((rate) => {
      const { converged, weights, bias } = deltaRule(inputs, noisy, { rate, maxEpochs: 10_000 });
      expect(converged).toBe(true);
      return Math.hypot((weights[0] ?? 0) - 1.1, bias - 1.1);
    });
    expect(missed[0]).toBeGreaterThan(5 * (missed[1] ?? 0));
    expect(missed[1]).toBeGreaterThan(1e-4);
  });

  test("a rate that is too large diverges, keeps finite weights and names one that is safe", () => {
    const { reason, detail, weights, losses } = deltaRule(inputs, noisy, { rate: 1, batchSize: 4 });
    expect(reason).toBe("diverged");
    expect([...weights].every(Number.isFinite)).toBe(true);
    expect(losses.length).toBeGreaterThan(10);
    // Σ (x² + 1) = 18.
    expect(detail).toContain("rates below 0.111 are safe");
    expect(deltaRule(inputs, noisy, { rate: 0.11, batchSize: 4, maxEpochs: 5000 }).converged).toBe(true);
    expect(deltaRule(inputs, noisy, { rate: 0.19, maxEpochs: 5000 }).reason).not.toBe("diverged");
  });

  test("shuffled by a seed, with data that lie on a line, it comes to the line", () => {
    const on = inputs.map(([x = 0]) => 3 - 2 * x);
    const { weights, bias, predict } = deltaRule(tensor(inputs), tensor(on), { seed: 5, rate: 0.1 });
    expectClose([...weights, bias], [-2, 3], 1e-6);
    expect(predict([10])).toBeCloseTo(-17, 4);
  });

  test("says so when epochs run out", () => {
    expect(deltaRule(inputs, noisy, { maxEpochs: 3 })).toMatchObject({
      converged: false,
      reason: "max-epochs",
    });
  });

  test("refuses what it cannot use", () => {
    expect(() => deltaRule(inputs, noisy, { batchSize: 0 })).toThrow(
      "deltaRule({ batchSize }): must be an integer",
    );
    expect(() => deltaRule(inputs, [1, 2, 3, Infinity])).toThrow("the list of targets holds finite numbers");
  });
});
