/** Watches the terms of eq. 8.10 while a network is trained: Goodfellow, Bengio & Courville (2016), Deep Learning, section 8.2.1 and figure 8.1. */
import { checkFunction, checkOptions, showValue } from "../../../core/checks.ts";
import { ArgumentError } from "../../../core/errors.ts";
import { isSchedule, type Schedule } from "../../../first-order/schedules/schedule.ts";
import type { BatchLoss } from "../gradients/batch-loss.ts";
import type { TensorExamples } from "../gradients/examples.ts";
import { checkRate, curvatureAlongGradient, type GradientCurvature } from "./curvature-along-gradient.ts";

/** Options of `conditioningMonitor`. */
export interface ConditioningMonitorOptions {
  /** ε: the rate of the training, or its schedule. */
  readonly rate: number | Schedule;
  /** Looks at every so many steps. Default 100: at three gradients a look that is 3 % of the time. */
  readonly every?: number;
  /** Told when ½ε²gᵀHg exceeds εgᵀg and did not at the look before. */
  readonly onIllConditioned?: (observation: CurvatureObservation) => void;
}

/** The terms at a step. */
export interface CurvatureObservation extends GradientCurvature {
  /** From 1. */
  readonly step: number;
}

/** Called once a step, before it is taken. Parameters that are given as a function are asked for only when it looks. */
export interface ConditioningMonitor<P extends object> {
  /** Looks, if it is time to: the terms, or undefined at the steps between. */
  (parameters: P | (() => P), batch: TensorExamples): CurvatureObservation | undefined;
  /** What was seen so far, in order. */
  readonly history: readonly CurvatureObservation[];
}

/**
 * An observer of a training that looks at the curvature along the gradient from time to time. Gradient norms, curvatures and their ratio are in its history.
 *
 * ```ts
 * import { conditioningMonitor, grad, tensor, type Tensor, zeros } from "nabla";
 * const valley = (x: Tensor) => x.mul(x).mul(tensor([1, 100])).sum().mul(0.5);
 * const batch = { inputs: zeros([1]), targets: zeros([1]) };
 * const monitor = conditioningMonitor(valley, { rate: 0.015, every: 10 });
 * let x = tensor([1, 1]);
 * for (let step = 1; step <= 50; step++) {
 *   monitor(x, batch);
 *   x = x.sub(grad(valley)(x).mul(0.015));
 * }
 * monitor.history.map(({ step, ratio }) => `${step}: ${ratio.toFixed(2)}`); // → [ "1: 0.75", "11: 0.02", "21: 0.01", "31: 0.01", "41: 0.01" ]
 * ```
 *
 * @throws ArgumentError for options out of range.
 */
export function conditioningMonitor<P extends object>(
  loss: BatchLoss<P>,
  options: ConditioningMonitorOptions,
): ConditioningMonitor<P> {
  const call = "conditioningMonitor";
  checkFunction(call, loss, "the loss of a batch, (parameters, inputs, targets) => Tensor");
  checkOptions(call, options, ["rate", "every", "onIllConditioned"]);
  const { rate, every = 100, onIllConditioned } = options;
  if (!isSchedule(rate)) checkRate(`${call}({ rate })`, rate);
  if (!Number.isInteger(every) || every < 1)
    throw new ArgumentError(
      `${call}({ every }): must be a whole number of steps in [1, ∞); got ${showValue(every)}`,
    );
  if (onIllConditioned !== undefined) checkFunction(`${call}({ onIllConditioned })`, onIllConditioned);
  const history: CurvatureObservation[] = [];
  let step = 0;
  const watch = (parameters: P | (() => P), batch: TensorExamples): CurvatureObservation | undefined => {
    step += 1;
    if ((step - 1) % every !== 0) return undefined;
    // A schedule may begin at 0, where there is nothing to look at.
    const now = isSchedule(rate) ? rate.at(step) : rate;
    if (now === 0) return undefined;
    const seen = curvatureAlongGradient(
      loss,
      typeof parameters === "function" ? parameters() : parameters,
      batch,
      now,
    );
    const observation = Object.defineProperty({ ...seen, step }, "toString", { value: seen.toString });
    const before = history.at(-1);
    history.push(observation);
    if (seen.ratio >= 1 && !(before !== undefined && before.ratio >= 1)) onIllConditioned?.(observation);
    return observation;
  };
  return Object.assign(watch, { history });
}
