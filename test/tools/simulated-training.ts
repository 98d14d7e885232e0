/** The training of a small network on drawn data, watched by a health monitor. */
import { valueAndGrad } from "../../src/autodiff/index.ts";
import { leafPaths } from "../../src/autodiff/paths.ts";
import { compileStep } from "../../src/compiler/index.ts";
import {
  applyUpdate,
  type GradientTransformation,
  initialState,
  type StepFacts,
} from "../../src/first-order/index.ts";
import { crossEntropy, squaredError } from "../../src/nn/losses/index.ts";
import {
  arange,
  gather,
  matmul,
  normal,
  permutation,
  randomKey,
  relu,
  slice,
  splitKey,
  stack,
  type Tensor,
  transpose,
  uniform,
  zeros,
} from "../../src/tensor/index.ts";
import {
  type DeadUnits,
  deadUnitsOf,
  type HealthEpoch,
  type HealthReport,
  type HealthStep,
  type HealthWarning,
  healthMonitor,
} from "../../src/train/health/index.ts";

/** What is trained, and how long. */
export interface Simulation {
  readonly task?: "classes" | "values";
  /** Units of the hidden layers. */
  readonly hidden?: readonly number[];
  readonly activation?: (x: Tensor) => Tensor;
  /** The standard deviation of weights times the root of their number of inputs; 0 starts from 0. Default √2 (He). */
  readonly gain?: number;
  /** Of the hidden layers. */
  readonly bias?: number;
  readonly batch?: number;
  readonly epochs?: number;
  readonly seed?: number;
  /** Updates are measured in the first ten steps, and then every so many. */
  readonly every?: number;
}

/** What was said of a training. */
export interface Simulated {
  /** Kinds of warnings in order, with their step: `rate-too-high@15`. */
  readonly kinds: readonly string[];
  readonly messages: readonly string[];
  readonly verdict: "non-finite" | undefined;
  /** The mean losses of the epochs that ended. */
  readonly losses: readonly number[];
}

