/** Methods that need only values. */
export type { CoefficientRule, Coefficients } from "./coefficients.ts";
export { adaptiveCoefficients, standardCoefficients } from "./coefficients.ts";
export type { NelderMeadState } from "./moves.ts";
export type { NelderMeadOptions } from "./nelder-mead.ts";
export { nelderMead } from "./nelder-mead.ts";
export type { Vertex } from "./simplex.ts";
