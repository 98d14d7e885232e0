/** Which functions of lanes there are: the tables of both element types hold them all. */
import type { Lanes, Vector } from "./lanes.ts";

/** A function of lanes of one or two vectors; those of one ignore the second. */
export type LaneFunction = (l: Lanes, x: Vector, y: Vector) => Vector;

/** The primitives that are functions of lanes, rather than one of their operations. */
export type LaneFunctionName =
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
  | "sigmoid"
  | "softplus"
  | "cbrt"
  | "pow"
  | "atan2"
  | "hypot"
  | "rem"
  | "lgamma"
  | "sign"
  | "relu";

/** The functions of one element type: one that is missing does not compile. */
export type LaneFunctions = Readonly<Record<LaneFunctionName, LaneFunction>>;
