import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { tensor } from "../../tensor/index.ts";
import { perceptron } from "./perceptron.ts";

const corners = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

describe("perceptron", () => {
  test("OR by hand, w and b after each epoch", () => {
    const or = (maxEpochs: number) => {
      const { weights, bias, mistakes } = perceptron(corners, [0, 1, 1, 1], { maxEpochs });
      return { w: [...weights], b: bias, mistakes };
    };
    // Epoch 1: (0,0) is right at 0; (0,1) is missed: w = (0,1), b = 1; the others fire.
    expect(or(1)).toEqual({ w: [0, 1], b: 1, mistakes: [1] });
    // Epoch 2: (0,0) fires, b = 0; (0,1) fires; (1,0) is missed: w = (1,1), b = 1; (1,1) fires.
    expect(or(2)).toEqual({ w: [1, 1], b: 1, mistakes: [1, 2] });
    // Epoch 3: (0,0) fires, b = 0; the others fire at 1, 1, 2. Epoch 4 has no mistakes.
    expect(or(9)).toEqual({ w: [1, 1], b: 0, mistakes: [1, 2, 1, 0] });
  });

  test("the path has the weights after each epoch", () => {
    const after = (maxEpochs: number) => {
      const { weights, bias } = perceptron(corners, [0, 1, 1, 1], { maxEpochs });
      return { weights, bias };
    };
    const { path } = perceptron(corners, [0, 1, 1, 1], { recordPath: true });
    expect(path).toEqual([1, 2, 3, 4].map(after));
    expect(perceptron(corners, [0, 1, 1, 1])).not.toHaveProperty("path");
  });

  test.each([
    ["AND", [0, 0, 0, 1]],
    ["OR", [0, 1, 1, 1]],
    ["NAND", [1, 1, 1, 0]],
    ["always", [1, 1, 1, 1]],
    ["never", [0, 0, 0, 0]],
  ])("%s is learned, with labels of either kind and examples in any order", (_, labels) => {
    const signs = labels.map((label) => 2 * label - 1);
    for (const seed of [undefined, 1, 2, 3]) {
      const options = seed === undefined ? {} : { seed };
      const learned = perceptron(corners, labels, options);
      expect(learned).toMatchObject({ converged: true, reason: "converged" });
      expect(learned.mistakes.at(-1)).toBe(0);
      expect(corners.map(learned.predict)).toEqual(labels);
      if (!signs.includes(-1)) continue;
      const signed = perceptron(corners, signs, options);
      expect(corners.map(signed.predict)).toEqual(signs);
      // y − ŷ is twice as large, and so are the weights.
      expect([...signed.weights, signed.bias]).toEqual([...learned.weights, learned.bias].map((w) => 2 * w));
    }
  });

  test("XOR is never learned: in order the weights come again, shuffled the epochs run out", () => {
    const cycle = perceptron(corners, [0, 1, 1, 0]);
    expect(cycle).toMatchObject({ converged: false, reason: "cycling" });
    expect(cycle.detail).toContain("no plane separates");
    expect(cycle.mistakes.every((count) => count > 0)).toBe(true);
    const shuffled = perceptron(corners, [0, 1, 1, 0], { seed: 1, maxEpochs: 200 });
    expect(shuffled).toMatchObject({ converged: false, reason: "max-epochs" });
    expect(shuffled.mistakes).toHaveLength(200);
  });

  test("one seed, one order", () => {
    const run = (seed: number) => perceptron(corners, [1, 1, 1, 0], { seed }).mistakes;
    expect(run(7)).toEqual(run(7));
    expect(new Set([1, 2, 3, 4, 5, 6].map((seed) => run(seed).join())).size).toBeGreaterThan(1);
  });

  test("the rate scales the weights and changes nothing else", () => {
    const [one, half] = [1, 0.5].map((rate) => perceptron(corners, [0, 0, 0, 1], { rate }));
    expect(half?.mistakes).toEqual(one?.mistakes);
    expect([...(half?.weights ?? [])]).toEqual([...(one?.weights ?? [])].map((w) => w / 2));
  });

  test("no more mistakes than (R / γ)²: Novikoff (1962)", () => {
    const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
    const point = fc.tuple(coordinate, coordinate, coordinate);
    fc.assert(
      fc.property(point, fc.array(fc.tuple(coordinate, coordinate), { minLength: 1 }), (plane, points) => {
        const [u, v, b] = plane;
        const sides = points.map(([x, y]) => u * x + v * y + b);
        const margin = Math.min(...sides.map(Math.abs)) / Math.hypot(...plane);
        // Else the bound allows millions of mistakes.
        fc.pre(margin > 0.02);
        const labels = sides.map((side) => (side > 0 ? 1 : -1));
        const { converged, mistakes, bound = 0 } = perceptron(points, labels, { margin, maxEpochs: 20_000 });
        expect(bound).toBeCloseTo(Math.max(...points.map(([x, y]) => x * x + y * y + 1)) / margin ** 2, 9);
        expect(converged).toBe(true);
        expect(mistakes.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(bound);
      }),
      { numRuns: 100 },
    );
  });

  test("tensors are read as lists are", () => {
    const lists = perceptron(corners, [0, 0, 0, 1]);
    const tensors = perceptron(tensor(corners), tensor([0, 0, 0, 1], "int32"));
    expect(tensors.weights).toEqual(lists.weights);
    expect(
      perceptron(
        corners.map((row) => Float32Array.from(row)),
        Int8Array.of(0, 0, 0, 1),
      ).bias,
    ).toBe(lists.bias);
  });

  test.each([
    [() => perceptron([], []), ArgumentError, "perceptron: needs at least one example; got none"],
    [() => perceptron([[1], [1, 2]], [0, 1]), ShapeError, "as many numbers as the first, 1; example 1 has 2"],
    [() => perceptron([[1]], [0, 1]), ShapeError, "a target for each of the 1 examples; got 2"],
    [() => perceptron([[Number.NaN]], [0]), ArgumentError, "example 0 holds finite numbers; got NaN at 0"],
    [() => perceptron([[1]], [2]), ArgumentError, "labels are 0 and 1, or -1 and 1; got 2"],
    [() => perceptron([[1], [2]], [0, -1]), ArgumentError, "got 0 beside -1"],
    [() => perceptron([[1e200]], [1]), ArgumentError, "so large that sums overflow"],
    [
      () => perceptron(tensor([1, 2]), [0, 1]),
      ShapeError,
      "needs a tensor [n, d] of inputs; got the shape [2]",
    ],
    [
      () => perceptron([[1]], [1], { rate: 0 }),
      ArgumentError,
      "perceptron({ rate }): must be a number in (0, ∞); got 0",
    ],
    [() => perceptron([[1]], [1], { margin: 0 }), ArgumentError, "perceptron({ margin })"],
    [
      () => perceptron([[1]], [1], JSON.parse('{"seed":"x"}')),
      ArgumentError,
      'the seed is a number; got "x"',
    ],
    [() => perceptron([[1]], [1], JSON.parse('{"epochs":3}')), ArgumentError, 'unknown option "epochs"'],
    [() => perceptron(JSON.parse("[3]"), [1]), ArgumentError, "example 0 is a list of numbers; got 3"],
  ])("%s", (call, kind, text) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(text);
  });
});
