/** How a formula's text falls into tokens: numbers, names, signs, superscripts. Each call reads one token. */

import { FormulaError } from "../formula-error.ts";

const signs = [
  "+",
  "-",
  "*",
  "/",
  "%",
  "^",
  "(",
  ")",
  ",",
  "?",
  ":",
  "<",
  "<=",
  ">",
  ">=",
  "==",
  "!=",
  "&&",
  "||",
  "!",
] as const;

/** A sign after spellings are made one (`**` is `^`, `×` is `*`). */
export type Sign = (typeof signs)[number];

/** One token: where it starts, where the next may start, and what it is. */
export type Token = { readonly start: number; readonly end: number } & (
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "sign"; readonly sign: Sign }
  | { readonly kind: "superscript"; readonly value: number }
  | { readonly kind: "end" }
);

const SPACE = /[\s\u200b\u2060\ufeff]*/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
// Subscript digits belong to names: x₁ is a variable of its own. Middle dots do not, though Unicode says so: x·y is a product.
const NAME = /[\p{ID_Start}_$](?:[^\P{ID_Continue}\u00b7\u0387]|[$₀-₉])*/uy;
const SUPERSCRIPT = /[⁺⁻]?[⁰¹²³⁴-⁹]+/y;
const SIGN = /\*\*|<=|>=|===?|!==?|&&|\|\||[+\-*/%^(),?:<>!×\u00b7\u0387⋅∗÷∕−≤≥≠¬∧∨]/y;

const SPELLINGS: ReadonlyMap<string, Sign> = new Map<string, Sign>([
  ...signs.map((sign): [string, Sign] => [sign, sign]),
  ["**", "^"],
  ["===", "=="],
  ["!==", "!="],
  ["×", "*"],
  ["\u00b7", "*"],
  ["\u0387", "*"],
  ["⋅", "*"],
  ["∗", "*"],
  ["÷", "/"],
  ["∕", "/"],
  ["−", "-"],
  ["≤", "<="],
  ["≥", ">="],
  ["≠", "!="],
  ["¬", "!"],
  ["∧", "&&"],
  ["∨", "||"],
]);

/** What to say of characters people try. */
const REMEDIES: ReadonlyMap<string, string> = new Map([
  ["=", "`=` is not a comparison: write `==`, or give the right-hand side of the equation alone"],
  ["&", "write `&&` for and"],
  ["|", "write `||` for or, and abs(x) for |x|"],
  ["[", "brackets are written ( and )"],
  ["]", "brackets are written ( and )"],
  ["{", "brackets are written ( and )"],
  ["}", "brackets are written ( and )"],
  [";", "a formula is one expression: write nothing after its end, and `,` between arguments"],
  ["–", "this is a dash: write the minus sign `-`"],
  ["—", "this is a dash: write the minus sign `-`"],
  ["√", "write sqrt(x) for a square root"],
  [".", "a point stands only inside a number: write sin(x), not Math.sin(x)"],
  ["∞", "write inf for infinity"],
]);

/** The token that starts at or after `position`; throws `FormulaError` at a character no token starts with. */
export function readToken(text: string, position: number): Token {
  const start = position + match(SPACE, text, position).length;
  if (start >= text.length) return { kind: "end", start: text.length, end: text.length };
  const digits = match(NUMBER, text, start);
  if (digits !== "") {
    return { kind: "number", value: readDigits(text, digits, start), start, end: start + digits.length };
  }
  const name = match(NAME, text, start);
  if (name !== "") return { kind: "name", name: name.normalize("NFC"), start, end: start + name.length };
  const raised = match(SUPERSCRIPT, text, start);
  if (raised !== "") {
    return {
      kind: "superscript",
      value: readDigits(text, lower(raised), start),
      start,
      end: start + raised.length,
    };
  }
  const spelling = match(SIGN, text, start);
  const sign = SPELLINGS.get(spelling);
  if (sign === undefined) throw unexpectedCharacter(text, start);
  return { kind: "sign", sign, start, end: start + spelling.length };
}

function match(pattern: RegExp, text: string, position: number): string {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0] ?? "";
}

/** The value of decimal digits at `start`. */
function readDigits(text: string, digits: string, start: number): number {
  const value = Number(digits);
  if (Number.isFinite(value)) return value;
  throw new FormulaError(
    text,
    start,
    "this number is larger than a double can hold (about 1.8e308); write inf",
  );
}

/** The plain digits of raised ones: compatibility decomposition turns ⁻¹² into −12, with the typographic minus. */
function lower(superscript: string): string {
  return superscript.normalize("NFKC").replace("−", "-");
}

function unexpectedCharacter(text: string, position: number): FormulaError {
  const code = text.codePointAt(position) ?? 0;
  const character = String.fromCodePoint(code);
  const remedy = REMEDIES.get(character);
  if (remedy !== undefined) return new FormulaError(text, position, remedy);
  const shown = /[\p{C}\p{Z}\p{M}]/u.test(character) ? "this character" : `the character ${character}`;
  const number = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return new FormulaError(text, position, `${shown} (${number}) has no meaning in a formula; remove it`);
}
