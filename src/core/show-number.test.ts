import { expect, test } from "vitest";
import { showNumber } from "./show-number.ts";

test.each<readonly [value: number, digits: number, text: string]>([
  [0.25, 3, "0.25"],
  [-0, 3, "0"],
  [0.0001, 3, "0.0001"],
  [0.00001, 3, "1e-5"],
  [-1.2345e-8, 3, "-1.23e-8"],
  [123456, 3, "123000"],
  [177123456789012, 3, "1.77e14"],
  [1234567.891, 10, "1234567.891"],
  [1e10, 10, "1e10"],
  [0.99999999, 3, "1"],
  [Number.NaN, 3, "NaN"],
  [-Infinity, 3, "-Infinity"],
])("%d with %d digits is %s", (value, digits, text) => {
  expect(showNumber(value, digits)).toBe(text);
});
