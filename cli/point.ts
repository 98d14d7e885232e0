/** Points as they are typed: values of variables by name. */

import type { Command } from "commander";
import { formulaConstants, parseFormula } from "../src/expression/formula/index.ts";
import { FormulaError } from "../src/expression/formula-error.ts";

/** As many variables are named in a message. */
const mostShown = 8;

/** Values by variable. */
export type Point = Readonly<Record<string, number>>;

/** The values of `variables` as an option gave them, in the order in which it did; ends as wrong usage where they do not fit. */
export function pointOf(
  command: Command,
  option: "--at" | "--start",
  variables: readonly string[],
  pieces: readonly string[],
): Point {
  const { values, mistake } = readPoint(pieces);
  if (mistake !== undefined) return command.error(`error: ${option}: ${mistake}`);
  const unknown = [...values.keys()].filter((name) => !variables.includes(name));
  if (unknown.length > 0) return command.error(`error: ${option}: ${unknownNames(unknown, variables)}`);
  const missing = variables.filter((name) => !values.has(name));
  if (missing.length > 0) {
    const example = few(variables.map((name) => `${name}=${values.get(name) ?? 1}`)).join(",");
    return command.error(
      `error: no value for ${few(missing).join(", ")}; give one with ${option}, for example ${option} ${example}`,
    );
  }
  return Object.fromEntries(values);
}

/** The same point with its variables in another order. */
export function inOrder(point: Point, variables: readonly string[]): Point {
  return Object.fromEntries(variables.map((name) => [name, point[name] ?? Number.NaN]));
}

/** Long lists are cut. */
function few(texts: readonly string[]): readonly string[] {
  return texts.length > mostShown ? [...texts.slice(0, mostShown), "…"] : texts;
}

function unknownNames(unknown: readonly string[], variables: readonly string[]): string {
  const constant = unknown.find((name) => formulaConstants.has(name));
  if (constant !== undefined) return `${constant} is a constant in formulas; give the variable another name`;
  const known = variables.length === 0 ? "it has none" : `it has ${few(variables).join(", ")}`;
  return `${few(unknown).join(", ")} is not among the formula's variables; ${known}`;
}

/** What was given, or the sentence that says what is wrong with it. */
type Reading =
  | { readonly values: ReadonlyMap<string, number>; readonly mistake?: never }
  | { readonly values?: never; readonly mistake: string };

/** Reads `x=1,y=2`, `x = 1  y = -2e-3`, `x=pi/2`, given once or in several pieces. */
function readPoint(pieces: readonly string[]): Reading {
  const values = new Map<string, number>();
  for (const entry of pieces.flatMap(entriesOf)) {
    const [name = "", ...rest] = entry.normalize("NFC").split("=");
    const text = rest.join("=");
    if (name === "" || text === "")
      return { mistake: `"${entry}" is not of the form name=number, such as x=1` };
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
export function constantValue(text: string): number | undefined {
  try {
    const { f, variables } = parseFormula(text);
    return variables.length === 0 ? f({}) : undefined;
  } catch (error) {
    if (error instanceof FormulaError) return undefined;
    throw error;
  }
}
