/** Every function and operator means the same for numbers and for tensors. */
import { expect, test } from "vitest";
import { tensor } from "../../tensor/index.ts";
import { operationsByName } from "./functions.ts";
import { parseFormula } from "./parse-formula.ts";

/** Arguments inside and outside of domains, zeros and the ends of the line. */
const samples = [
  -2.5,
  -1,
  -0.3,
  0,
  0.25,
  0.5,
  1,
  1.5,
  3,
  40,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];
const pairs = samples.flatMap((x) => samples.map((y) => ({ x, y })));

function agree(text: string): void {
  const { f } = parseFormula(text);
  for (const { x, y } of pairs) {
    const expected = f({ x, y });
    const actual = f({ x: tensor(x), y: tensor(y) }).item();
    const close = Object.is(expected, actual) || Math.abs(expected - actual) <= 4e-16 * Math.abs(expected);
    expect(close || expected === actual, `${text} at x = ${x}, y = ${y}: ${expected} and ${actual}`).toBe(
      true,
    );
  }
}

for (const [name, { arity }] of operationsByName) {
  const args = arity === "many" ? "x, y, 0.75" : ["x", "x, y", "x, -1, 1"][arity - 1];
  test(`${name}(${args})`, () => agree(`${name}(${args})`));
}

for (const sign of ["+", "-", "*", "/", "%", "^"]) {
  test(`x ${sign} y`, () => agree(`x ${sign} y`));
}

for (const sign of ["<", "<=", ">", ">=", "==", "!=", "&&", "||"]) {
  test(`x ${sign} y, as a number`, () => agree(`1*(x ${sign} y)`));
}

test("signs and conditionals", () => {
  for (const text of ["-x", "+x", "1*!x", "x > y ? x : y", "x ? y : 1", "(x < y) + (x < 1)", "(x < y)/3"])
    agree(text);
});
