/** Reading what was typed after `nabla`. */

import { parseFormula } from "../src/expression/formula/index.ts";
import { FormulaError } from "../src/expression/formula-error.ts";

/** Options of `nabla diff` that take the next argument, whatever it looks like. */
const withValue = ["--at", "--order"];

/**
 * Formulas may begin with a minus sign, which Commander takes for an option: puts such a formula behind `--`.
 * `["diff", "-x^2", "--json"]` becomes `["diff", "--json", "--", "-x^2"]`.
 */
export function protectFormula(args: readonly string[]): string[] {
  if (args[0] !== "diff" || args.includes("--")) return [...args];
  const isFormula = (arg: string, i: number): boolean =>
    /^-[^-]/.test(arg) && arg !== "-h" && !withValue.includes(args[i - 1] ?? "");
  const formulas = args.filter(isFormula);
  if (formulas.length === 0) return [...args];
  return [...args.filter((arg, i) => !isFormula(arg, i)), "--", ...formulas];
}

/** What `--at` was given, or the sentence that says what is wrong with it. */
export type Point =
  | { readonly values: ReadonlyMap<string, number>; readonly mistake?: never }
  | { readonly values?: never; readonly mistake: string };

/** Reads `x=1,y=2`, `x = 1  y = -2e-3`, `x=pi/2`, given once or in several pieces. */
export function readPoint(pieces: readonly string[]): Point {
  const values = new Map<string, number>();
  for (const entry of pieces.flatMap(entriesOf)) {
    const [name = "", ...rest] = entry.normalize("NFC").split("=");
    const text = rest.join("=");
    if (name === "" || text === "") return { mistake: `"${entry}" is not of the form name=number` };
    if (values.has(name)) return { mistake: `${name} has two values; give it one` };
    const value = constantValue(text);
    if (value === undefined) {
      return { mistake: `the value of ${name} must be a number such as 1.5, -2e-3 or pi/2; got "${text}"` };
    }
    values.set(name, value);
  }
  return { values };
}

/** Entries stand apart by commas or spaces; spaces around `=` belong to the entry. */
function entriesOf(piece: string): string[] {
  const joined = piece.replaceAll(/\s*=\s*/g, "=");
  return joined.split(/[\s,;]+/).filter((entry) => entry !== "");
}

/** The value of a formula without variables, or undefined. */
function constantValue(text: string): number | undefined {
  try {
    const { f, variables } = parseFormula(text);
    return variables.length === 0 ? f({}) : undefined;
  } catch (error) {
    if (error instanceof FormulaError) return undefined;
    throw error;
  }
}
