/**
 * What primitives are on single doubles: an instruction of WebAssembly, or a call of the function that the reference uses as well, so
 * that compiled and interpreted results are the same bits.
 */
import { erf, erfc, lgamma, polygamma } from "../../core/special/index.ts";
import type { PrimitiveName } from "../../tensor/primitives/index.ts";
import type { Opcode } from "../emit/instructions.ts";

type Table<T> = Partial<Readonly<Record<PrimitiveName, T>>>;

/** Functions of doubles that are one instruction. */
export const arithmetic: Table<Opcode> = {
  neg: "f64Neg",
  abs: "f64Abs",
  sqrt: "f64Sqrt",
  floor: "f64Floor",
  ceil: "f64Ceil",
  trunc: "f64Trunc",
  round: "f64Nearest",
  add: "f64Add",
  sub: "f64Sub",
  mul: "f64Mul",
  div: "f64Div",
  maximum: "f64Max",
  minimum: "f64Min",
};

/** Comparisons of doubles. */
export const comparisons: Table<Opcode> = {
  equal: "f64Eq",
  notEqual: "f64Ne",
  less: "f64Lt",
  lessEqual: "f64Le",
  greater: "f64Gt",
  greaterEqual: "f64Ge",
};

/** Connectives of truth values. */
export const connectives: Table<Opcode> = {
  logicalAnd: "i32And",
  logicalOr: "i32Or",
  logicalXor: "i32Xor",
};

/** A function of doubles that the host gives. */
export type HostFunction = (x: number, y: number) => number;

/** Functions of doubles that the host gives. */
export const hostFunctions: Table<HostFunction> = {
  sign: Math.sign,
  cbrt: Math.cbrt,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  log2: Math.log2,
  log10: Math.log10,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  erf,
  erfc,
  lgamma,
  rem: (x, y) => x % y,
  pow: (x, y) => x ** y,
  atan2: Math.atan2,
  hypot: Math.hypot,
};

/** The host function of polygamma of an order. */
export const polygammaOf =
  (order: number): HostFunction =>
  (x) =>
    polygamma(order, x);
