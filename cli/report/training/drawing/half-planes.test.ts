/** Cutting a rectangle by a line: expected corners are geometry. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { at } from "../../../../src/core/exactly.ts";
import type { Range } from "../../../minimize/plot/frame.ts";
import { type Corner, crossing, positivePart, signedValue } from "./half-planes.ts";

const square: readonly [Range, Range] = [
  [0, 2],
  [0, 2],
];

test("the diagonal leaves a triangle, and crosses from corner to corner", () => {
  const diagonal = { a: 1, b: -1, c: 0 };
  expect(positivePart(diagonal, square)).toEqual([
    [0, 0],
    [2, 0],
    [2, 2],
  ]);
  expect(crossing(diagonal, square)).toEqual([
    [0, 0],
    [2, 2],
  ]);
});

test("a line beside the rectangle leaves all or nothing", () => {
  expect(positivePart({ a: 1, b: 0, c: 5 }, square)).toHaveLength(4);
  expect(positivePart({ a: 1, b: 0, c: -5 }, square)).toEqual([]);
  expect(crossing({ a: 1, b: 0, c: -5 }, square)).toBeUndefined();
  // No line at all: the unit has learned nothing yet.
  expect(crossing({ a: 0, b: 0, c: 1 }, square)).toBeUndefined();
});

test("both sides together are the rectangle, and the crossing lies on the line", () => {
  const number = fc.double({ min: -3, max: 3, noNaN: true });
  fc.assert(
    fc.property(number, number, number, (a, b, c) => {
      const line = { a, b, c };
      const area = areaOf(positivePart(line, square)) + areaOf(positivePart({ a: -a, b: -b, c: -c }, square));
      fc.pre(Math.abs(a) + Math.abs(b) > 1e-6);
      expect(area).toBeCloseTo(4, 6);
      for (const corner of crossing(line, square) ?? []) {
        expect(signedValue(line, corner)).toBeCloseTo(0, 6);
        expect(corner.every((coordinate) => coordinate >= 0 && coordinate <= 2)).toBe(true);
      }
    }),
  );
});

/** The shoelace formula. */
function areaOf(corners: readonly Corner[]): number {
  const doubled = corners.reduce((sum, [x, y], i) => {
    const [u, v] = at(corners, (i + 1) % corners.length);
    return sum + x * v - y * u;
  }, 0);
  return Math.abs(doubled) / 2;
}
