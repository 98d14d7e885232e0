/** The table of primitives. It is total by type: a primitive without its record, or a record without a rule, does not compile. */
import type { Dtype } from "../dtype.ts";
import type { Shape } from "../shape.ts";
import * as binary from "./binary.ts";
import { type CondParams, cond } from "./cond.ts";
import { type ConvolutionParams, convolution } from "./convolution.ts";
import { type CustomParams, custom } from "./custom.ts";
import { argsort, gather, scatterAdd } from "./indexing.ts";
import { concat, unstack } from "./joining.ts";
import { matmul } from "./matmul.ts";
import * as random from "./random.ts";
import * as reduction from "./reduction.ts";
import { type ScanParams, scan } from "./scan.ts";
import { cast, select, stopGradient } from "./select.ts";
import * as shape from "./shape.ts";
import type { None, Primitive } from "./types.ts";
import * as unary from "./unary.ts";
import { type WhileParams, whilePrimitive } from "./while.ts";
import { type FoldParams, foldWindows, type WindowParams, windows } from "./windows.ts";

type UnaryName =
  | "neg"
  | "abs"
  | "sign"
  | "sqrt"
  | "cbrt"
  | "exp"
  | "expm1"
  | "log"
  | "log1p"
  | "log2"
  | "log10"
  | "sin"
  | "cos"
  | "tan"
  | "asin"
  | "acos"
  | "atan"
  | "sinh"
  | "cosh"
  | "tanh"
  | "asinh"
  | "acosh"
  | "atanh"
  | "erf"
  | "erfc"
  | "lgamma"
  | "sigmoid"
  | "softplus"
  | "relu"
  | "floor"
  | "ceil"
  | "round"
  | "trunc"
  | "isNaN"
  | "isFinite"
  | "logicalNot"
  | "stopGradient";

/** Primitives of two operands that broadcast. */
export type BinaryName =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "rem"
  | "pow"
  | "atan2"
  | "hypot"
  | "maximum"
  | "minimum"
  | "equal"
  | "notEqual"
  | "less"
  | "lessEqual"
  | "greater"
  | "greaterEqual"
  | "logicalAnd"
  | "logicalOr"
  | "logicalXor";

/** The parameters of every primitive. */
export type PrimitiveParams = {
  readonly [K in UnaryName | BinaryName | "select" | "matmul" | "unstack"]: None;
} & {
  readonly polygamma: { readonly order: number };
  readonly cast: { readonly dtype: Dtype };
  readonly reduceSum: reduction.Axes;
  readonly reduceMax: reduction.Axes;
  readonly reduceMin: reduction.Axes;
  readonly argmax: reduction.Axis;
  readonly argmin: reduction.Axis;
  readonly linearRecurrence: reduction.Directed;
  readonly reshape: { readonly shape: Shape };
  readonly transpose: { readonly permutation: readonly number[] };
  readonly broadcastTo: { readonly shape: Shape };
  readonly slice: shape.SliceParams;
  readonly pad: shape.PadParams;
  readonly flip: { readonly axes: readonly number[] };
  readonly concat: { readonly axis: number };
  readonly gather: reduction.Axis;
  readonly scatterAdd: reduction.Axis;
  readonly argsort: reduction.Axis;
  readonly convolution: ConvolutionParams;
  readonly windows: WindowParams;
  readonly foldWindows: FoldParams;
  readonly randomUniform: random.DrawParams;
  readonly randomNormal: random.DrawParams;
  readonly randomBits: { readonly shape: Shape };
  readonly randomSplit: { readonly count: number };
  readonly randomPermutation: { readonly length: number };
  readonly scan: ScanParams;
  readonly while: WhileParams;
  readonly cond: CondParams;
  readonly custom: CustomParams;
};

/** The names of all primitives. */
export type PrimitiveName = keyof PrimitiveParams;

/** One record for every name. */
export type PrimitiveTable = { readonly [K in PrimitiveName]: Primitive<PrimitiveParams[K]> };

/** Everything Nabla can do to a value. */
export const primitives: PrimitiveTable = {
  neg: unary.neg,
  abs: unary.abs,
  sign: unary.sign,
  sqrt: unary.sqrt,
  cbrt: unary.cbrt,
  exp: unary.exp,
  expm1: unary.expm1,
  log: unary.log,
  log1p: unary.log1p,
  log2: unary.log2,
  log10: unary.log10,
  sin: unary.sin,
  cos: unary.cos,
  tan: unary.tan,
  asin: unary.asin,
  acos: unary.acos,
  atan: unary.atan,
  sinh: unary.sinh,
  cosh: unary.cosh,
  tanh: unary.tanh,
  asinh: unary.asinh,
  acosh: unary.acosh,
  atanh: unary.atanh,
  erf: unary.erfPrimitive,
  erfc: unary.erfcPrimitive,
  lgamma: unary.lgammaPrimitive,
  polygamma: unary.polygammaPrimitive,
  sigmoid: unary.sigmoid,
  softplus: unary.softplus,
  relu: unary.relu,
  floor: unary.floor,
  ceil: unary.ceil,
  round: unary.round,
  trunc: unary.trunc,
  isNaN: unary.isNaNPrimitive,
  isFinite: unary.isFinitePrimitive,
  logicalNot: unary.logicalNot,
  stopGradient,
  add: binary.add,
  sub: binary.sub,
  mul: binary.mul,
  div: binary.div,
  rem: binary.rem,
  pow: binary.pow,
  atan2: binary.atan2,
  hypot: binary.hypot,
  maximum: binary.maximum,
  minimum: binary.minimum,
  equal: binary.equal,
  notEqual: binary.notEqual,
  less: binary.less,
  lessEqual: binary.lessEqual,
  greater: binary.greater,
  greaterEqual: binary.greaterEqual,
  logicalAnd: binary.logicalAnd,
  logicalOr: binary.logicalOr,
  logicalXor: binary.logicalXor,
  select,
  cast,
  reduceSum: reduction.reduceSum,
  reduceMax: reduction.reduceMax,
  reduceMin: reduction.reduceMin,
  argmax: reduction.argmax,
  argmin: reduction.argmin,
  linearRecurrence: reduction.linearRecurrence,
  reshape: shape.reshape,
  transpose: shape.transpose,
  broadcastTo: shape.broadcastTo,
  slice: shape.slice,
  pad: shape.pad,
  flip: shape.flip,
  concat,
  unstack,
  gather,
  scatterAdd,
  argsort,
  matmul,
  convolution,
  windows,
  foldWindows,
  randomUniform: random.randomUniform,
  randomNormal: random.randomNormal,
  randomBits: random.randomBits,
  randomSplit: random.randomSplit,
  randomPermutation: random.randomPermutation,
  scan,
  while: whilePrimitive,
  cond,
  custom,
};
