/** What the parser says about formulas it cannot read. */

import { closest } from "./closest.ts";
import { formulaConstants, formulaFunctions } from "./functions.ts";
import type { Operation } from "./operation.ts";
import type { Token } from "./tokens.ts";

/** Longer pieces of the text are not repeated in a message. */
const LONGEST_QUOTE = 24;

/** The token as a message shows it. */
function quote(text: string, token: Token): string {
  if (token.kind === "end") return "the end";
  const length = token.end - token.start;
  return length > LONGEST_QUOTE ? `this ${token.kind}` : `\`${text.slice(token.start, token.end)}\``;
}

/** A value is due and something else came. */
export function missingValue(text: string, token: Token): string {
  if (token.kind === "end") {
    return text.trim() === "" ? "the formula is empty" : "the formula ends where a value is due";
  }
  return `a value is missing before ${quote(text, token)}`;
}

/** A value follows a value: the product nobody wrote. */
export function missingOperator(text: string, previous: Token, token: Token): string {
  const left = factor(text, previous);
  const right = factor(text, token);
  if (token.kind === "number") return `an operator is missing between ${left} and ${right}`;
  return `write ${left}*${right}: multiplication is not guessed`;
}

function factor(text: string, token: Token): string {
  if (token.kind === "sign") return "(...)";
  return token.end - token.start > LONGEST_QUOTE ? "..." : text.slice(token.start, token.end);
}

/** A name before a bracket that is no function. */
export function notAFunction(name: string): string {
  const shown = name.length > LONGEST_QUOTE ? "this name" : name;
  const product = `write ${name.length > LONGEST_QUOTE ? "x" : name}*(...) for a product`;
  if (formulaConstants.has(name)) return `${shown} is a constant, not a function; ${product}`;
  const meant = closest(name, formulaFunctions);
  if (meant === undefined) return `there is no function ${shown}; ${product}`;
  return `there is no function ${shown}; did you mean ${meant}? If not, ${product}`;
}

/** A function that is not called. */
export function notCalled(name: string): string {
  return `${name} is a function: write ${name}(...), or give the variable another name`;
}

/** A call with the wrong number of arguments. */
export function wrongCount(name: string, operation: Operation, count: number): string {
  const { arity } = operation;
  const wanted = arity === "many" ? "two or more arguments" : `${arity} argument${arity === 1 ? "" : "s"}`;
  return `${name} takes ${wanted}; got ${count}`;
}

/** `!` behind a value. */
export const factorial =
  "`!` means not and stands before a condition; the factorial of n is exp(lgamma(n + 1))";
/** `0 < x < 1`. */
export const chainedComparison = "comparisons do not chain: write a < b && b < c, or add brackets";
/** `)` without `(`. */
export const unopened = "this bracket closes none that was opened";
/** `(` without `)`. */
export const unclosed = "this bracket is never closed";
/** `:` without `?`. */
export const lonelyColon = "`:` belongs to a conditional: write condition ? a : b";
/** `?` without `:`. */
export const halfConditional = "this conditional has no other side: write condition ? a : b";
/** `,` outside a call. */
export const lonelyComma =
  "a comma stands only between the arguments of a function; a decimal point is written `.`";
