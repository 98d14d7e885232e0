import { expect, test } from "vitest";
import { count, duration, loss, percent, rate } from "./format.ts";

test("numbers as people read them", () => {
  expect([0.0124, 0.24, 24.34, 59.94, 59.96, 125.4].map(duration)).toEqual([
    "12 ms",
    "0.2 s",
    "24.3 s",
    "59.9 s",
    "1 min 0 s",
    "2 min 5 s",
  ]);
  expect([0, 0.0712, 3.2e-6, 123456, Number.NaN, Infinity].map(loss)).toEqual([
    "0.0000",
    "0.0712",
    "3.20e-6",
    "1.23e5",
    "none",
    "infinite",
  ]);
  expect([0.97814, Number.NaN].map(percent)).toEqual(["97.81 %", "none"]);
  expect([0.15, 4.1666e-4, 1e-8].map(rate)).toEqual(["0.15", "0.000417", "1e-8"]);
  expect(count(7812.4)).toBe("7,812");
});
