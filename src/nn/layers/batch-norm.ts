/**
 * Batch normalization: every channel of a batch gets mean 0 and variance 1, and then a mean and a spread that are learned. Ioffe & Szegedy (2015), Batch
 * Normalization, algorithms 1 and 2. As in PyTorch the variance of a batch is that of a population where it normalizes, and that of a sample where it is
 * remembered; momentum is the share of what is new.
 */
import { ShapeError } from "../../core/errors.ts";
import { stopGradient } from "../../tensor/operations/comparison.ts";
import { ones, zeros } from "../../tensor/operations/creation.ts";
import { showShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ApplyOptions, Layer } from "../layer.ts";
import { numberIn, size } from "../settings/numbers.ts";
import { describeLayer, type LayerKind, readLayer } from "../settings/setting.ts";
import { checkInputs, parameterOf } from "./parameters.ts";

/** Options of `batchNorm`. */
export interface BatchNormOptions {
  /** How many channels there are, the length of the second axis. */
  readonly features: number;
  /** The share of the newest batch in the running statistics, (0, 1]. Default 0.1 (PyTorch). */
  readonly momentum?: number;
  /** Is added to the variance, (0, ∞). Default 1e-5 (PyTorch). */
  readonly epsilon?: number;
}

/** Parameters of `batchNorm`, each `[features]`. */
export interface BatchNormParameters {
  readonly weight: Tensor;
  readonly bias: Tensor;
  /** Not trained: it follows the means of the batches. */
  readonly runningMean: Tensor;
  /** Not trained: it follows their variances. */
  readonly runningVar: Tensor;
}

const kind: LayerKind<Required<BatchNormOptions>> = {
  name: "batch-norm",
  settings: { features: size, momentum: numberIn("(0, 1]", 0.1), epsilon: numberIn("(0, ∞)", 1e-5) },
};

/**
 * Normalizes each channel over the batch: `[n, c]` or `[n, c, …]` → the same shape. While training by the statistics of the batch, of which it tells
 * `onStatistic` what the running ones become; else by the running ones.
 *
 * ```ts
 * import { batchNorm, randomKey, tensor } from "nabla";
 * const layer = batchNorm({ features: 1, epsilon: 1e-9 });
 * const parameters = layer.init(randomKey(1));
 * const x = tensor([[1], [3]]);
 * layer.apply(parameters, x, { training: true }); // → Tensor(float32 [2, 1]) [[-1], [1]]
 * layer.apply(parameters, x); // → Tensor(float32 [2, 1]) [[1], [3]]
 * ```
 *
 * @throws ArgumentError for options out of range; when applied, ShapeError for other channels, and, while training, for a batch of one value a channel.
 */
export function batchNorm(options: BatchNormOptions): Layer<BatchNormParameters> {
  const settings = readLayer(kind, options);
  const { features, momentum, epsilon } = settings;
  const title = `batchNorm ${features}`;
  return {
    name: kind.name,
    title,
    description: describeLayer(kind, settings),
    init: () => ({
      weight: ones([features], "float32"),
      bias: zeros([features], "float32"),
      runningMean: zeros([features], "float32"),
      runningVar: ones([features], "float32"),
    }),
    apply: (parameters, given, { training = false, onStatistic } = {}) => {
      checkChannels(title, given, features);
      const named = (name: keyof BatchNormParameters): Tensor =>
        parameterOf(title, parameters, name, [features]);
      const x = given.cast(named("weight").dtype);
      const across = (statistic: Tensor): Tensor =>
        statistic.reshape([features, ...new Array<number>(x.rank - 2).fill(1)]);
      const running = { mean: named("runningMean"), variance: named("runningVar") };
      const { mean, variance } = training ? batchStatistics(title, x, features) : running;
      if (training && onStatistic)
        follow(onStatistic, running, { mean, variance, count: x.size / features }, momentum);
      const scale = variance.add(epsilon).sqrt();
      const normalized = x.sub(across(mean)).div(across(scale));
      return normalized.mul(across(named("weight"))).add(across(named("bias")));
    },
  };
}

interface Statistics {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** Mean and variance of each channel. */
function batchStatistics(title: string, x: Tensor, features: number): Statistics {
  if (x.size <= features)
    throw new ShapeError(
      `${title}: one value has no variance; while training it needs more than one value of each channel; got ${showShape(x.shape)}; leave out the last batch of one example, or use layerNorm`,
    );
  const axes = x.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
  const mean = x.mean(axes);
  const deviation = x.sub(mean.reshape([features, ...new Array<number>(x.rank - 2).fill(1)]));
  return { mean, variance: deviation.square().mean(axes) };
}

/** Tells what the running statistics become. */
function follow(
  tell: NonNullable<ApplyOptions["onStatistic"]>,
  running: Statistics,
  { mean, variance, count }: Statistics & { readonly count: number },
  momentum: number,
): void {
  const moved = (old: Tensor, now: Tensor): Tensor =>
    old.mul(1 - momentum).add(stopGradient(now).mul(momentum));
  tell(running.mean, moved(running.mean, mean));
  tell(running.variance, moved(running.variance, variance.mul(count / (count - 1))));
}

function checkChannels(title: string, x: Tensor, features: number): void {
  checkInputs(title, x);
  if (x.rank < 2 || x.shape[1] !== features)
    throw new ShapeError(
      `${title}: needs inputs [n, ${features}] or [n, ${features}, height, width]; got ${showShape(x.shape)}; features is the length of the second axis`,
    );
}
