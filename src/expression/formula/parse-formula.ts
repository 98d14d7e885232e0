/** A formula in text becomes a function of its variables. */

import { ArgumentError } from "../../core/errors.ts";
import { type Operand, Tensor, tensor } from "../../tensor/index.ts";
import { markPlain } from "../../tensor/plain.ts";
import { FormulaError } from "../formula-error.ts";
import type { Value } from "./apply.ts";
import { run } from "./machine.ts";
import { parse } from "./parser.ts";
import type { Program } from "./program.ts";
import { squaresOf } from "./squares.ts";

/** The longest formula in UTF-16 units: a megabyte of plain letters. */
const LONGEST = 1_048_576;

/** The values of variables by name. */
type Values = Readonly<Record<string, Operand>>;

/** The names in `V` whose values are never plain numbers. */
type TensorNames<V> = {
  [K in keyof V]: [Extract<V[K], number | boolean>] extends [never] ? K : never;
}[keyof V];

/** A number where all values are numbers, a tensor where at least one is none. */
export type FormulaValue<V> = V[keyof V] extends number | boolean
  ? number
  : [TensorNames<V>] extends [never]
    ? number | Tensor
    : Tensor;

/**
 * The function of a formula: takes the values of the variables by name. Numbers give a number; as soon as one value is a
 * tensor (or a traced one, inside `grad` and its kin) or an array, the result is a tensor, and shapes broadcast. Integer tensors
 * are computed with as float64. Names that the formula does not have are allowed, so that one object can serve several.
 *
 * @throws ArgumentError when a variable has no value, or one that is neither a number nor a tensor nor an array.
 */
export type FormulaFunction = <V extends Values>(values: V) => FormulaValue<V>;

/** A formula that has been read. */
export interface Formula {
  /** The text as it was given. */
  readonly text: string;
  /** The names of the variables, in the order of their first appearance. */
  readonly variables: readonly string[];
  /** The formula as a function, for use and for `grad`, `hessian` and their kin. */
  readonly f: FormulaFunction;
}

/**
 * Reads a formula such as `"b1*(1-exp(-b2*x))"`. Nothing is ever evaluated as code.
 *
 * From tight to loose: `x²` · `^` or `**` (from the right; `-x^2` is `-(x^2)`, `2^-1` is fine) · signs `-` `+` and `!` (not) ·
 * `*` `/` `%` (the remainder with the sign of the dividend) · `+` `-` · `<` `<=` `>` `>=` · `==` `!=` · `&&` · `||` ·
 * `condition ? a : b` (nothing leaks from the side not taken, NaN in derivatives neither). Conditions are 1 and 0 as
 * numbers, and any number but 0 is true. Numbers are decimal (`1`, `.5`, `1e-3`); names may hold letters of any script, digits,
 * `_` and `$`; `×` `·` `÷` `−` `≤` `≥` `≠` are understood. Products are always written: `2*x`, never `2x`.
 *
 * Functions are listed in `formulaFunctions` (`log` and `ln` are the natural logarithm, `round` takes halves to the even
 * number, `mod` has the sign of the divisor, `min` and `max` take any number of arguments), constants in
 * `formulaConstants`: `pi`, `e`, `tau`, `inf`. A variable can bear no name of either.
 *
 * Reading takes time in proportion to the length; a formula has at most 1,048,576 characters and 1,000 levels of nesting.
 *
 * ```ts
 * import { grad, parseFormula, tensor } from "nabla";
 *
 * const { f, variables } = parseFormula("b1*(1-exp(-b2*x))");
 * console.log(variables); // → ["b1", "b2", "x"]
 * f({ b1: 2, b2: 0.5, x: 1 }); // → 0.7869386805747332
 * f({ b1: 2, b2: 0.5, x: tensor([1, 2, 3]) }).shape; // → [3]
 * grad(parseFormula("x^2*y").f)({ x: 1, y: 2 }); // → { x: 4, y: 1 }
 * ```
 *
 * @throws FormulaError when the text is no formula: `position` and `reason` say where and why, the message shows the place.
 * @throws ArgumentError when `text` is not a string.
 */
export function parseFormula(text: string): Formula {
  const program = programOf(text);
  return Object.freeze({ text, variables: Object.freeze(program.variables), f: functionOf(text, program) });
}

/**
 * The functions r of a formula f = Σ r²/2 that is written as a sum of squares with positive factors; undefined for any other.
 *
 * @throws As `parseFormula`.
 */
export function parseSquares(text: string): FormulaFunction[] | undefined {
  return squaresOf(programOf(text))?.map((program) => functionOf(text, program));
}

function programOf(text: string): Program {
  if (typeof text !== "string") {
    throw new ArgumentError(`parseFormula: a formula is a string such as "x^2*y"; got ${describe(text)}`);
  }
  if (text.length > LONGEST) {
    throw new FormulaError(
      text,
      LONGEST,
      `a formula has at most ${LONGEST} characters; this has ${text.length}`,
    );
  }
  return parse(text);
}

function functionOf(text: string, program: Program): FormulaFunction {
  function f<V extends Values>(values: V): FormulaValue<V>;
  function f(values: Values): number | Tensor {
    const result = run(program, readValues(text, program.variables, values));
    const given = Object.values(values);
    if (result instanceof Tensor) return given.every(isNumeric) ? markPlain(result) : result;
    return given.some((value) => typeof value === "object") ? tensor(result) : result;
  }
  return f;
}

/** The variables' values in the program's order. Own properties only: a variable may be called `constructor`. */
function readValues(text: string, names: readonly string[], values: Values): Value[] {
  if (typeof values !== "object" || values === null) {
    throw new ArgumentError(`Formula ${shorten(text)}: ${remedy(names)}; got ${describe(values)}`);
  }
  return names.map((name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (typeof value === "number" || typeof value === "boolean") return Number(value);
    if (value instanceof Tensor || Array.isArray(value) || ArrayBuffer.isView(value))
      return float(tensor(value));
    const rule =
      value === undefined ? "has no value" : `must be a number or a tensor; got ${describe(value)}`;
    throw new ArgumentError(
      `Formula ${shorten(text)}: the variable ${shorten(name)} ${rule}; ${remedy(names)}`,
    );
  });
}

/** A plain number, or what stands for one while a function is traced. */
function isNumeric(value: Operand): boolean {
  return typeof value !== "object" || (value instanceof Tensor && value.isWeak && value.rank === 0);
}

/** Formulas speak of real numbers: 1/2 of an integer is no integer. */
function float(x: Tensor): Tensor {
  return x.dtype === "int32" || x.dtype === "bool" ? x.cast("float64") : x;
}

function remedy(names: readonly string[]): string {
  const shown = names.slice(0, 5).map(shorten).join(", ");
  return `give the values by name: f({ ${shown}${names.length > 5 ? ", ..." : ""} })`;
}

function describe(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "object" ? "an object" : `${typeof value} ${shorten(String(value))}`;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
