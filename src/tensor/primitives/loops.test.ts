import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DataArray } from "../dtype.ts";
import * as loops from "./loops.ts";

/** The loops of their own, and the functions whose loops they are. */
const ofTwo: [loops.BinaryLoop, (a: number, b: number) => number][] = [
  [loops.add, (a, b) => a + b],
  [loops.subtract, (a, b) => a - b],
  [loops.multiply, (a, b) => a * b],
  [loops.divide, (a, b) => a / b],
  [loops.isGreater, (a, b) => (a > b ? 1 : 0)],
];

const ofOne: [loops.UnaryLoop<object>, (x: number) => number][] = [
  [loops.negate, (x) => -x],
  [loops.squareRoot, Math.sqrt],
  [loops.rectify, (x) => Math.max(x, 0)],
];

const kinds: readonly ((values: readonly number[]) => DataArray)[] = [
  (values) => Float64Array.from(values),
  (values) => Float32Array.from(values),
  (values) => Int32Array.from(values),
  (values) => Uint8Array.from(values, (value) => (value === 0 ? 0 : 1)),
];

const pairs = fc.array(fc.tuple(fc.double(), fc.double()), { minLength: 1, maxLength: 20 });
const steps = fc.constantFrom<0 | 1>(0, 1);

describe.each(kinds)("%#", (kind) => {
  test.each(ofTwo)("a loop of two operands fills in what its function gives, bit for bit", (loop, value) => {
    fc.assert(
      fc.property(pairs, steps, steps, (list, i, j) => {
        const a = { data: kind(list.map(([first]) => first)), step: i };
        const b = { data: kind(list.map(([, second]) => second)), step: j };
        const out = kind(list.map(() => 0));
        const expected = out.slice();
        loop(a, b, out);
        loops.pairwise(value)(a, b, expected);
        expect(out).toEqual(expected);
      }),
    );
  });

  test.each(ofOne)("a loop of one operand too", (loop, value) => {
    fc.assert(
      fc.property(pairs, (list) => {
        const x = kind(list.map(([first]) => first));
        const [out, expected] = [x.slice(), x.slice()];
        loop(x, out, {});
        loops.each(value)(x, expected, {});
        expect(out).toEqual(expected);
      }),
    );
  });
});
