import { expect, test } from "vitest";
import { compile } from "../../compiler/index.ts";
import { ShapeError } from "../../core/errors.ts";
import { tensor, zeros } from "../../tensor/index.ts";
import { deadUnitsOf, isDead } from "./index.ts";

test("features, features of places, and channels", () => {
  expect(
    deadUnitsOf(
      tensor([
        [0, 0, 2],
        [0, -1, 0],
      ]),
    ),
  ).toEqual({ dead: 1, units: 3 });
  expect(
    isDead(
      tensor([
        [
          [0, 1],
          [0, 0],
        ],
        [
          [0, 0],
          [0, 0],
        ],
      ]),
    ).toArray(),
  ).toEqual([true, false]);
  const images = tensor(Array.from({ length: 2 * 3 * 2 * 2 }, (_, i) => (i === 5 ? 1 : 0))).reshape([
    2, 3, 2, 2,
  ]);
  // Channel 1 is alive at one place of one image.
  expect(isDead(images).toArray()).toEqual([true, false, true]);
  expect(compile(isDead)(images).toArray()).toEqual([true, false, true]);
});

test("NaN is no rest, and without examples nobody is dead", () => {
  expect(deadUnitsOf(tensor([[Number.NaN, 0]]))).toEqual({ dead: 1, units: 2 });
  expect(deadUnitsOf(zeros([0, 4]))).toEqual({ dead: 0, units: 4 });
});

test("other shapes", () => {
  expect(() => deadUnitsOf(zeros([3]))).toThrow(ShapeError);
  expect(() => isDead(zeros([3]))).toThrow(
    "isDead: outputs must be [n, features], [n, places, features] or [n, channels, height, width]; got [3]",
  );
});
