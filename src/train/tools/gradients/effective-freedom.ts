/** Over how many directions the noise of gradients spreads: ν = (tr C)² / tr C² of their covariance, the degrees of freedom of ‖ḡ − g‖². Satterthwaite (1946). */
import { fillBits } from "../../../core/random/index.ts";
import { fold, type Key } from "../../../core/random/key.ts";
import { dot } from "../../../core/vector.ts";
import { covarianceTimes, type Population } from "./population.ts";

/** Random directions from which tr C² is estimated; so many parameters or fewer are taken one by one. */
const directions = 16;

/** From the diagonal of C and from products Cv: tr C² = E ‖Cv‖² for random signs v. Hutchinson (1990). At least 1. */
export function effectiveFreedom(population: Population, variances: Float64Array, key: Key): number {
  const { size } = population.probe;
  const isSmall = size <= directions;
  let squared = 0;
  for (let i = 0; i < (isSmall ? size : directions); i++) {
    const v = isSmall ? unit(size, i) : signs(size, fold(key, i));
    const product = covarianceTimes(population, v);
    squared += dot(product, product);
  }
  // Of random directions the mean is meant, of all unit vectors the sum.
  const trace = variances.reduce((sum, variance) => sum + variance, 0);
  const freedom = (trace ** 2 * (isSmall ? 1 : directions)) / squared;
  return squared > 0 ? Math.min(size, Math.max(1, freedom)) : 1;
}

const unit = (size: number, at: number): Float64Array => {
  const v = new Float64Array(size);
  v[at] = 1;
  return v;
};

const signs = (size: number, key: Key): Float64Array =>
  Float64Array.from(fillBits(key, new Uint32Array(size)), (word) => (word >= 2 ** 31 ? 1 : -1));
