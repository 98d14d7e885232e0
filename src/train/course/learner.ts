/**
 * A network that learns, one batch at a time: forward pass, backward pass, clipping, update, statistics and averages are one compiled program, whose state
 * stays in its memory.
 */
import { leafPaths } from "../../autodiff/paths.ts";
import { compileStep } from "../../compiler/compile-step.ts";
import { averagedParameters, initialState, trainingStep } from "../../first-order/training.ts";
import type { GradientTransformation, StepFacts } from "../../first-order/transformation.ts";
import type { Layer } from "../../nn/layer.ts";
import type { Loss } from "../../nn/losses/loss.ts";
import { stack } from "../../tensor/operations/joining.ts";
import type { Key } from "../../tensor/operations/random.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { tensorsOf } from "../../tensor/tree.ts";
import type { Batch } from "../batches/batch.ts";
import type { Metric } from "../metrics/metric.ts";
import { applyTraining, type Division } from "./statistics.ts";

/** What a step tells. */
export interface Learned {
  /** The mean loss of an example of the batch before the step, also where the sum is minimized. */
  readonly loss: number;
  /** ‖g‖ of every trained leaf. */
  readonly gradientNorms: Float64Array;
  /** The sums of every metric over the batch. */
  readonly metrics: readonly Float64Array[];
}

/** What is carried from step to step: a tree of tensors. */
export interface LearnerState {
  readonly trained: object;
  readonly statistics: readonly Tensor[];
  readonly optimizer: unknown;
}

/** A network that learns. */
export interface Learner<P> {
  /** Paths of the trained leaves, such as `[0].weight`. */
  readonly paths: readonly string[];
  /** Takes step t, counted from 1. */
  readonly learn: (t: number, batch: Batch, key: Key) => Learned;
  /** Copies of the trained leaves. */
  readonly trained: () => readonly Tensor[];
  /** A copy of everything that the next step depends on. */
  readonly state: () => LearnerState;
  readonly restore: (state: LearnerState) => void;
  /** A copy of the parameters as they are. */
  readonly parameters: () => P;
  /** A copy of the parameters to be used: the average where the method keeps one. */
  readonly answer: () => P;
  /** The program in words. */
  readonly explain: () => string;
}

/** What a learner is made of. */
export interface LearnerParts<P extends object> {
  readonly model: Layer<P>;
  readonly start: P;
  readonly division: Division<P>;
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
  readonly transformation: GradientTransformation<unknown, unknown, StepFacts>;
}

/** Makes a network learn. The step is compiled once for each size of batch. */
export function learnerOf<P extends object>({
  model,
  start,
  division,
  loss,
  metrics,
  transformation,
}: LearnerParts<P>): Learner<P> {
  const lossOf = (trained: object, statistics: readonly Tensor[], batch: readonly Tensor[], key: Key) => {
    const [inputs, targets, weights] = batch;
    if (inputs === undefined || targets === undefined) throw new RangeError("a batch has inputs and targets");
    const parameters = division.join(trained, statistics);
    const { outputs, next } = applyTraining(model, parameters, statistics, inputs, key);
    const sums = metrics.map((metric) => metric.sums(outputs, targets));
    return [loss(outputs, targets, weights), { next, sums }] as const;
  };
  const advance = trainingStep(transformation, lossOf, { aux: true });
  const step = (state: LearnerState, hyper: unknown, key: Key, batch: readonly Tensor[]) => {
    const { trained, statistics, optimizer } = state;
    const made = advance({ parameters: trained, state: optimizer, hyper }, statistics, batch, key);
    const next: LearnerState = { trained: made.parameters, statistics: made.aux.next, optimizer: made.state };
    const told = {
      loss: made.value,
      gradientNorms: norms(tensorsOf(made.gradient, "train")),
      metrics: made.aux.sums,
    };
    return [next, told] as const;
  };
  const trained = division.trained(start);
  const beginning: LearnerState = {
    trained,
    statistics: division.statistics(start),
    optimizer: initialState(transformation, trained),
  };
  const compiled = compileStep(step, beginning);
  return {
    paths: leafPaths(trained),
    learn: (t, { inputs, targets, weights, size }, key) => {
      const batch = weights === undefined ? [inputs, targets] : [inputs, targets, weights];
      const told = compiled.step(transformation.hyperparameters(t), key, batch);
      return {
        loss: loss.reduction === "sum" ? told.loss.item() / size : told.loss.item(),
        gradientNorms: numbersOf(told.gradientNorms),
        metrics: told.metrics.map(numbersOf),
      };
    },
    trained: () => tensorsOf(compiled.state().trained, "train"),
    state: compiled.state,
    restore: compiled.restore,
    parameters: () => {
      const state = compiled.state();
      return division.join(state.trained, state.statistics);
    },
    answer: () => {
      const state = compiled.state();
      const averaged = averagedParameters(transformation, state.trained, state.optimizer);
      return division.join(averaged, state.statistics);
    },
    explain: compiled.explain,
  };
}

/** ‖x‖₂ of each tensor, `[count]`, float64. */
function norms(tensors: readonly Tensor[]): Tensor {
  return stack(tensors.map((x) => normOf(x).cast("float64")));
}

/**
 * ‖x‖₂ by two folds of single precision beside the update, which costs a tenth of what folds of double precision do. Where squares leave their range the
 * largest magnitude stands for it, which is not less than a √n-th of it: a network is no healthier for that.
 */
function normOf(x: Tensor): Tensor {
  // In a row the folds have loops of their own: those of the update stay without folds, and are divided among threads.
  const row = x.reshape([x.size]);
  const squares = row.mul(row).sum();
  const isInRange = squares.isFinite().logicalAnd(squares.greater(1e-30));
  return isInRange.where(squares.sqrt(), row.abs().max());
}

const numbersOf = (x: Tensor): Float64Array => Float64Array.from(x.toTypedArray());
