/** The error of a formula that cannot be read: what is wrong, where, and a line with a caret under the place. */

import { NablaError } from "../core/errors.ts";

/** How much of a long line the message shows around the place. */
const WINDOW = 70;

/** Characters that would move or hide the caret: controls, bidirectional marks, lone surrogates, separators. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\t]/u;

/** Marks that stand on the character before them and take no column. */
const COMBINING = /\p{M}/u;

/**
 * Thrown by `parseFormula` for a text that is not a formula. The message ends in the line of the formula, cut to about
 * seventy columns around the place, and a caret under it.
 *
 * ```ts
 * import { FormulaError, parseFormula } from "nabla";
 *
 * parseFormula("2x + 1"); // throws FormulaError: Formula: write 2*x: multiplication is not guessed (column 2)
 * new FormulaError("2x + 1", 1, "write 2*x").position; // → 1
 * ```
 */
export class FormulaError extends NablaError {
  override readonly name: string = "FormulaError";
  /** The whole text that was given. */
  readonly formula: string;
  /** Where the mistake is: an index into `formula` in UTF-16 units from 0; `formula.length` means its end. */
  readonly position: number;
  /** The line of the place, from 1. */
  readonly line: number;
  /** The column of the place in characters (code points), from 1. */
  readonly column: number;
  /** What is wrong and what to do, without the excerpt. */
  readonly reason: string;

  constructor(formula: string, position: number, reason: string) {
    const start = formula.lastIndexOf("\n", position - 1) + 1;
    const lineStart = position === 0 ? 0 : start;
    const line = countLines(formula, lineStart);
    const column = countCharacters(formula, lineStart, position) + 1;
    const place = line === 1 ? `column ${column}` : `line ${line}, column ${column}`;
    super("formula", `Formula: ${reason} (${place})\n${excerpt(formula, lineStart, position)}`);
    this.formula = formula;
    this.position = position;
    this.line = line;
    this.column = column;
    this.reason = reason;
  }
}

function countLines(text: string, end: number): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

function countCharacters(text: string, start: number, end: number): number {
  let characters = 0;
  for (let at = start; at < end; at += width(text, at)) characters++;
  return characters;
}

function width(text: string, at: number): 1 | 2 {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** The line of the place and a caret below it; an ellipsis stands where the line was cut. */
function excerpt(text: string, lineStart: number, position: number): string {
  const newline = text.indexOf("\n", position);
  const lineEnd = newline < 0 ? text.length : newline;
  // Most of what explains a mistake stands before it.
  const ideal = Math.min(position - 45, lineEnd - WINDOW);
  const from = Math.max(lineStart, ideal);
  const to = Math.min(lineEnd, from + WINDOW);
  const before = (from > lineStart ? "…" : "") + printable(text.slice(from, position));
  const after = printable(text.slice(position, to)) + (to < lineEnd ? "…" : "");
  const indent = [...before].filter((character) => !COMBINING.test(character)).length;
  return `  ${before}${after}\n  ${" ".repeat(indent)}^`;
}

/** One column a character, so that the caret stands where it should. */
function printable(text: string): string {
  return Array.from(text, (character) => (UNPRINTABLE.test(character) ? " " : character)).join("");
}
