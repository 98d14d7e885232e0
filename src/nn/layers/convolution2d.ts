/** Convolutions of images. LeCun, Boser, Denker et al. (1989), Backpropagation applied to handwritten zip code recognition. */
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { conv2d, type Padding, type PairArgument } from "../../tensor/operations/convolution.ts";
import { showShape, sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { heNormal } from "../initializers/he.ts";
import { fansOf, type Initializer } from "../initializers/initializer.ts";
import type { Layer, SomeLayer } from "../layer.ts";
import { bias, initializer } from "../settings/initializers.ts";
import { bothOf, checkWeights, padding, pair, showPair, size, sizeOr } from "../settings/numbers.ts";
import { describeLayer, type LayerKind, readLayer } from "../settings/setting.ts";
import { checkInputs } from "./parameters.ts";
import { initialWeights, type WeightAlone, type WeightAndBias, weightsOf } from "./weights.ts";

/** Options of `convolution2d`. */
export interface Convolution2dOptions {
  /** How many channels come in. */
  readonly inputs: number;
  /** How many go out. */
  readonly outputs: number;
  /** Size of the kernel: one number, or height and width. */
  readonly kernel: PairArgument;
  /** Distance between neighbouring places of the kernel. Default 1. */
  readonly stride?: PairArgument;
  /** Zeros around the image; `"same"` keeps height and width at stride 1. Default 0. */
  readonly padding?: Padding;
  /** Distance between neighbouring elements of the kernel. Default 1. */
  readonly dilation?: PairArgument;
  /** Channels are divided into so many groups that do not see each other. Default 1. */
  readonly groups?: number;
  /** Whether a bias is added, or what draws it. Default true: it begins at 0 (He et al. 2015). */
  readonly bias?: boolean | Initializer;
  /** What draws the weights. Default `heNormal()`, made for the layer before a relu (He et al. 2015, equation 10). */
  readonly initializer?: Initializer;
}

const kind: LayerKind<Required<Convolution2dOptions>> = {
  name: "convolution2d",
  settings: {
    inputs: size,
    outputs: size,
    kernel: pair(),
    stride: pair(1),
    padding,
    dilation: pair(1),
    groups: sizeOr(1),
    bias,
    initializer: initializer(heNormal()),
  },
};

/**
 * A convolution of images, `conv2d` with weights and a bias: `[n, inputs, h, w]` → `[n, outputs, h', w']` with h' = ⌊(h + 2·padding − dilation·(kernel − 1) −
 * 1) / stride⌋ + 1. PyTorch's `Conv2d`, but for how weights are drawn (see `dense`).
 *
 * ```ts
 * import { convolution2d, ones, randomKey } from "nabla";
 * const layer = convolution2d({ inputs: 1, outputs: 6, kernel: 5, padding: 2 });
 * layer.apply(layer.init(randomKey(1)), ones([3, 1, 28, 28])).shape; // → [ 3, 6, 28, 28 ]
 * ```
 *
 * @throws ArgumentError for options out of range; when applied, ShapeError for images of other channels, or smaller than the kernel.
 */
export function convolution2d(
  options: Convolution2dOptions & { readonly bias?: true | Initializer },
): Layer<WeightAndBias>;
export function convolution2d(options: Convolution2dOptions & { readonly bias: false }): Layer<WeightAlone>;
export function convolution2d(options: Convolution2dOptions): SomeLayer;
export function convolution2d(options: Convolution2dOptions): SomeLayer {
  const settings = readLayer(kind, options);
  const { inputs, outputs, kernel, stride, padding, dilation, groups } = settings;
  if (inputs % groups !== 0 || outputs % groups !== 0)
    throw new ArgumentError(
      `convolution2d({ groups }): must divide inputs and outputs; got ${groups} for ${inputs} → ${outputs}`,
    );
  const shape = [outputs, inputs / groups, ...bothOf(kernel)];
  checkWeights("convolution2d", shape);
  const { in: fanIn, out } = fansOf(shape);
  const title = titleOf(settings);
  return {
    name: kind.name,
    title,
    description: describeLayer(kind, settings),
    init: (key) => initialWeights(key, shape, { in: fanIn, out: out / groups }, settings),
    apply: (parameters, x) => {
      checkImages(title, x, inputs);
      const { weight, bias } = weightsOf(title, parameters, shape, settings);
      const y = conv2d(x.cast(weight.dtype), weight, { stride, padding, dilation, groups });
      return bias ? y.add(bias.reshape([outputs, 1, 1])) : y;
    },
  };
}

function titleOf({ inputs, outputs, kernel, ...rest }: Required<Convolution2dOptions>): string {
  const others = [
    showPair(rest.stride) === "1×1" ? "" : `, stride ${showPair(rest.stride)}`,
    showPadding(rest.padding),
    showPair(rest.dilation) === "1×1" ? "" : `, dilation ${showPair(rest.dilation)}`,
    rest.groups === 1 ? "" : `, ${rest.groups} groups`,
  ];
  return `convolution2d ${inputs} → ${outputs}, ${showPair(kernel)}${others.join("")}`;
}

function showPadding(padding: Padding): string {
  if (padding === 0 || padding === "valid") return "";
  return `, padding ${typeof padding === "object" ? showPair(padding) : padding}`;
}

function checkImages(title: string, x: Tensor, channels: number): void {
  checkInputs(title, x);
  if (x.rank === 4 && x.shape[1] === channels) return;
  const example = x.shape.slice(1);
  const side = Math.sqrt(sizeOf(example) / channels);
  const isSquare = x.rank > 1 && Number.isInteger(side);
  throw new ShapeError(
    `${title}: needs images [n, ${channels}, height, width]; got ${showShape(x.shape)}${
      isSquare ? `; reshape([-1, ${channels}, ${side}, ${side}]) makes some of these` : ""
    }`,
  );
}
