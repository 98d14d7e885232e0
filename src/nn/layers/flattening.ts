/** From images to rows of numbers. */
import { ShapeError } from "../../core/errors.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Layer } from "../layer.ts";
import { checkInputs, type NoParameters } from "./parameters.ts";

/**
 * All axes but the first in one, as PyTorch's `Flatten`: `[n, c, h, w]` → `[n, c·h·w]`.
 *
 * ```ts
 * import { flattening, ones } from "nabla";
 * flattening().apply({}, ones([5, 1, 28, 28])).shape; // → [ 5, 784 ]
 * ```
 *
 * @throws ShapeError, when applied, for a scalar.
 */
export function flattening(): Layer<NoParameters> {
  return {
    name: "flattening",
    title: "flattening",
    description: { layer: "flattening" },
    init: () => ({}),
    apply: (_, x) => {
      checkInputs("flattening", x);
      const [n, ...rest] = x.shape;
      if (n === undefined) throw new ShapeError("flattening: needs inputs [n, …]; got a scalar");
      return x.reshape([n, sizeOf(rest)]);
    },
  };
}
