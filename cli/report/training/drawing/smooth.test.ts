import { expect, test } from "vitest";
import { smooth, thin } from "./smooth.ts";

const pointsOf = (losses: readonly number[]) => losses.map((loss, i) => ({ step: i + 1, loss }));

test("a short sequence stays as it is, each value at its step", () => {
  expect(thin(pointsOf([5, 3, 4]), 600)).toEqual([
    { step: 1, loss: 5 },
    { step: 2, loss: 3 },
    { step: 3, loss: 4 },
  ]);
  expect(thin([], 600)).toEqual([]);
});

test("a long one becomes means of groups that stand at their middle, the rest included", () => {
  const losses = Array.from({ length: 7 }, (_, i) => i);
  expect(thin(pointsOf(losses), 3)).toEqual([
    { step: 2, loss: 1 },
    { step: 5, loss: 4 },
    { step: 7, loss: 6 },
  ]);
});

test("smoothing keeps the first value, averages around the middle and back from the end", () => {
  const points = pointsOf([9, 6, 3, 3, 0]);
  expect(smooth(points, 1).map(({ loss }) => loss)).toEqual([9, 6, 4, 2, 1.5]);
  expect(smooth(points, 0)).toEqual(points);
});
