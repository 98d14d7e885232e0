/** Fully connected layers: y = x Wᵀ + b. */
import { customJvp } from "../../autodiff/custom.ts";
import { ShapeError } from "../../core/errors.ts";
import { type Shape, showShape, sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { heNormal } from "../initializers/he.ts";
import { fansOf, type Initializer } from "../initializers/initializer.ts";
import type { Layer, SomeLayer } from "../layer.ts";
import { bias, initializer } from "../settings/initializers.ts";
import { checkWeights, size } from "../settings/numbers.ts";
import { describeLayer, type LayerKind, readLayer } from "../settings/setting.ts";
import { checkInputs } from "./parameters.ts";
import { initialWeights, type WeightAlone, type WeightAndBias, weightsOf } from "./weights.ts";

/** Options of `dense`. */
export interface DenseOptions {
  /** How many numbers come in. */
  readonly inputs: number;
  /** How many go out. */
  readonly outputs: number;
  /** Whether a bias is added, or what draws it. Default true: it begins at 0 (He et al. 2015). */
  readonly bias?: boolean | Initializer;
  /** What draws the weights. Default `heNormal()`, made for the layer before a relu (He et al. 2015, equation 10). */
  readonly initializer?: Initializer;
}

const kind: LayerKind<Required<DenseOptions>> = {
  name: "dense",
  settings: { inputs: size, outputs: size, bias, initializer: initializer(heNormal()) },
};

/**
 * A fully connected layer, y = x Wᵀ + b: `[n, inputs]` → `[n, outputs]`; axes between are kept, `[n, t, inputs]` → `[n, t, outputs]`. PyTorch draws
 * weights and bias uniformly within ±1/√inputs: that is `heUniform({ gain: Math.sqrt(1 / 3) })` for both.
 *
 * ```ts
 * import { dense, ones, randomKey } from "nabla";
 * const layer = dense({ inputs: 3, outputs: 2 });
 * const parameters = layer.init(randomKey(1));
 * parameters.weight.shape; // → [ 2, 3 ]
 * layer.apply(parameters, ones([5, 3])).shape; // → [ 5, 2 ]
 * ```
 *
 * @throws ArgumentError for options out of range; when applied, ShapeError for inputs of another length.
 */
export function dense(options: DenseOptions & { readonly bias?: true | Initializer }): Layer<WeightAndBias>;
export function dense(options: DenseOptions & { readonly bias: false }): Layer<WeightAlone>;
export function dense(options: DenseOptions): SomeLayer;
export function dense(options: DenseOptions): SomeLayer {
  const settings = readLayer(kind, options);
  const { inputs, outputs } = settings;
  const shape = [outputs, inputs];
  checkWeights("dense", shape);
  const title = `dense ${inputs} → ${outputs}`;
  return {
    name: kind.name,
    title,
    description: describeLayer(kind, settings),
    inputShape: [inputs],
    init: (key) => initialWeights(key, shape, fansOf(shape), settings),
    apply: (parameters, x) => {
      checkRows(title, x, inputs);
      const { weight, bias } = weightsOf(title, parameters, shape, settings);
      const before = x.shape.slice(0, -1);
      const rows = x.cast(weight.dtype).reshape([sizeOf(before), inputs]);
      const y = timesTransposed([rows, weight]);
      return (bias ? y.add(bias) : y).reshape([...before, outputs]);
    },
  };
}

/**
 * x Wᵀ for x `[n, in]` and W `[out, in]`. The rule of a product would give the gradient of W as the transpose of a matrix [in, out], which whoever moves W
 * reads across its rows. Of this rule the transpose is Gᵀ x, `[out, in]` as W is: a step of training takes a tenth less.
 */
const timesTransposed = customJvp(
  ([x, w]: readonly [Tensor, Tensor]): Tensor => x.matmul(w.transpose()),
  ([x, w], [dx, dw]) => dx.matmul(w.transpose()).add(dw.matmul(x.transpose()).transpose()),
);

function checkRows(title: string, x: Tensor, inputs: number): void {
  checkInputs(title, x);
  if (x.rank >= 2 && x.shape.at(-1) === inputs) return;
  throw new ShapeError(
    `${title}: needs inputs [n, ${inputs}]; got ${showShape(x.shape)}${remedy(x.shape, inputs)}`,
  );
}

function remedy(shape: Shape, inputs: number): string {
  if (shape.length === 1 && shape[0] === inputs)
    return `; one example is a batch of one: reshape([1, ${inputs}])`;
  return sizeOf(shape.slice(1)) === inputs ? "; put flattening() before it" : "";
}
