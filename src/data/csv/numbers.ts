/** What is a number in a table, and what is nothing. */

/** The character between whole numbers and fractions. */
export type Decimal = "." | ",";

/** What stands for a missing value where the caller names nothing else. */
export const missingMarks: readonly string[] = ["", "NA", "N/A", "NaN", "nan", "null", "?"];

/** `0x10` is a number to JavaScript and not in a table. */
const isOtherBase = /^[+-]?0[xob]/i;

const infinite = /^[+-]?inf(inity)?$/i;

/** The number that a text is, NaN if it is none; infinities are numbers. */
export function numberIn(text: string, decimal: Decimal): number {
  if (decimal === ",") return text.includes(".") ? Number.NaN : numberIn(text.replace(",", "."), ".");
  const value = Number(text);
  if (value === 0 && text.trim() === "") return Number.NaN;
  if (Number.isNaN(value)) return infinite.test(text) ? Infinity : Number.NaN;
  return isOtherBase.test(text) ? Number.NaN : value;
}

/** True for `1,5`: a number to those who write a comma before fractions. */
export function hasDecimalComma(text: string): boolean {
  return text.includes(",") && !Number.isNaN(numberIn(text, ","));
}
