/** Any text gives a formula or a `FormulaError` inside it, in linear time, without exhausting the call stack. */
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { FormulaError } from "../formula-error.ts";
import { formulaFunctions } from "./functions.ts";
import { parseFormula } from "./parse-formula.ts";
import { deepestNesting, parse } from "./parser.ts";

const seed = 20261122;
const longest = 1_048_576;

/** The error of a text, or nothing where it is a formula; anything else that is thrown fails the test. */
function failureOf(text: string): FormulaError | undefined {
  try {
    parseFormula(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    expect(error.position).toBeGreaterThanOrEqual(0);
    expect(error.position).toBeLessThanOrEqual(text.length);
    expect(error.message.length).toBeLessThan(600);
    return error;
  }
}

/** Pieces of formulas in no order: gets far deeper into the parser than random characters. */
const pieces = fc.array(
  fc.constantFrom(
    ...["1", "2.5", ".5e-3", "x", "y", "pi", "__proto__", "²", "⁻¹", " ", "\n", "\t", "é", "😀", "\ud800"],
    ...[
      "+",
      "-",
      "*",
      "**",
      "^",
      "/",
      "%",
      "!",
      "<",
      "<=",
      "==",
      "!=",
      "&&",
      "||",
      "?",
      ":",
      ",",
      "(",
      ")",
      "(",
      ")",
    ],
    ...formulaFunctions.slice(0, 8).map((name) => `${name}(`),
    ...["=", "&", "[", ".", "–", "\u0000", "\u202e", "//", "/*", "`", "${", "\\u0031", "0x1F", "1n"],
  ),
  { maxLength: 60 },
);

describe("any text", () => {
  test("of any characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        failureOf(text);
      }),
      { seed, numRuns: 2000 },
    );
  });

  test("of pieces of formulas; what is read can be evaluated", () => {
    fc.assert(
      fc.property(pieces, (list) => {
        const text = list.join("");
        if (failureOf(text) !== undefined) return;
        const { f, variables } = parseFormula(text);
        const values = Object.fromEntries(variables.map((name, i) => [name, i + 0.5]));
        expect(f(values)).toBeTypeOf("number");
      }),
      { seed, numRuns: 5000 },
    );
  });
});

describe("depth", () => {
  test.each<readonly [name: string, open: string, middle: string, close: string]>([
    ["brackets", "(", "x", ")"],
    ["calls", "sin(", "x", ")"],
    ["last arguments", "max(1,", "x", ")"],
    ["minus signs", "-", "x", ""],
    ["plus signs", "+", "x", ""],
    ["nots", "!", "x", ""],
    ["powers", "x^", "1", ""],
    ["conditions", "(x ?", "1", ": 2)"],
    ["first sides", "x ? ", "1", ": 2"],
    ["second sides", "x ? 1 : ", "x", ""],
    ["brackets in sums", "1+(", "x", ")"],
  ])("%s may be nested so far and no further", (_, open, middle, close) => {
    const nested = (levels: number): string => open.repeat(levels) + middle + close.repeat(levels);
    expect(failureOf(nested(400))).toBeUndefined();
    expect(failureOf(nested(deepestNesting + 1))?.reason).toMatch(/nested more than 1000 levels/);
    expect(failureOf(open.repeat(Math.floor(longest / open.length)))?.reason).toMatch(
      /nested more than 1000 levels/,
    );
  });

  test("exactly a thousand brackets are fine", () => {
    expect(failureOf(`${"(".repeat(1000)}x${")".repeat(1000)}`)).toBeUndefined();
  });
});

describe("length", () => {
  test("a megabyte is the limit", () => {
    expect(failureOf("x".repeat(longest))).toBeUndefined();
    const error = failureOf("x".repeat(longest + 1));
    expect(error?.reason).toBe("a formula has at most 1048576 characters; this has 1048577");
    expect(error?.position).toBe(longest);
  });

  test("a sum of half a million terms is read and evaluated", () => {
    const { f } = parseFormula(`1${"+x".repeat(500_000)}`);
    expect(f({ x: 2 })).toBe(1_000_001);
  });

  test("a call takes as many arguments as fit", () => {
    expect(parseFormula(`max(${"1,".repeat(500_000)}2)`).f({})).toBe(2);
  });

  test("powers of powers by superscripts are flat", () => {
    expect(parseFormula(`x${"¹ ".repeat(400_000)}`).f({ x: 3 })).toBe(3);
  });
});

describe("time", () => {
  /** The characters that the parser's patterns look at, and the instructions it writes: its work, whatever the machine. */
  function work(text: string): number {
    const spy = vi.spyOn(RegExp.prototype, "exec");
    let instructions = 0;
    try {
      instructions = parse(text).instructions.length;
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
    }
    const looked = spy.mock.results.reduce(
      (sum, { value }) => sum + 1 + (value === null ? 0 : value[0].length),
      0,
    );
    spy.mockRestore();
    return looked + instructions;
  }

  test.each([
    ["x", "+x"],
    ["1", " - 2.5e-3 "],
    ["x", "\n*\ny"],
    ["", "sin (x) + "],
    ["max(1", ", 1"],
    ["", "name_of_some_length·"],
    ["x", "²"],
    ["", "a long name of spaces"],
    ["1", "<1&&1"],
    ["x", "+"],
    ["", "( "],
    ["", " "],
    ["", "9"],
    ["", "é"],
  ])("%j followed by many %j takes work in proportion to its length", (start, piece) => {
    const small = 500;
    const many = 8;
    const once = work(start + piece.repeat(small));
    const more = work(start + piece.repeat(small * many));
    expect(more).toBeLessThanOrEqual(once * many * 1.01 + 100);
    // Each place is matched against at most five patterns, and what follows a name is read twice.
    expect(more).toBeLessThanOrEqual(14 * (start.length + piece.length * small * many) + 100);
  });
});
