import { ArgumentError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { cumsum } from "../../tensor/operations/cumulative.ts";
import { concat } from "../../tensor/operations/joining.ts";
import { softmax } from "../../tensor/operations/softmax.ts";
import { type Tensor, toTensor } from "../../tensor/tensor.ts";
import { likeInput } from "./elementwise.ts";
import { defineTransform, type Placed, type Transform } from "./transform.ts";

/** How far the start's sum may be from 1, in roundings of an element. */
const roundings = 64;

/**
 * Numbers above 0 that sum to 1, such as weights of a mixture: n components from n − 1 free variables by the softmax of an
 * isometric log-ratio (Egozcue et al. 2003), so that equal steps of the variables are equal ratios of components. Holds for an
 * array of numbers, an object of numbers, or a tensor as a whole.
 *
 * ```ts
 * import { simplex } from "nabla";
 * simplex().name; // → simplex()
 * ```
 */
export function simplex(): Transform {
  return defineTransform({
    name: "simplex()",
    takesWholes: true,
    place: (leaves, { call, add }) => {
      const shares = leaves.flatMap(({ elements }) => Array.from(elements));
      checkStart(call, leaves, shares);
      const dtype = leaves.some(({ types }) => types[0]?.dtype === "float32") ? "float32" : "float64";
      const variables = add([{ dtype, shape: [shares.length - 1] }], logRatios(shares));
      return (all) => {
        const parts = softmax(contrasts(at(variables(all), 0), shares.length));
        let next = 0;
        return leaves.flatMap(({ types }) =>
          types.map(({ shape, isWeak = false }) => {
            const first = next;
            next += shape.reduce((size, length) => size * length, 1);
            return likeInput(parts.slicePrimitive([first], [next]).reshape(shape), isWeak);
          }),
        );
      };
    },
  });
}

function checkStart(call: string, leaves: readonly Placed[], shares: readonly number[]): void {
  const path = at(leaves, 0).path || "it";
  if (shares.length < 2)
    throw new ArgumentError(
      `${call}: simplex() needs several components that sum to 1; ${path} holds ${shares.length}; give it to the array that holds them`,
    );
  const wrong = shares.find((share) => !(share > 0));
  if (wrong !== undefined)
    throw new ArgumentError(
      `${call}: the start of a parameter under simplex() must lie above 0 in each component; ${path} holds ${wrong}; start strictly inside`,
    );
  const sum = shares.reduce((total, share) => total + share, 0);
  const isSingle = leaves.some(
    ({ leaf, types }) => leaf instanceof Float32Array || types[0]?.dtype === "float32",
  );
  if (!(Math.abs(sum - 1) <= roundings * shares.length * (isSingle ? 2 ** -23 : 2 ** -52)))
    throw new ArgumentError(
      `${call}: the start of a parameter under simplex() must sum to 1; the components of ${path} sum to ${sum}; divide them by their sum`,
    );
}

/** The length of contrast k between the mean of the first k logarithms and the next. */
const contrastScale = (k: number): number => 1 / Math.sqrt(k * (k + 1));

/** uₖ = (Σ_{i≤k} ln xᵢ − k ln xₖ₊₁)/√(k(k+1)). */
function logRatios(shares: readonly number[]): Float64Array {
  const ratios = new Float64Array(shares.length - 1);
  let sum = 0;
  for (let k = 1; k < shares.length; k++) {
    sum += Math.log(at(shares, k - 1));
    ratios[k - 1] = (sum - k * Math.log(at(shares, k))) * contrastScale(k);
  }
  return ratios;
}

/** The logarithms of n components, up to a constant, from their n − 1 contrasts: zᵢ = Σ_{k≥i} wₖ − (i − 1) wᵢ₋₁. */
function contrasts(u: Tensor, n: number): Tensor {
  const counts = Float64Array.from({ length: n - 1 }, (_, k) => k + 1);
  const w = u.mul(toTensor(counts.map(contrastScale)).cast(u.dtype));
  const none = u.constant(0).reshape([1]);
  const later = concat([cumsum(w, 0, { reverse: true }), none]);
  return later.sub(concat([none, w.mul(toTensor(counts).cast(u.dtype))]));
}
