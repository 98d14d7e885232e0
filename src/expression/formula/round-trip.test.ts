/** Random expression trees, printed with the brackets they need and no more, mean what the same tree means in JavaScript. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseFormula } from "./parse-formula.ts";

/** An expression: its text, how tightly its outermost operator binds (as `parseFormula` documents), and its value. */
interface Expression {
  readonly text: string;
  readonly binds: number;
  readonly value: (x: number, y: number) => number;
}

type Op = readonly [
  sign: string,
  binds: number,
  side: "left" | "right" | "none",
  apply: (a: number, b: number) => number,
];

const operators: readonly Op[] = [
  ["||", 2, "left", (a, b) => Number(a !== 0 || b !== 0)],
  ["&&", 3, "left", (a, b) => Number(a !== 0 && b !== 0)],
  ["==", 4, "none", (a, b) => Number(a === b)],
  ["<=", 5, "none", (a, b) => Number(a <= b)],
  ["+", 6, "left", (a, b) => a + b],
  ["-", 6, "left", (a, b) => a - b],
  ["*", 7, "left", (a, b) => a * b],
  ["/", 7, "left", (a, b) => a / b],
  ["%", 7, "left", (a, b) => a % b],
  ["^", 9, "right", (a, b) => a ** b],
];

const tight = 10;
const prefix = 8;

/** In brackets unless it binds tightly enough. */
function bracket(inner: Expression, least: number): string {
  return inner.binds >= least ? inner.text : `(${inner.text})`;
}

function infix([sign, binds, side, apply]: Op, a: Expression, b: Expression): Expression {
  const left = bracket(a, side === "left" ? binds : binds + 1);
  // A sign right of an operator needs no brackets, but swallows what binds more tightly than itself.
  const right = bracket(b, side === "right" ? Math.min(binds, prefix) : binds + 1);
  return {
    text: `${left} ${sign} ${right}`,
    binds: Math.min(binds, b.binds === prefix ? prefix : binds),
    value: (x, y) => apply(a.value(x, y), b.value(x, y)),
  };
}

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 6 },
    fc.constant<Expression>({ text: "x", binds: tight, value: (x) => x }),
    fc.constant<Expression>({ text: "y", binds: tight, value: (_, y) => y }),
    fc
      .double({ min: 0, max: 1e6, noNaN: true })
      .map((n): Expression => ({ text: String(n), binds: tight, value: () => n })),
    fc
      .tuple(fc.constantFrom(...operators), tie("expression"), tie("expression"))
      .map(([op, a, b]) => infix(op, a, b)),
    tie("expression").map(
      (a): Expression => ({
        text: `-${bracket(a, prefix)}`,
        binds: prefix,
        value: (x, y) => -a.value(x, y),
      }),
    ),
    tie("expression").map(
      (a): Expression => ({
        text: `sin(${a.text})`,
        binds: tight,
        value: (x, y) => Math.sin(a.value(x, y)),
      }),
    ),
    fc.tuple(tie("expression"), tie("expression"), tie("expression")).map(
      ([c, a, b]): Expression => ({
        text: `${bracket(c, 2)} ? ${a.text} : ${b.text}`,
        binds: 1,
        value: (x, y) => (c.value(x, y) !== 0 ? a.value(x, y) : b.value(x, y)),
      }),
    ),
  ),
}));

test("random formulas", () => {
  fc.assert(
    fc.property(expression, fc.double({ min: -5, max: 5 }), fc.double({ min: -5, max: 5 }), (tree, x, y) => {
      expect(parseFormula(tree.text).f({ x, y })).toBe(tree.value(x, y));
    }),
    { seed: 20261122, numRuns: 3000 },
  );
});
