/** Pooling: what is left of the windows of an image. */
import { ShapeError } from "../../core/errors.ts";
import {
  avgPool2d,
  maxPool2d,
  type Padding,
  type PairArgument,
} from "../../tensor/operations/convolution.ts";
import { showShape } from "../../tensor/shape.ts";
import type { Layer } from "../layer.ts";
import { padding, pair, showPair } from "../settings/numbers.ts";
import { describeLayer, type LayerKind, type LayerSetting, readLayer } from "../settings/setting.ts";
import { checkInputs, type NoParameters } from "./parameters.ts";

/** Options of `maxPooling2d` and `averagePooling2d`. */
export interface Pooling2dOptions {
  /** Size of the windows: one number, or height and width. */
  readonly window: PairArgument;
  /** Distance between neighbouring windows. Default: their size, so that they touch. */
  readonly stride?: PairArgument;
  /** Width around the image, at most half of the window. Default 0. */
  readonly padding?: Padding;
  /** Distance between neighbouring elements of a window. Default 1. */
  readonly dilation?: PairArgument;
}

interface Pooling2dSettings extends Required<Omit<Pooling2dOptions, "stride">> {
  readonly stride: PairArgument | "window";
}

/** A stride, or the window's size. */
const stride: LayerSetting<PairArgument | "window"> = {
  rule: pair().rule,
  default: "window",
  read: (value) => (value === "window" ? value : pair().read(value)),
};

const kindOf = (name: string): LayerKind<Pooling2dSettings> => ({
  name,
  settings: { window: pair(), stride, padding, dilation: pair(1) },
});

const maximum = kindOf("max-pooling2d");
const average = kindOf("average-pooling2d");

/**
 * The largest element of each window, `maxPool2d`: `[n, c, h, w]` → `[n, c, h', w']`. Padding never wins.
 *
 * ```ts
 * import { maxPooling2d, tensor } from "nabla";
 * maxPooling2d({ window: 2 }).apply({}, tensor([[[[1, 2], [3, 4]]]])); // → Tensor(float64 [1, 1, 1, 1]) [[[[4]]]]
 * ```
 *
 * @throws ArgumentError for options out of range; when applied, ShapeError where no window fits.
 */
export function maxPooling2d(options: Pooling2dOptions): Layer<NoParameters> {
  return pooling(maximum, "maxPooling2d", maxPool2d, options);
}

/**
 * The mean of each window, `avgPool2d`: `[n, c, h, w]` → `[n, c, h', w']`. Padding counts as zeros (PyTorch).
 *
 * ```ts
 * import { averagePooling2d, tensor } from "nabla";
 * averagePooling2d({ window: 2 }).apply({}, tensor([[[[1, 2], [3, 4]]]])); // → Tensor(float64 [1, 1, 1, 1]) [[[[2.5]]]]
 * ```
 *
 * @throws ArgumentError for options out of range; when applied, ShapeError where no window fits.
 */
export function averagePooling2d(options: Pooling2dOptions): Layer<NoParameters> {
  return pooling(average, "averagePooling2d", avgPool2d, options);
}

function pooling(
  kind: LayerKind<Pooling2dSettings>,
  call: string,
  operation: typeof maxPool2d,
  options: Pooling2dOptions,
): Layer<NoParameters> {
  const settings = readLayer(kind, options);
  const { window, padding, dilation } = settings;
  const stride = settings.stride === "window" ? window : settings.stride;
  const steps = showPair(stride) === showPair(window) ? "" : `, stride ${showPair(stride)}`;
  const title = `${call} ${showPair(window)}${steps}`;
  return {
    name: kind.name,
    title,
    description: describeLayer(kind, settings),
    init: () => ({}),
    apply: (_, x) => {
      checkInputs(title, x);
      if (x.rank !== 4)
        throw new ShapeError(
          `${title}: needs images [n, channels, height, width]; got ${showShape(x.shape)}; it stands behind a convolution, and before flattening()`,
        );
      return operation(x, window, { stride, padding, dilation });
    },
  };
}