interface Weights {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

const [examples, features, classes] = [640, 32, 10];
const float = { dtype: "float32" } as const;

/** What a step carries to the next. */
interface Held<S> {
  readonly layers: readonly Weights[];
  readonly state: S;
}

/** Points around ten centres and the numbers of these; or a sum of features, with a wave of one and noise. */
function drawn(task: "classes" | "values", seed: number): readonly [Tensor, Tensor] {
  const [a, b, c] = splitKey(randomKey(seed), 3);
  const x = normal(a, [examples, features], float);
  if (task === "values") {
    const noise = normal(b, [examples], float).mul(0.1);
    return [
      x,
      x
        .sum(1)
        .div(6)
        .add(slice(x, null, 0).sin())
        .add(noise),
    ];
  }
  const y = uniform(b, [examples], { high: classes }).cast("int32");
  return [gather(normal(c, [classes, features], float), y).add(x.mul(1.5)), y];
}

type Network = (layers: readonly Weights[], x: Tensor, onHidden?: (h: Tensor) => void) => Tensor;

/** A network by its layers' weights, each with the activation behind it but the last. */
function networkOf(activation: (x: Tensor) => Tensor): Network {
  return (layers, x, onHidden) =>
    layers.reduce((h, { weight, bias }, i) => {
      const z = matmul(h, transpose(weight)).add(bias);
      if (i === layers.length - 1) return z;
      const next = activation(z);
      onHidden?.(next);
      return next;
    }, x);
}

/** Weights before training. */
function startOf({ task, hidden, gain, bias, seed }: Required<Simulation>): Weights[] {
  const sizes = [features, ...hidden, task === "classes" ? classes : 1];
  const keys = splitKey(randomKey(seed + 1000), sizes.length);
  return sizes.slice(1).map((units, i) => {
    const before = sizes[i] ?? 0;
    const weight = normal(keys[i] ?? randomKey(0), [units, before], float).mul(gain / Math.sqrt(before));
    return { weight, bias: zeros([units], "float32").add(i < hidden.length ? bias : 0) };
  });
}

/** A step of training that tells all norms. */
function programOf<S extends object, H>(
  transformation: GradientTransformation<S, H, StepFacts>,
  lossOf: (layers: readonly Weights[], x: Tensor, y: Tensor) => Tensor,
  start: Weights[],
) {
  const step = ({ layers, state }: Held<S>, hyper: H, x: Tensor, y: Tensor) => {
    const { value, grad: gradient } = valueAndGrad(lossOf)(layers, x, y);
    const next = applyUpdate(transformation, { parameters: layers, state, hyper, gradient, value });
    const updates = next.parameters.map(({ weight, bias }, i) => ({
      weight: weight.sub(layers[i]?.weight ?? 0),
      bias: bias.sub(layers[i]?.bias ?? 0),
    }));
    const told = { value, gradient: norms(gradient), update: norms(updates), parameters: norms(layers) };
    return [{ layers: next.parameters, state: next.state }, told] as const;
  };
  return compileStep(step, { layers: start, state: initialState(transformation, start) });
}

/** A monitor and what it said. */
function watcher() {
  const monitor = healthMonitor();
  let state = monitor.init();
  const warnings: HealthWarning[] = [];
  const keep = (report: HealthReport): HealthReport["verdict"] => {
    warnings.push(...report.warnings);
    state = report.state;
    return report.verdict;
  };
  return {
    step: (facts: HealthStep) => keep(monitor.step(state, facts)),
    epoch: (facts: HealthEpoch) => keep(monitor.epoch(state, facts)),
    said: (losses: readonly number[], verdict?: "non-finite"): Simulated => ({
      kinds: warnings.map(({ kind, step }) => `${kind}@${step}`),
      messages: warnings.map(({ message }) => message),
      verdict,
      losses,
    }),
  };
}

const defaults: Required<Simulation> = {
  task: "classes",
  hidden: [32, 32],
  activation: relu,
  gain: Math.SQRT2,
  bias: 0,
  batch: 32,
  epochs: 3,
  seed: 1,
  every: 1,
};

/** Trains, and tells what the monitor said. */
export function simulate<S extends object, H>(
  transformation: GradientTransformation<S, H, StepFacts>,
  simulation: Simulation = {},
): Simulated {
  const chosen = { ...defaults, ...simulation };
  const { task, activation, batch, epochs, seed, every } = chosen;
  const [inputs, targets] = drawn(task, seed);
  const start = startOf(chosen);
  const apply = networkOf(activation);
  const loss = task === "classes" ? crossEntropy() : squaredError();
  const program = programOf(transformation, (layers, x, y) => loss(apply(layers, x), y), start);
  const paths = leafPaths(start);
  const watch = watcher();
  const losses: number[] = [];
  let step = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = permutation(randomKey(1000 * seed + epoch), examples);
    let total = 0;
    for (let from = 0; from + batch <= examples; from += batch) {
      step++;
      const rows = gather(order, arange(from, from + batch));
      const [x, y] = [gather(inputs, rows), gather(targets, rows)];
      const made = program.step(transformation.hyperparameters(step), x, y);
      total += made.value.item();
      const isMeasured = step <= 10 || step % every === 0;
      const verdict = watch.step({
        step,
        loss: made.value.item(),
        paths,
        gradientNorms: numbers(made.gradient),
        updateNorms: isMeasured ? numbers(made.update) : undefined,
        parameterNorms: isMeasured ? numbers(made.parameters) : undefined,
      });
      if (verdict !== undefined) return watch.said(losses, verdict);
    }
    const deadUnits: DeadUnits[] = [];
    if (activation === relu)
      apply(program.state().layers, slice(inputs, [0, 256]), (h) =>
        deadUnits.push({ path: `[${deadUnits.length}]`, ...deadUnitsOf(h) }),
      );
    const mean = total / Math.floor(examples / batch);
    watch.epoch({ epoch, loss: mean, previousLosses: [...losses], deadUnits });
    losses.push(mean);
  }
  return watch.said(losses);
}

/** ‖x‖ of each leaf, in float64. */
function norms(layers: readonly Weights[]): Tensor {
  return stack(
    layers.flatMap(({ weight, bias }) => [weight, bias].map((x) => x.cast("float64").square().sum().sqrt())),
  );
}

const numbers = (x: Tensor): Float64Array => Float64Array.from(x.toTypedArray());
