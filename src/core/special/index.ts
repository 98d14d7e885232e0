/** Special functions of numbers. */
export { erf } from "./erf.ts";
export { erfc } from "./erfc.ts";
export { lgamma } from "./lgamma.ts";
export { polygamma } from "./polygamma.ts";
export { roundHalfToEven } from "./round-half-to-even.ts";
