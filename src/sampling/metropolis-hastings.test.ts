/**
 * Chains against distributions of which everything is known. Bounds of four Monte Carlo standard errors are passed with
 * probability 1 − 6e-5 each, and seeds are fixed. Quantiles of χ²: SciPy 1.10, `chi2.isf`.
 */
import { describe, expect, test } from "vitest";
import { analytic } from "../../test/tools/analytic.ts";
import { ArgumentError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { fillNormal, fillUniform, seedKey, splitKey } from "../core/random/index.ts";
import { fold } from "../core/random/key.ts";
import type { Checkpoint } from "../solver/checkpoint.ts";
import { iterateSteps, solve } from "../solver/drive.ts";
import { clonePlain, samePlain } from "../solver/plain-data.ts";
import { acceptanceRate, type Chain, chainMean, samplesOf } from "./chain.ts";
import { monteCarloStandardError } from "./diagnostics.ts";
import { independence } from "./independence.ts";
import { type MetropolisHastingsOptions, metropolisHastings } from "./metropolis-hastings.ts";
import type { Proposal } from "./proposal.ts";
import { logNormalWalk, randomWalk } from "./walks.ts";

type Energy = (x: Float64Array) => number;

const run = (energy: Energy, start: readonly number[], options: MetropolisHastingsOptions) =>
  solve(analytic(start.length, { value: energy }), metropolisHastings(options), Float64Array.from(start), {
    maxSteps: Infinity,
  });

const draw = (energy: Energy, start: readonly number[], options: MetropolisHastingsOptions): Chain =>
  samplesOf(run(energy, start, options).state);

/** A statistic of every point, as a chain of its own. */
const statistic = (chain: Chain, f: (x: Float64Array) => number): Chain => {
  const { count, dimension: n } = chain;
  const points = Float64Array.from({ length: count }, (_, k) => f(chain.points.subarray(k * n, (k + 1) * n)));
  return { points, count, dimension: 1 };
};

/** How many standard errors the mean of a statistic lies from what it should be. */
const errors = (chain: Chain, f: (x: Float64Array) => number, expected: number): number => {
  const series = statistic(chain, f);
  return Math.abs(at(chainMean(series), 0) - expected) / at(monteCarloStandardError(series), 0);
};

/** −log of the normal density with mean (1, −2) and covariance [[1, 0.8], [0.8, 2]]. */
const gaussian: Energy = (v) => {
  const [a, b] = [at(v, 0) - 1, at(v, 1) + 2];
  return (2 * a * a - 1.6 * a * b + b * b) / (2 * (2 - 0.64));
};

const expectGaussian = (chain: Chain, temperature = 1): void => {
  const centred = (v: Float64Array, i: number): number => at(v, i) - at([1, -2], i);
  expect(errors(chain, (v) => at(v, 0), 1)).toBeLessThan(4);
  expect(errors(chain, (v) => at(v, 1), -2)).toBeLessThan(4);
  expect(errors(chain, (v) => centred(v, 0) ** 2, temperature)).toBeLessThan(4);
  expect(errors(chain, (v) => centred(v, 1) ** 2, 2 * temperature)).toBeLessThan(4);
  expect(errors(chain, (v) => centred(v, 0) * centred(v, 1), 0.8 * temperature)).toBeLessThan(4);
};

describe("metropolisHastings draws", () => {
  test.each([1, 2, 3, 4])("a correlated normal distribution, seed %i", (seed) => {
    expectGaussian(draw(gaussian, [0, 0], { samples: 10_000, seed }));
  });

  test("from far away, and hotter", () => {
    expectGaussian(draw(gaussian, [100, -100], { samples: 10_000, seed: 5 }));
    expectGaussian(draw(gaussian, [0, 0], { samples: 10_000, seed: 6, temperature: 4 }), 4);
  });

  test("with proposals that do not look where the chain is", () => {
    const proposal = independence({ mean: [0, -1], deviation: [2, 3] });
    expectGaussian(draw(gaussian, [0, 0], { samples: 10_000, seed: 7, proposal }));
  });

  test("a mixture of two normal distributions", () => {
    const mixture: Energy = (v) => {
      const x = at(v, 0);
      return -Math.log(0.3 * Math.exp(-((x + 2) ** 2) / 2) + 0.7 * Math.exp(-((x - 2) ** 2) / 2));
    };
    const chain = draw(mixture, [0], { samples: 20_000, seed: 8 });
    expect(errors(chain, (v) => at(v, 0), 0.8)).toBeLessThan(4);
    // E x² = σ² + 2² for both.
    expect(errors(chain, (v) => at(v, 0) ** 2, 5)).toBeLessThan(4);
  });

  test("five variables of different scale", () => {
    const diagonal: Energy = (v) => v.reduce((sum, x, i) => sum + (x / 10 ** (i - 2)) ** 2 / 2, 0);
    const chain = draw(diagonal, [1, 1, 1, 1, 1], { samples: 10_000, warmUp: 4000, seed: 9 });
    for (let i = 0; i < 5; i++) {
      expect(errors(chain, (v) => at(v, i) / 10 ** (i - 2), 0)).toBeLessThan(4);
      expect(errors(chain, (v) => (at(v, i) / 10 ** (i - 2)) ** 2, 1)).toBeLessThan(4);
    }
  });
});

describe("Hastings' correction", () => {
  /** −log of the density x² e⁻ˣ of the gamma distribution of shape 3, whose mean and variance are 3. */
  const gamma: Energy = (v) => at(v, 0) - 2 * Math.log(at(v, 0));

  test("makes the walk of the logarithm draw the gamma distribution", () => {
    const chain = draw(gamma, [1], { samples: 10_000, seed: 10, proposal: logNormalWalk() });
    expect(errors(chain, (v) => at(v, 0), 3)).toBeLessThan(4);
    expect(errors(chain, (v) => (at(v, 0) - 3) ** 2, 3)).toBeLessThan(4);
    expect(chain.points.every((x) => x > 0)).toBe(true);
  });

  test("is what does it: without, the density is divided by x, which is the gamma distribution of shape 2", () => {
    const proposal: Proposal = { ...logNormalWalk(), logRatio: () => 0 };
    const chain = draw(gamma, [1], { samples: 10_000, seed: 10, proposal });
    expect(errors(chain, (v) => at(v, 0), 3)).toBeGreaterThan(10);
    expect(errors(chain, (v) => at(v, 0), 2)).toBeLessThan(4);
  });

  test("is log q(x | y) − log q(y | x)", () => {
    const [x, y] = [Float64Array.of(2, 3), Float64Array.of(4, 1)];
    expect(randomWalk().logRatio(x, y)).toBe(0);
    expect(logNormalWalk().logRatio(x, y)).toBeCloseTo(Math.log((4 * 1) / (2 * 3)), 14);
    // ½ ((4 − 1)² + (1 − 1)² − (2 − 1)² − (3 − 1)²)/2².
    expect(independence({ mean: 1, deviation: 2 }).logRatio(x, y)).toBe(0.5);
  });
});

describe("detailed balance", () => {
  const weights = [1, 4, 2, 3];
  /** A staircase on [0, 4) with steps of these weights. */
  const staircase: Energy = (v) => -Math.log(weights[Math.floor(at(v, 0))] ?? 0);
  const cellsOf = (chain: Chain): number[] => Array.from(chain.points, Math.floor);

  test("gives each cell its share", () => {
    // One point in forty is kept, so that the counts are of points all but independent.
    const cells = cellsOf(draw(staircase, [0.5], { samples: 4000, thinning: 40, seed: 11 }));
    const chiSquare = weights.reduce((sum, weight, cell) => {
      const [count, expected] = [cells.filter((c) => c === cell).length, (4000 * weight) / 10];
      return sum + (count - expected) ** 2 / expected;
    }, 0);
    // The upper 1e-6 quantile of χ² with 3 degrees of freedom.
    expect(chiSquare).toBeLessThan(30.66);
  });

  test("moves as often from each cell to each other as back", () => {
    const cells = cellsOf(draw(staircase, [0.5], { samples: 40_000, seed: 12 }));
    const moves = (from: number, to: number): number =>
      cells.filter((cell, k) => k > 0 && cells[k - 1] === from && cell === to).length;
    for (const [from, to] of [
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ] as const) {
      const [there, back] = [moves(from, to), moves(to, from)];
      expect(there + back).toBeGreaterThan(200);
      expect(Math.abs(there - back)).toBeLessThan(4 * Math.sqrt(there + back));
    }
  });
});

describe("the warm-up", () => {
  test("brings the acceptance rate to 0.44 in one variable and 0.234 in several", () => {
    const square: Energy = (v) => v.reduce((sum, x) => sum + x * x, 0) / 2;
    const rate = (n: number, scale: number) =>
      acceptanceRate(
        run(square, new Array<number>(n).fill(1), {
          samples: 4000,
          seed: 13,
          proposal: randomWalk({ scale }),
        }).state,
      );
    for (const scale of [0.001, 1, 100]) {
      expect(Math.abs(rate(1, scale) - 0.44)).toBeLessThan(0.06);
      expect(Math.abs(rate(2, scale) - 0.234)).toBeLessThan(0.06);
      expect(Math.abs(rate(5, scale) - 0.234)).toBeLessThan(0.06);
    }
  });

  test("is when the proposal learns: afterwards it stays as it is", () => {
    const method = metropolisHastings({ warmUp: 30, samples: 30, seed: 14 });
    const factors = [...iterateSteps(analytic(2, { value: gaussian }), method, Float64Array.of(0, 0))].map(
      ({ state }) => state.learned.factor.slice(),
    );
    expect(factors).toHaveLength(60);
    expect(new Set(factors.map(String)).size).toBe(30);
    expect(factors.slice(30).every((factor) => String(factor) === String(factors[29]))).toBe(true);
  });
});

describe("metropolisHastings as a method", () => {
  test("takes the transitions of its formula", () => {
    const energy: Energy = (v) => at(v, 0) ** 2 / 2;
    const options = { warmUp: 0, samples: 50, seed: 15, proposal: randomWalk({ scale: 0.7 }) };
    const { points } = draw(energy, [2], options);
    let x = 2;
    let moved = 0;
    for (let k = 0; k < 50; k++) {
      const [first, second] = splitKey(fold(seedKey(15), k), 2);
      const [z = 0] = fillNormal(first ?? [0, 0], new Float64Array(1));
      const [u = 0] = fillUniform(second ?? [0, 0], new Float64Array(1));
      const y = x + 0.7 * 2 * 2.38 * z;
      if (u < Math.exp((x * x - y * y) / 2)) {
        x = y;
        moved++;
      }
      expect(at(points, k)).toBeCloseTo(x, 12);
    }
    expect(moved).toBeGreaterThan(5);
    expect(moved).toBeLessThan(45);
  });

  test("keeps one point in so many, and then is completed", () => {
    const every = draw(gaussian, [0, 0], { warmUp: 10, samples: 30, seed: 16 });
    const { reason, converged, steps, state } = run(gaussian, [0, 0], {
      warmUp: 10,
      samples: 10,
      thinning: 3,
      seed: 16,
    });
    expect([reason, converged, steps]).toEqual(["completed", false, 40]);
    const third = samplesOf(state);
    for (let k = 0; k < 10; k++)
      expect(third.points.slice(2 * k, 2 * k + 2)).toEqual(every.points.slice(6 * k + 4, 6 * k + 6));
  });

  test("gives the same chain for the same seed, another for another", () => {
    const points = (seed: number) => draw(gaussian, [0, 0], { warmUp: 50, samples: 50, seed }).points.join();
    expect(points(1)).toBe(points(1));
    expect(points(1)).not.toBe(points(2));
  });

  test("resumes bit for bit from every step", () => {
    const go = (resume?: Checkpoint, saves?: Checkpoint[]) =>
      solve(
        analytic(2, { value: gaussian }),
        metropolisHastings({ warmUp: 20, samples: 20, seed: 17 }),
        Float64Array.of(0, 0),
        {
          onStep: (step) => void saves?.push(step.save()),
          ...(resume === undefined ? {} : { resume }),
        },
      );
    const saves: Checkpoint[] = [];
    const { state, x } = go(undefined, saves);
    expect(saves).toHaveLength(40);
    for (const save of saves) {
      const again = go(save);
      expect(again.x).toEqual(x);
      expect(samePlain(again.state, state)).toBe(true);
    }
  });

  test("asks for one value at a time, and keeps its state as plain data", () => {
    const method = metropolisHastings({ warmUp: 5, samples: 5 });
    const asked = method.ask(method.init({ x: Float64Array.of(1, 2) }));
    expect(asked).toEqual({ points: [Float64Array.of(1, 2)], wants: ["value"] });
    for (const { state } of iterateSteps(analytic(2, { value: gaussian }), method, Float64Array.of(0, 0))) {
      expect(samePlain(structuredClone(state), clonePlain(state))).toBe(true);
      expect(state.value).toBe(gaussian(state.x));
      expect(method.ask(state).points).toHaveLength(1);
    }
  });

  test("rejects what has no density, and says so where the chain begins there", () => {
    for (const outside of [Number.NaN, Infinity]) {
      const box: Energy = (v) => (v.every((x) => x >= 0 && x <= 1) ? 0 : outside);
      const chain = draw(box, [0.5, 0.5], { samples: 5000, seed: 18 });
      expect(chain.points.every((x) => x >= 0 && x <= 1)).toBe(true);
      expect(errors(chain, (v) => at(v, 0), 0.5)).toBeLessThan(4);
      const nowhere = run(box, [2, 2], { samples: 10 });
      expect([nowhere.reason, nowhere.steps]).toEqual(["non-finite", 0]);
    }
  });

  test("stays where everything else is impossible", () => {
    const alone: Energy = (v) => (at(v, 0) === 1 ? 0 : Number.NaN);
    const { state, reason } = run(alone, [1], { samples: 100 });
    expect([reason, acceptanceRate(state)]).toEqual(["completed", 0]);
    expect(samplesOf(state).points.every((x) => x === 1)).toBe(true);
  });

  test("ends where the density has no bound, or no end", () => {
    const falling: Energy = (v) => -Math.exp(at(v, 0));
    expect(run(falling, [0], { samples: 1e4 }).reason).toBe("diverged");
    expect(run(() => 0, [1, 1], { samples: 1e4 }).reason).toBe("diverged");
  });

  test("refuses settings that cannot be meant", () => {
    expect(() => metropolisHastings({ samples: 0 })).toThrow(
      "metropolis-hastings({ samples }): must be an integer in [1, ∞); got 0",
    );
    expect(() => metropolisHastings({ temperature: 0 })).toThrow(ArgumentError);
    expect(() => metropolisHastings({ seed: Number.NaN })).toThrow(ArgumentError);
    // @ts-expect-error A factory that was not called.
    expect(() => metropolisHastings({ proposal: randomWalk })).toThrow(/needs a proposal such as/);
    // @ts-expect-error A name that is not on the card.
    expect(() => metropolisHastings({ scale: 2 })).toThrow(/unknown option "scale"/);
    expect(() => randomWalk({ scale: -1 })).toThrow(/random-walk\(\{ scale \}\): must be a number in/);
    expect(() => independence({ deviation: 0 })).toThrow(/must be finite and positive/);
    const wrong = { proposal: independence({ mean: [1, 2, 3] }) };
    expect(() => run(gaussian, [0, 0], wrong)).toThrow(/has 2 variables; got 3 numbers/);
    expect(() => run(gaussian, [1, 0], { proposal: logNormalWalk() })).toThrow(
      /the start must be positive; its element 1 is 0/,
    );
  });
});
