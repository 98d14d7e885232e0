/** Which method, where the caller names none. */
import { levenbergMarquardt } from "../least-squares/index.ts";
import { bfgs, lbfgs } from "../smooth/index.ts";
import { type AnyMethod, anyMethod } from "../solver/method.ts";
import type { Want } from "../solver/question.ts";

/** A method, and the sentence that says why. */
export interface Choice<W extends Want> {
  readonly method: AnyMethod<W>;
  readonly why: string;
}

/** Up to so many variables a dense matrix of second derivatives is small and quick: 2 MB, 0.25 million products a step. */
const dense = 500;

/** For a function of so many variables. */
export function chooseForObjective(variables: number): Choice<"value" | "gradient"> {
  return variables <= dense
    ? {
        method: anyMethod(bfgs()),
        why: `bfgs, chosen because a dense matrix for ${variables === 1 ? "one variable" : `${variables} variables`} is small`,
      }
    : {
        method: anyMethod(lbfgs()),
        why: `lbfgs, chosen because the dense matrix of bfgs would be large for ${variables} variables`,
      };
}

/** For residuals. */
export function chooseForResiduals(): Choice<"value" | "residuals" | "jacobian"> {
  return {
    method: anyMethod(levenbergMarquardt()),
    why: "levenberg-marquardt, chosen because the problem is stated by its residuals",
  };
}
