/** Layer normalization: every example gets mean 0 and variance 1 by itself, whatever the batch. Ba, Kiros & Hinton (2016), Layer Normalization, equation 3. */
import { ShapeError } from "../../core/errors.ts";
import { ones, zeros } from "../../tensor/operations/creation.ts";
import { mean } from "../../tensor/operations/reduction.ts";
import { type Shape, sameShape, showShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Layer } from "../layer.ts";
import { axes, checkWeights, numberIn } from "../settings/numbers.ts";
import { describeLayer, type LayerKind, readLayer } from "../settings/setting.ts";
import { checkInputs, parameterOf } from "./parameters.ts";
import type { WeightAndBias } from "./weights.ts";

/** Options of `layerNorm`. */
export interface LayerNormOptions {
  /** The last axes, over which it normalizes: one length, or a list. */
  readonly shape: number | Shape;
  /** Is added to the variance, (0, ∞). Default 1e-5 (PyTorch). */
  readonly epsilon?: number;
}

const kind: LayerKind<{ readonly shape: Shape; readonly epsilon: number }> = {
  name: "layer-norm",
  settings: { shape: axes, epsilon: numberIn("(0, ∞)", 1e-5) },
};

/**
 * Normalizes over the last axes, then scales and shifts each place as it has learned: `[n, …]` → the same shape. Parameters are of those axes' shape.
 *
 * ```ts
 * import { layerNorm, randomKey, tensor } from "nabla";
 * const layer = layerNorm({ shape: 2, epsilon: 1e-9 });
 * layer.apply(layer.init(randomKey(1)), tensor([[1, 3], [10, 30]])); // → Tensor(float32 [2, 2]) [[-1, 1], [-1, 1]]
 * ```
 *
 * @throws ArgumentError for options out of range; when applied, ShapeError for inputs with other last axes.
 */
export function layerNorm(options: LayerNormOptions): Layer<WeightAndBias> {
  const settings = readLayer(kind, options);
  const { shape, epsilon } = settings;
  checkWeights("layerNorm", shape);
  const title = `layerNorm ${shape.join("×")}`;
  const last = shape.map((_, i) => i - shape.length);
  return {
    name: kind.name,
    title,
    description: describeLayer(kind, settings),
    init: () => ({ weight: ones(shape, "float32"), bias: zeros(shape, "float32") }),
    apply: (parameters, given) => {
      checkLast(title, given, shape);
      const weight = parameterOf(title, parameters, "weight", shape);
      const x = given.cast(weight.dtype);
      const deviation = x.sub(mean(x, last, { keepDims: true }));
      const variance = mean(deviation.square(), last, { keepDims: true });
      const normalized = deviation.div(variance.add(epsilon).sqrt());
      return normalized.mul(weight).add(parameterOf(title, parameters, "bias", shape));
    },
  };
}

function checkLast(title: string, x: Tensor, shape: Shape): void {
  checkInputs(title, x);
  if (!sameShape(x.shape.slice(-shape.length), shape))
    throw new ShapeError(
      `${title}: needs inputs [n, …, ${shape.join(", ")}]; got ${showShape(x.shape)}; shape is that of the last axes`,
    );
}
