/**
 * Against mathematics: gradient descent run step by step, condition numbers of small matrices, and that nothing depends on units once inputs are
 * standardized.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at } from "../../../core/exactly.ts";
import { fillNormal, seedKey } from "../../../core/random/index.ts";
import { tensor } from "../../../tensor/index.ts";
import { standardizationEffect } from "./standardization-effect.ts";

/** Features of the size that the lecture's have, x₁ = 114.8 and x₂ = 0.00323 the first. */
const lecture = {
  inputs: [
    [114.8, 0.00323],
    [97.2, 0.00511],
    [131.5, 0.00147],
    [88.1, 0.00275],
    [120.9, 0.0049],
  ],
  targets: [14.7, 15.1, 14.5, 12.4, 17.2],
};

/** Steps of plain gradient descent on least squares until the tolerance, counted by running it. */
function countSteps(
  x: readonly (readonly number[])[],
  y: readonly number[],
  rate: number,
  tolerance: number,
): number {
  const rows = x.map((row) => [...row, 1]);
  const n = rows.length;
  const loss = (w: readonly number[]): number =>
    rows.reduce((sum, row, i) => sum + (row.reduce((z, xj, j) => z + xj * at(w, j), 0) - at(y, i)) ** 2, 0) /
    (2 * n);
  const descend = (w: readonly number[]): number[] => {
    const errors = rows.map((row, i) => row.reduce((z, xj, j) => z + xj * at(w, j), 0) - at(y, i));
    return w.map(
      (wj, j) => wj - (rate * rows.reduce((sum, row, i) => sum + at(errors, i) * at(row, j), 0)) / n,
    );
  };
  let lowest: readonly number[] = at(rows, 0).map(() => 0);
  for (let k = 0; k < 200_000; k++) lowest = descend(lowest);
  let w: readonly number[] = at(rows, 0).map(() => 0);
  const enough = loss(lowest) + tolerance * (loss(w) - loss(lowest));
  let steps = 0;
  for (; loss(w) > enough; steps++) w = descend(w);
  return steps;
}

