/** What is said about texts that are no formulas, and where. */
import { describe, expect, test } from "vitest";
import { NablaError } from "../core/errors.ts";
import { parseFormula } from "./formula/parse-formula.ts";
import { FormulaError } from "./formula-error.ts";

function failure(text: string): FormulaError {
  try {
    parseFormula(text);
  } catch (error) {
    if (error instanceof FormulaError) return error;
    throw error;
  }
  throw new Error(`read without complaint: ${text}`);
}

test.each<readonly [text: string, position: number, reason: string]>([
  ["", 0, "the formula is empty"],
  ["2x", 1, "write 2*x: multiplication is not guessed"],
  ["2(x)", 1, "write 2*(...): multiplication is not guessed"],
  ["(x)(y)", 3, "write (...)*(...): multiplication is not guessed"],
  ["(x)y", 3, "write (...)*y: multiplication is not guessed"],
  ["x y", 2, "write x*y: multiplication is not guessed"],
  ["2e", 1, "write 2*e: multiplication is not guessed"],
  ["1.2.3", 3, "an operator is missing between 1.2 and .3"],
  ["x(y)", 0, "there is no function x; write x*(...) for a product"],
  ["1 + sinn(x)", 4, "there is no function sinn; did you mean sin? If not, write sinn*(...) for a product"],
  ["Exp(1)", 0, "there is no function Exp; did you mean exp? If not, write Exp*(...) for a product"],
  ["pi(2)", 0, "pi is a constant, not a function; write pi*(...) for a product"],
  ["sin x", 0, "sin is a function: write sin(...), or give the variable another name"],
  ["sin(1, 2)", 0, "sin takes 1 argument; got 2"],
  ["atan2(1)", 0, "atan2 takes 2 arguments; got 1"],
  ["1 + exp()", 4, "exp takes 1 argument; got 0"],
  ["max(1)", 0, "max takes two or more arguments; got 1"],
  ["max(1,)", 6, "a value is missing before `)`"],
  ["1 +", 3, "the formula ends where a value is due"],
  ["1 + * 2", 4, "a value is missing before `*`"],
  ["()", 1, "a value is missing before `)`"],
  ["(1 + (2)", 0, "this bracket is never closed"],
  ["1)", 1, "this bracket closes none that was opened"],
  ["0 < x < 1", 6, "comparisons do not chain: write a < b && b < c, or add brackets"],
  ["1 ? 2", 2, "this conditional has no other side: write condition ? a : b"],
  ["(1 ? 2)", 3, "this conditional has no other side: write condition ? a : b"],
  ["1 : 2", 2, "`:` belongs to a conditional: write condition ? a : b"],
  ["1,5", 1, "a comma stands only between the arguments of a function; a decimal point is written `.`"],
  ["n!", 1, "`!` means not and stands before a condition; the factorial of n is exp(lgamma(n + 1))"],
  ["y = 2*x", 2, "`=` is not a comparison: write `==`, or give the right-hand side of the equation alone"],
  ["a & b", 2, "write `&&` for and"],
  ["exp[x]", 3, "brackets are written ( and )"],
  ["Math.sin(x)", 4, "a point stands only inside a number: write sin(x), not Math.sin(x)"],
  ["a – b", 2, "this is a dash: write the minus sign `-`"],
  ["1e999", 0, "this number is larger than a double can hold (about 1.8e308); write inf"],
  ["x²³ + ²", 6, "a value is missing before `²`"],
  ["x;", 1, "a formula is one expression: write nothing after its end, and `,` between arguments"],
  ["\u0000", 0, "this character (U+0000) has no meaning in a formula; remove it"],
  ["x + 😀", 4, "the character 😀 (U+1F600) has no meaning in a formula; remove it"],
  ["x + \ud800", 4, "this character (U+D800) has no meaning in a formula; remove it"],
])("%j fails at %i", (text, position, reason) => {
  const error = failure(text);
  expect(error.reason).toBe(reason);
  expect(error.position).toBe(position);
  expect(error.formula).toBe(text);
});

describe("the message", () => {
  test("ends in the line and a caret", () => {
    expect(failure("2*x + 3y").message).toBe(
      "Formula: write 3*y: multiplication is not guessed (column 8)\n  2*x + 3y\n         ^",
    );
    expect(failure("1 +").message).toMatch(/\n {2}1 \+\n {5}\^$/);
  });

  test("shows the line of the place only, counting lines and columns from 1", () => {
    const error = failure("a +\nb +\n\tc d\n+ e");
    expect([error.line, error.column]).toEqual([3, 4]);
    expect(error.message).toBe(
      "Formula: write c*d: multiplication is not guessed (line 3, column 4)\n   c d\n     ^",
    );
  });

  test("counts a character of two units as one column, and a combining mark as none on the screen", () => {
    const astral = failure("𝑥 + 2𝑥");
    expect([astral.position, astral.column]).toEqual([6, 6]);
    expect(astral.message).toMatch(/\n {2}𝑥 \+ 2𝑥\n {7}\^$/u);
    expect(failure("x\u0323 y").message).toMatch(/\n {4}\^$/);
  });

  test("shows about seventy columns of a long line", () => {
    for (const before of [0, 10, 44, 45, 46, 69, 70, 71, 1000]) {
      for (const after of [0, 1, 10, 100]) {
        const error = failure(`${"+".repeat(before)}@${"+".repeat(after)}`);
        const [, line = "", caret = ""] = error.message.split("\n");
        expect(line.length).toBeLessThanOrEqual(2 + 70 + 2 + 1);
        expect(line[caret.indexOf("^")]).toBe("@");
      }
    }
  });

  test("does not let the text move the caret or the terminal", () => {
    const error = failure("1 \u001b[31m \u202e 2");
    expect(["\u001b", "\u202e"].filter((character) => error.message.includes(character))).toEqual([]);
  });

  test("does not repeat long pieces of the text", () => {
    expect(failure(`2${"x".repeat(10_000)}`).message.length).toBeLessThan(300);
    expect(failure(`${"x".repeat(10_000)}(1)`).message.length).toBeLessThan(300);
  });
});

test("the error is one of Nabla's", () => {
  const error = failure("2x");
  expect(error).toBeInstanceOf(NablaError);
  expect(error.name).toBe("FormulaError");
  expect(error.code).toBe("formula");
});
