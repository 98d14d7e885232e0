/** The functions and constants a formula may name. */

import { erf, erfc, lgamma, polygamma, roundHalfToEven } from "../../core/special/index.ts";
import * as t from "../../tensor/index.ts";
import { binary, many, type Operation, ternary, unary } from "./operation.ts";

const logistic = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);

/** The remainder with the sign of the divisor. */
function floored(x: number, y: number): number {
  const remainder = x % y;
  return remainder !== 0 && remainder < 0 !== y < 0 ? remainder + y : remainder;
}

const asin = unary(Math.asin, t.asin, [0]);
const acos = unary(Math.acos, t.acos, [0]);
const atan = unary(Math.atan, t.atan, [0]);
const asinh = unary(Math.asinh, t.asinh, [0]);
const acosh = unary(Math.acosh, t.acosh, [2]);
const atanh = unary(Math.atanh, t.atanh, [0]);
const log = unary(Math.log, t.log, [1]);

/** Every function by name, aliases included. The third column is a safe argument (see `Operation`). */
const table: Readonly<Record<string, Operation>> = {
  // Powers and logarithms; log and ln are the natural one.
  exp: unary(Math.exp, t.exp, [0]),
  exp2: unary((x) => 2 ** x, t.exp2, [0]),
  expm1: unary(Math.expm1, t.expm1, [0]),
  log,
  ln: log,
  log2: unary(Math.log2, t.log2, [1]),
  log10: unary(Math.log10, t.log10, [1]),
  log1p: unary(Math.log1p, t.log1p, [0]),
  sqrt: unary(Math.sqrt, t.sqrt, [1]),
  cbrt: unary(Math.cbrt, t.cbrt, [1]),
  square: unary((x) => x * x, t.square, [1]),
  pow: binary((x, y) => x ** y, t.pow, [1, 1]),
  hypot: many(Math.hypot, t.hypot, 1),

  // Trigonometric, hyperbolic, and their inverses.
  sin: unary(Math.sin, t.sin, [0]),
  cos: unary(Math.cos, t.cos, [0]),
  tan: unary(Math.tan, t.tan, [0]),
  asin,
  arcsin: asin,
  acos,
  arccos: acos,
  atan,
  arctan: atan,
  atan2: binary(Math.atan2, t.atan2, [0, 1]),
  sinh: unary(Math.sinh, t.sinh, [0]),
  cosh: unary(Math.cosh, t.cosh, [0]),
  tanh: unary(Math.tanh, t.tanh, [0]),
  asinh,
  arsinh: asinh,
  acosh,
  arcosh: acosh,
  atanh,
  artanh: atanh,

  // Magnitude, order, rounding (round: halves to the even number, as tensors do).
  abs: unary(Math.abs, t.abs),
  sign: unary(Math.sign, t.sign),
  min: many(Math.min, t.minimum),
  max: many(Math.max, t.maximum),
  clamp: ternary(clamp, t.clamp),
  floor: unary(Math.floor, t.floor),
  ceil: unary(Math.ceil, t.ceil),
  round: unary(roundHalfToEven, t.round),
  trunc: unary(Math.trunc, t.trunc),
  mod: binary(floored, t.mod, [1, 1]),

  // Special functions.
  erf: unary(erf, t.erf, [0]),
  erfc: unary(erfc, t.erfc, [0]),
  lgamma: unary(lgamma, t.lgamma, [1]),
  digamma: unary((x) => polygamma(0, x), t.digamma, [1]),
  sigmoid: unary(logistic, t.sigmoid, [0]),
  softplus: unary(softplus, t.softplus, [0]),
  relu: unary((x) => Math.max(x, 0), t.relu),
};

/** The functions a formula may call, by name. */
export const operationsByName: ReadonlyMap<string, Operation> = new Map(Object.entries(table));

/**
 * The names of the functions a formula may call, aliases included.
 *
 * ```ts
 * import { formulaFunctions } from "nabla";
 *
 * formulaFunctions.includes("exp"); // → true
 * ```
 */
export const formulaFunctions: readonly string[] = Object.freeze([...operationsByName.keys()]);

/**
 * The constants of formulas by name; no variable can bear one of these names.
 *
 * ```ts
 * import { formulaConstants } from "nabla";
 *
 * formulaConstants.get("tau"); // → 6.283185307179586
 * ```
 */
export const formulaConstants: ReadonlyMap<string, number> = new Map([
  ["pi", Math.PI],
  ["π", Math.PI],
  ["tau", 2 * Math.PI],
  ["τ", 2 * Math.PI],
  ["e", Math.E],
  ["inf", Number.POSITIVE_INFINITY],
]);
