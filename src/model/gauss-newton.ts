/**
 * The model of a sum of squares whose residuals are taken to be linear: ½‖r(x + p)‖² ≈ ½‖r + Jp‖². Nocedal & Wright (2006),
 * §10.2. JᵀJ stands for the Hessian, but is never formed.
 */
import { entry } from "../core/vector.ts";
import { read } from "../solver/question.ts";
import type { Belief, Model } from "./model.ts";

/** What is believed of residuals. */
export interface ResidualsBelief extends Belief {
  /** r(x), `[m]`. */
  readonly residuals: Float64Array;
  /** J(x), `[m, n]` row-major. */
  readonly jacobian: Float64Array;
  /** The largest norm that each column of J has had so far, `[n]`. Moré (1978), eq. 6.3. */
  readonly columnNorms: Float64Array;
}

type Asked = "residuals" | "jacobian";

/** The model that asks for residuals and Jacobian at every point; of earlier points it keeps the norms of columns. */
export function gaussNewtonModel(): Model<ResidualsBelief, Asked> {
  const begin: Model<ResidualsBelief, Asked>["begin"] = (evaluation) => {
    const residuals = read<Asked, "residuals">(evaluation, "residuals");
    const jacobian = read<Asked, "jacobian">(evaluation, "jacobian");
    const gradient = transposedProduct(jacobian, residuals);
    const columnNorms = normsOfColumns(jacobian, gradient.length);
    return { gradient, residuals, jacobian, columnNorms };
  };
  return {
    name: "Gauss-Newton",
    asks: ["residuals", "jacobian"],
    begin,
    update: ({ columnNorms }, _s, evaluation) => {
      const belief = begin(evaluation);
      return {
        ...belief,
        columnNorms: columnNorms.map((size, j) => Math.max(size, entry(belief.columnNorms, j))),
      };
    },
  };
}

/** Jᵀr. */
function transposedProduct(jacobian: Float64Array, r: Float64Array): Float64Array {
  const n = r.length === 0 ? 0 : jacobian.length / r.length;
  const product = new Float64Array(n);
  for (let i = 0; i < r.length; i++) {
    const ri = entry(r, i);
    for (let j = 0; j < n; j++) product[j] = entry(product, j) + entry(jacobian, i * n + j) * ri;
  }
  return product;
}

/** ‖J eⱼ‖₂ for each j, scaled so that squares neither overflow nor vanish. */
function normsOfColumns(jacobian: Float64Array, n: number): Float64Array {
  const largest = new Float64Array(n);
  for (let i = 0; i < jacobian.length; i++)
    largest[i % n] = Math.max(entry(largest, i % n), Math.abs(entry(jacobian, i)));
  const sums = new Float64Array(n);
  for (let i = 0; i < jacobian.length; i++)
    sums[i % n] = entry(sums, i % n) + (entry(jacobian, i) / (entry(largest, i % n) || 1)) ** 2;
  return sums.map((sum, j) => entry(largest, j) * Math.sqrt(sum));
}
