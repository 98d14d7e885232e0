/** Labels. Expected values: the examples of scikit-learn's documentation of LabelEncoder and compute_class_weight. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classWeightsBalanced, encodeLabels, type Label } from "./labels.ts";

describe("encodeLabels", () => {
  test("numbers classes in the order of their labels", () => {
    expect(encodeLabels([1, 2, 2, 6])).toEqual({ labels: [1, 2, 6], classes: Int32Array.of(0, 1, 1, 2) });
    expect(encodeLabels(["paris", "paris", "tokyo", "amsterdam"])).toEqual({
      labels: ["amsterdam", "paris", "tokyo"],
      classes: Int32Array.of(1, 1, 2, 0),
    });
    expect(encodeLabels(Uint8Array.of(10, 9, 10)).labels).toEqual([9, 10]);
  });

  test("takes labels known before in their order", () => {
    expect(encodeLabels(["b", "a"], ["b", "c", "a"]).classes).toEqual(Int32Array.of(0, 2));
  });

  test("gives every example its label back", () => {
    const lists = fc.oneof(
      fc.array(fc.string({ maxLength: 3 }), { minLength: 1 }),
      fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1 }),
    );
    fc.assert(
      fc.property(lists, (list) => {
        const values: readonly Label[] = list;
        const { labels, classes } = encodeLabels(values);
        expect([...classes].map((one) => labels[one])).toEqual(list);
        expect(new Set(labels).size).toBe(labels.length);
      }),
      { seed: 20261123 },
    );
  });

  const refused: [string, readonly Label[], RegExp][] = [
    ["no labels", [], /needs a label for each example/],
    ["texts among numbers", [1, "b"], /label 1 is "b" where the first is 1/],
    ["NaN", [1, Number.NaN], /label 1 is NaN/],
    ["NaN first", [Number.NaN], /label 0 is NaN/],
  ];
  test.each(refused)("refuses %s", (_, values, message) => {
    expect(() => encodeLabels(values)).toThrow(message);
  });

  test("refuses labels that are not known, with the nearest", () => {
    expect(() => encodeLabels(["setosa", "virginca"], ["setosa", "virginica"])).toThrow(
      /label 1, "virginca", is none of the known ones; did you mean "virginica"\?/,
    );
    expect(() => encodeLabels([3], [1, 2])).toThrow(/label 0, 3, .* they are \[1, 2\]/);
  });
});

describe("classWeightsBalanced", () => {
  test("is n / (k nᵢ)", () => {
    expect(classWeightsBalanced([1, 1, 1, 1, 0, 0])).toEqual(Float64Array.of(1.5, 0.75));
  });

  test("gives every class the same weight in all, and examples the mean weight 1", () => {
    const classes = fc.array(fc.nat({ max: 3 }), { maxLength: 40 }).map((more) => [0, 1, 2, 3, ...more]);
    fc.assert(
      fc.property(classes, (list) => {
        const weights = classWeightsBalanced(list, 4);
        const sums = [0, 0, 0, 0];
        for (const one of list) sums[one] = (sums[one] ?? 0) + (weights[one] ?? 0);
        for (const sum of sums) expect(sum).toBeCloseTo(list.length / 4, 10);
      }),
      { seed: 20261123 },
    );
  });

  test("refuses classes without examples, out of range, and no classes", () => {
    expect(() => classWeightsBalanced([0, 2], 3)).toThrow(/class 1 has no examples/);
    expect(() => classWeightsBalanced([0, 3], 3)).toThrow(/from 0 to 2; example 1 has 3/);
    expect(() => classWeightsBalanced([0, 0.5])).toThrow(/whole numbers .* example 1 has 0.5/);
    expect(() => classWeightsBalanced([0, 4e9])).toThrow(/example 1 has 4000000000/);
    expect(() => classWeightsBalanced([])).toThrow(/needs each example's class; got none/);
  });
});
