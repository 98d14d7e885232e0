/** The verb: structure in, structure out. The posterior of the coin is a beta distribution, of which everything is known. */
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../core/errors.ts";
import { add, square, sum, type Tensor, zeros } from "../tensor/index.ts";
import { splitRHat } from "./diagnostics.ts";
import { metropolisHastings } from "./metropolis-hastings.ts";
import { sample } from "./sample.ts";
import { logNormalWalk } from "./walks.ts";

const bowl = ([x, y]: [number, number]): number => (x * x + (y - x) ** 2) / 2;

describe("sample", () => {
  test("gives samples, moments and errors in the structure of the start", () => {
    const energy = ({ rate, weights: [a, b] }: { rate: number; weights: [number, number] }): number =>
      rate - 2 * Math.log(rate) + (a * a + (b - 1) ** 2) / 2;
    const start = { rate: 1, weights: [1, 1] as [number, number] };
    const proposal = logNormalWalk();
    const only = sample((rate: number) => rate - 2 * Math.log(rate), 1, {
      method: metropolisHastings({ samples: 4000, seed: 1, proposal }),
    });
    expect(Math.abs(only.mean - 3)).toBeLessThan(4 * only.standardError);
    const tree = sample(energy, start, { method: metropolisHastings({ samples: 6000, seed: 2 }) });
    expect(tree.samples).toHaveLength(6000);
    expect(tree.samples[17]).toEqual({
      rate: expect.any(Number),
      weights: [expect.any(Number), expect.any(Number)],
    });
    expect(Math.abs(tree.mean.rate - 3)).toBeLessThan(4 * tree.standardError.rate);
    expect(Math.abs(tree.mean.weights[1] - 1)).toBeLessThan(4 * tree.standardError.weights[1]);
    expect(tree.effectiveSampleSize.weights[0]).toBeGreaterThan(200);
    expect(tree.covariance.map((row) => row.length)).toEqual([3, 3, 3]);
    expect(tree.best.value).toBe(energy(tree.best.x));
    expect(tree.best.value).toBeLessThan(energy(start));
  });

  test("passes data on", () => {
    // 7 heads in 10 with a flat prior: the beta distribution (8, 4) with mean 2/3 and variance 32/(144·13).
    const coin = (p: number, heads: number, tails: number): number =>
      p > 0 && p < 1 ? -heads * Math.log(p) - tails * Math.log(1 - p) : Number.POSITIVE_INFINITY;
    const result = sample(coin, 0.5, {
      data: [7, 3],
      method: metropolisHastings({ samples: 10_000, seed: 3 }),
    });
    expect(Math.abs(result.mean - 2 / 3)).toBeLessThan(4 * result.standardError);
    expect(result.covariance[0]?.[0]).toBeCloseTo(32 / (144 * 13), 2);
  });

  test("completes, tells of steps, and describes itself", () => {
    let heard = 0;
    const result = sample(bowl, [0, 0], {
      method: metropolisHastings({ samples: 50, warmUp: 20, seed: 4 }),
      onStep: ({ x: [first, second] }) => {
        heard += Number(Number.isFinite(first) && Number.isFinite(second));
      },
    });
    expect([result.reason, result.completed, result.steps, heard]).toEqual(["completed", true, 70, 70]);
    expect(String(result)).toMatch(/^50 samples by metropolis-hastings: kept 50 samples\n {2}accepted /);
    expect(Object.keys(result)).not.toContain("toString");
    const short = sample(bowl, [0, 0], { maxSteps: 10 });
    expect([short.reason, short.completed, short.samples.length]).toEqual(["max-steps", false, 0]);
    expect(String(short)).toContain("not all (max-steps)");
    expect(String(short)).toContain("no sample was kept");
    expect(String(short)).not.toContain("NaN");
  });

  test("names variables as a program writes them", () => {
    const method = metropolisHastings({ samples: 20, warmUp: 20 });
    const energy = ({ mu, w, s }: { mu: number; w: number[]; s: Tensor }) =>
      add(sum(square(s)), mu ** 2 + (w[0] ?? 0) ** 2 + (w[1] ?? 0) ** 2);
    const text = String(sample(energy, { mu: 0, w: [0, 1], s: zeros([1, 2]) }, { method }));
    expect(text.match(/^ {2}\S+(?=: mean)/gm)).toEqual(["  mu", "  w[0]", "  w[1]", "  s[0]", "  s[1]"]);
    expect(String(sample(bowl, [0, 0], { method })).match(/^ {2}\S+(?=: mean)/gm)).toEqual([
      "  x[0]",
      "  x[1]",
    ]);
  });

  test("continues where it was ended", () => {
    const method = metropolisHastings({ samples: 50, warmUp: 20, seed: 5 });
    const whole = sample(bowl, [0, 0], { method });
    const half = sample(bowl, [0, 0], { method, maxSteps: 40 });
    const rest = sample(bowl, [0, 0], { method, resume: half.save() });
    expect(half.samples).toHaveLength(20);
    expect(rest.samples).toEqual(whole.samples);
    expect(whole.samples.slice(0, 20)).toEqual(half.samples);
  });

  test("gives chains of several seeds that agree", () => {
    const chains = [6, 7, 8].map(
      (seed) => sample(bowl, [3, -3], { method: metropolisHastings({ samples: 5000, seed }) }).chain,
    );
    expect(splitRHat(chains).every((ratio) => ratio < 1.01)).toBe(true);
  });

  test("refuses what it does not know", () => {
    // @ts-expect-error No test of convergence is made.
    expect(() => sample(bowl, [0, 0], { tolerance: { step: 1 } })).toThrow(/unknown option "tolerance"/);
    // @ts-expect-error A factory that was not called has a card as well, but is no method.
    expect(() => sample(bowl, [0, 0], { method: metropolisHastings })).toThrow(ArgumentError);
    // @ts-expect-error A name.
    expect(() => sample(bowl, [0, 0], { method: "metropolis" })).toThrow(/needs a method that samples/);
  });
});
