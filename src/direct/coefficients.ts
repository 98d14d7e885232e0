/** How far a simplex reflects, expands, contracts and shrinks, by the number of variables. */

/** The four factors of Nelder and Mead. */
export interface Coefficients {
  /** ρ > 0. */
  readonly reflection: number;
  /** χ > max(1, ρ). */
  readonly expansion: number;
  /** 0 < γ < 1. */
  readonly contraction: number;
  /** 0 < σ < 1. */
  readonly shrinkage: number;
}

/** A rule that gives the factors for n variables. */
export interface CoefficientRule {
  readonly name: string;
  readonly of: (n: number) => Coefficients;
}

/**
 * ρ = 1, χ = 1 + 2/n, γ = 3/4 − 1/(2n), σ = 1 − 1/n: smaller moves the more variables there are, so that the simplex does
 * not lose its shape. Gao & Han (2012), eq. 4.1. For n = 2 these are the standard factors; so they are taken for n = 1,
 * where the formula would shrink to a point.
 *
 * ```ts
 * import { adaptiveCoefficients } from "nabla";
 * adaptiveCoefficients().of(10).expansion; // → 1.2
 * ```
 */
export function adaptiveCoefficients(): CoefficientRule {
  return {
    name: "adaptive",
    of: (variables) => {
      const n = Math.max(variables, 2);
      return {
        reflection: 1,
        expansion: 1 + 2 / n,
        contraction: 3 / 4 - 1 / (2 * n),
        shrinkage: 1 - 1 / n,
      };
    },
  };
}

/**
 * ρ = 1, χ = 2, γ = 1/2, σ = 1/2, whatever n. Nelder & Mead (1965), p. 309.
 *
 * ```ts
 * import { standardCoefficients } from "nabla";
 * standardCoefficients().of(10).expansion; // → 2
 * ```
 */
export function standardCoefficients(): CoefficientRule {
  return {
    name: "standard",
    of: () => ({ reflection: 1, expansion: 2, contraction: 1 / 2, shrinkage: 1 / 2 }),
  };
}
