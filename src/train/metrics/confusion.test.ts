/** Against counting, and an example of scikit-learn's documentation. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { at } from "../../core/exactly.ts";
import { tensor } from "../../tensor/index.ts";
import { confusionMatrix, confusionScores } from "./index.ts";

test("scikit-learn's example of precision, recall and F₁", () => {
  const matrix = confusionMatrix([0, 2, 1, 0, 0, 1], tensor([0, 1, 2, 0, 1, 2], "int32"), 3);
  expect(matrix).toEqual({
    counts: [
      [2, 0, 0],
      [1, 0, 1],
      [0, 2, 0],
    ],
    examples: 6,
  });
  const { accuracy, classes, mean } = confusionScores(matrix);
  expect(accuracy).toBe(1 / 3);
  expect(classes.map(({ precision }) => precision)).toEqual([2 / 3, 0, 0]);
  expect(classes.map(({ recall }) => recall)).toEqual([1, 0, 0]);
  expect(classes.map(({ f1 }) => f1)).toEqual([0.8, 0, 0]);
  // "macro": 0.22…, 0.33…, 0.26….
  expect(mean.precision).toBeCloseTo(2 / 9, 15);
  expect(mean.recall).toBeCloseTo(1 / 3, 15);
  expect(mean.f1).toBeCloseTo(0.8 / 3, 15);
});

test("every example is counted once", () => {
  const pairs = fc.array(fc.tuple(fc.nat(3), fc.nat(3)));
  fc.assert(
    fc.property(pairs, (list) => {
      const matrix = confusionMatrix(
        list.map(([said]) => said),
        Int32Array.from(list, ([, is]) => is),
        4,
      );
      expect(matrix.counts.flat().reduce((a, b) => a + b, 0)).toBe(list.length);
      const { classes, accuracy } = confusionScores(matrix);
      classes.forEach(({ recall, precision, f1, examples }, k) => {
        const hits = at(at(matrix.counts, k), k);
        expect(examples).toBe(list.filter(([, is]) => is === k).length);
        expect(recall * examples).toBeCloseTo(hits, 12);
        expect(precision * list.filter(([said]) => said === k).length).toBeCloseTo(hits, 12);
        if (hits > 0) expect(f1).toBeCloseTo(2 / (1 / precision + 1 / recall), 12);
      });
      expect(accuracy * list.length).toBeCloseTo(list.filter(([said, is]) => said === is).length, 12);
    }),
  );
});

test("classes that were neither there nor predicted have no say in the means", () => {
  expect(confusionScores(confusionMatrix([0, 1], [0, 1], 10)).mean).toEqual({
    precision: 1,
    recall: 1,
    f1: 1,
  });
});

test("what cannot be counted", () => {
  expect(() => confusionMatrix([0, 1], [0], 2)).toThrow("a prediction for each of the 1 examples; got 2");
  expect(() => confusionMatrix([0, 2], [0, 1], 2)).toThrow(
    "numbered from 0 to 1; example 1 is 1 and was taken for 2",
  );
  expect(() => confusionMatrix([0], [-1], 2)).toThrow("example 0 is -1");
  expect(() => confusionMatrix([0.5], [0], 2)).toThrow("taken for 0.5");
  expect(() => confusionMatrix([], [], 0)).toThrow("the number of classes is a whole number ≥ 1; got 0");
});