describe("standardizationEffect", () => {
  test("the lecture's sizes: a condition number of 10⁹ becomes one of less than 2", () => {
    const { features, forms } = standardizationEffect(lecture);
    const [given, centred, standardized] = forms;
    expect(features.map(({ mean }) => mean)).toEqual([
      expect.closeTo(110.5, 10),
      expect.closeTo(0.003492, 12),
    ]);
    expect(given?.condition).toBeGreaterThan(1e9);
    expect(centred?.condition).toBeGreaterThan(1e8);
    // The correlation r of two standardized features: eigenvalues 1 ± r and, of the bias, 1.
    expect((standardized?.largest ?? 0) + (standardized?.smallest ?? 0)).toBeCloseTo(2, 10);
    expect(standardized?.condition).toBeLessThan(2);
    expect(given?.steps).toBeGreaterThan(1e9);
    expect(standardized?.steps).toBeLessThan(10);
  });

  test("steps of least squares are those of a run", () => {
    const inputs = [
      [3, 1],
      [5, -1],
      [4, 2],
      [2, 0],
      [6, 1],
    ];
    const targets = [1, 4, -2, 3, 5];
    const { forms } = standardizationEffect({ inputs, targets }, { tolerance: 1e-4 });
    const given = at(forms, 0);
    // The run stops where the loss is compared after rounding.
    expect(Math.abs(given.steps - countSteps(inputs, targets, given.rate, 1e-4))).toBeLessThanOrEqual(1);
    expect(given.steps).toBeGreaterThan(20);
  });

  test("units do not matter to standardized inputs, whatever they are", () => {
    const factor = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    const shift = fc.double({ min: -100, max: 100, noNaN: true });
    const drawn = fillNormal(seedKey(1), new Float64Array(60));
    const row = (i: number): number[] => [at(drawn, 3 * i), at(drawn, 3 * i + 1)];
    const targets = Array.from({ length: 20 }, (_, i) => at(drawn, 3 * i + 2));
    const plain = standardizationEffect({ inputs: targets.map((_, i) => row(i)), targets }).forms;
    fc.assert(
      fc.property(factor, factor, shift, (a, b, c) => {
        const inputs = targets.map((_, i) => [a * at(row(i), 0), b * (at(row(i), 1) + c)]);
        const { forms } = standardizationEffect({ inputs, targets });
        const [given, , standardized] = forms;
        // Centring c away costs digits of b.
        expect(Math.abs((standardized?.condition ?? 0) / at(plain, 2).condition - 1)).toBeLessThan(1e-9);
        expect(Math.abs((standardized?.steps ?? 0) - at(plain, 2).steps)).toBeLessThanOrEqual(1);
        expect(given?.condition).toBeGreaterThanOrEqual((standardized?.condition ?? 0) * 0.3);
      }),
    );
  });

  test("condition numbers beyond what a double resolves", () => {
    const inputs = [
      [1e9, 1e-9],
      [-1e9, 1e-9],
      [1e9, -1e-9],
      [-1e9, -1e-9],
    ];
    const { forms } = standardizationEffect({ inputs, targets: [1, 2, 3, 5] });
    // XᵀX/n is diagonal: 10¹⁸, 10⁻¹⁸ and 1.
    expect(at(forms, 0).condition / 1e36).toBeCloseTo(1, 10);
    expect(at(forms, 2).condition).toBeCloseTo(1, 10);
    expect(at(forms, 0).isReached).toBe(false);
  });

  test("features that never change or depend on each other have no curvature of their own", () => {
    const inputs = [
      [1, 7, 2],
      [2, 7, 4],
      [3, 7, 6],
      [5, 7, 10],
    ];
    const { forms, features } = standardizationEffect({ inputs, targets: [1, 2, 3, 4] });
    expect(features.map(({ deviation }) => deviation)[1]).toBe(1);
    // Of two equal columns only their sum is left, which has twice the variance.
    expect(at(forms, 2).condition).toBeCloseTo(2, 10);
    expect(Number.isFinite(at(forms, 0).steps)).toBe(true);
  });

  test("logistic regression is run: it comes to its end on standardized inputs only", () => {
    const { forms } = standardizationEffect(
      { inputs: lecture.inputs, targets: [0, 1, 1, 0, 0] },
      { model: "logistic", maxSteps: 5000 },
    );
    expect(forms.map(({ isReached }) => isReached)).toEqual([false, false, true]);
    expect(at(forms, 0).steps).toBe(5000);
    expect(at(forms, 2).steps).toBeLessThan(100);
    // A quarter of the second moments: p(1 − p) = ¼ at weights of 0.
    const squares = standardizationEffect(lecture).forms;
    expect(at(forms, 0).largest / at(squares, 0).largest).toBeCloseTo(0.25, 12);
  });

  test("labels that a plane separates: the lowest loss is 0, and the loss goes on towards it", () => {
    const inputs = [[1], [2], [3], [4]];
    const { forms } = standardizationEffect(
      { inputs, targets: [0, 0, 1, 1] },
      { model: "logistic", tolerance: 0.1 },
    );
    expect(at(forms, 2).isReached).toBe(true);
    expect(at(forms, 2).steps).toBeLessThan(at(forms, 0).steps);
  });

  test("tensors, names, and a print", () => {
    const data = { inputs: tensor(lecture.inputs), targets: tensor(lecture.targets) };
    const text = String(standardizationEffect(data, { names: ["pressure", "slip"] }));
    expect(text.split("\n")).toHaveLength(9);
    expect(text).toContain("pressure");
    expect(text).toContain("standardized");
  });

  test.each([
    [lecture, { model: "ridge" }, /"least-squares" or "logistic"; got "ridge"/],
    [lecture, { model: "logistic" }, /labels 0 and 1; got 14\.7/],
    [lecture, { names: ["a"] }, /a list of 2 names/],
    [lecture, { tolerance: 1 }, /\(0, 1\); got 1/],
    [{ inputs: [[1, Number.NaN]], targets: [1] }, {}, /example 0 holds finite numbers/],
    [{ inputs: [[1]], targets: [1, 2] }, {}, /needs a target for each/],
    [{ x: [[1]] }, {}, /unknown option "x"/],
  ])("refuses (%#)", (data, options, message) => {
    expect(() => Reflect.apply(standardizationEffect, undefined, [data, options])).toThrow(message);
  });
});
