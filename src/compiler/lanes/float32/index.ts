/** Elementary and special functions of float32 lanes, within one unit in the last place; `docs/accuracy.md` has the figures. */
import type { LaneFunctions } from "../functions.ts";
import type { Lanes, Vector } from "../lanes.ts";
import { relu, sigmoid, sign, softplus } from "./activations.ts";
import { erf, erfc } from "./error-function.ts";
import { exp, expm1 } from "./exponential.ts";
import { acosh, asinh, atanh, cosh, sinh, tanh } from "./hyperbolic.ts";
import { acos, asin, atan, atan2 } from "./inverse-trigonometric.ts";
import { log, log1p, log2, log10 } from "./logarithm.ts";
import { cbrt, hypot, pow, rem } from "./powers.ts";
import { cos, sin, tan } from "./trigonometric.ts";

const lgamma = (l: Lanes, x: Vector): Vector => l.byHost("lgamma", x);

/** The functions by their names. */
export const float32Functions: LaneFunctions = {
  exp,
  expm1,
  log,
  log1p,
  log2,
  log10,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
  asinh,
  acosh,
  atanh,
  erf,
  erfc,
  sigmoid,
  softplus,
  cbrt,
  pow,
  atan2,
  hypot,
  rem,
  lgamma,
  sign,
  relu,
};
