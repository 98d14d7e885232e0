import type { Tensor } from "../../tensor/tensor.ts";
import { elementwise } from "./elementwise.ts";
import type { Transform } from "./transform.ts";

/** The smallest and largest normal numbers: what exp gives beyond would be 0 or ∞, which are not positive numbers. */
const extremes = {
  float64: [2 ** -1022, Number.MAX_VALUE],
  float32: [2 ** -126, (2 - 2 ** -23) * 2 ** 127],
} as const;

function exponential(u: Tensor): Tensor {
  const [least, greatest] = extremes[u.dtype === "float32" ? "float32" : "float64"];
  return u.exp().maximum(least).minimum(greatest);
}

/**
 * Parameters that are greater than 0: x = exp(u). Methods vary u, so steps are relative to the size of x.
 *
 * ```ts
 * import { positive } from "nabla";
 * positive().name; // → positive()
 * ```
 */
export function positive(): Transform {
  return elementwise({
    name: "positive()",
    domain: "above 0",
    contains: (x) => x > 0 && x < Number.POSITIVE_INFINITY,
    toVariable: Math.log,
    toParameter: exponential,
  });
}
