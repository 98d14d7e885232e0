/**
 * Training by methods that judge every point by the same function: L-BFGS, Newton-CG, conjugate gradients. Each step sees all examples, in float64; the loop is that of
 * `minimize`.
 */
import { ArgumentError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { currentKernels } from "../../kernels/index.ts";
import { minimizeAsync } from "../../minimize/minimize.ts";
import type { MinimizeResult } from "../../minimize/result.ts";
import type { StepReport as SolverStep } from "../../solver/report.ts";
import type { Dtype } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { flattenTree, tensorsOf, unflattenAs } from "../../tensor/tree.ts";
import { batchAt, countOf, inOrder } from "../batches/array-loader.ts";
import type { Batch } from "../batches/batch.ts";
import type { Situation } from "../beginning/situation.ts";
import { earlyStoppingOf } from "../course/early-stopping.ts";
import { judgeOf } from "../course/evaluation.ts";
import { curvePoints, emptyCurve, withLoss } from "../course/loss-curve.ts";
import { pauses } from "../course/pause.ts";
import type { FullBatchOptimizer } from "../optimizer.ts";
import { limitsOf, type TrainOptions } from "../options.ts";
import { trainingAdvice } from "../reason.ts";
import type { EpochReport } from "../reports.ts";
import { type TrainResult, withSummary } from "../result.ts";
import { fullBatchCheckpoints } from "./full-batch-checkpoints.ts";

/** Trains by a full-batch method. @throws ArgumentError for mini-batches, and for models that are another function at every step. */
export async function trainFullBatch<P extends object>(
  situation: Situation<P>,
  { name, method }: FullBatchOptimizer,
  options: TrainOptions<P>,
): Promise<TrainResult<P>> {
  refuseForgetting(options, name);
  const batch = wholeBatch(situation, name);
  checkSameFunction(situation, name);
  const { model, loss, metrics, validation } = situation;
  const judge = judgeOf(model, loss, metrics);
  const pause = pauses(() => performance.now());
  const stopping = earlyStoppingOf(options.earlyStopping);
  let progressing = stopping.init();
  let curve = emptyCurve;
  let best: P | undefined;
  const reports: EpochReport[] = [];
  let lapped = performance.now();
  const narrowed = (x: P): P => like(x, situation.start);
  const onStep = async (step: SolverStep<P>): Promise<unknown> => {
    const parameters = narrowed(step.x);
    const judged = validation && (await judge(parameters, validation, pause));
    const { metrics: trained } =
      metrics.length > 0 && situation.train
        ? await judge(parameters, situation.train, pause)
        : { metrics: {} };
    progressing = stopping.next(progressing, step.steps, judged?.loss ?? step.value);
    const isBest = progressing.bestEpoch === step.steps;
    if (isBest && stopping.isAsked) best = parameters;
    curve = withLoss(curve, step.value);
    const seconds = (performance.now() - lapped) / 1000;
    lapped = performance.now();
    const gradientNorm = step.gradientNorm ?? Number.NaN;
    const report = {
      epoch: step.steps,
      step: step.steps,
      loss: step.value,
      metrics: trained,
      gradientNorm,
      rate: undefined,
    };
    reports.push({
      ...report,
      validation: judged,
      isBest,
      seconds,
      examplesPerSecond: batch.size / seconds,
    });
    const told = { ...report, stepInEpoch: 1, stepsPerEpoch: 1, examples: batch.size };
    const said = [await options.onStep?.(told), await options.onEpoch?.(reports.at(-1) as EpochReport)];
    return said.includes("stop") || stopping.isOver(progressing) ? "stop" : undefined;
  };
  const lossOf = (parameters: P, inputs: Tensor, targets: Tensor, weights?: Tensor): Tensor =>
    loss(model.apply(parameters, inputs, { training: true }), targets, weights);
  const data = [batch.inputs, batch.targets, ...(batch.weights ? [batch.weights] : [])];
  const kept = fullBatchCheckpoints(situation, name, options, narrowed);
  const work = minimizeAsync(
    lossOf as never,
    widened(situation.start) as never,
    {
      method: method as never,
      data: data as never,
      maxSteps: Math.min(...Object.values(limitsOf(options))),
      onStep: (step: SolverStep<P>) => {
        kept.see(step.x);
        return onStep(step);
      },
      ...(options.signal && { signal: options.signal }),
      ...(options.timeLimit !== undefined && { timeLimit: options.timeLimit }),
      ...kept.options,
    } as never,
  );
  const result = await work.finally(kept.close);
  return resultOf(situation, result as unknown as MinimizeResult<P>);

  async function resultOf(of: Situation<P>, ended: MinimizeResult<P>): Promise<TrainResult<P>> {
    const isEarly = stopping.isOver(progressing) && ended.reason === "stopped";
    const reason = isEarly ? "early-stopping" : ended.reason;
    const parameters = best ?? narrowed(ended.x);
    return withSummary<P>({
      model,
      parameters,
      facts: of.facts,
      reason,
      detail: isEarly ? `step ${progressing.bestEpoch} was the best` : ended.detail,
      advice: trainingAdvice(reason),
      loss: ended.value,
      validation: validation && (await judge(parameters, validation, pause)),
      chosenEpoch: best === undefined ? undefined : progressing.bestEpoch,
      epochs: reports,
      curve: curvePoints(curve),
      warnings: [],
      steps: ended.steps,
      optimizer: { name: ended.method, settings: ended.settings },
      kernels: currentKernels().description,
      seconds: ended.elapsed / 1000,
    });
  }
}

/** What early stopping remembers is in no checkpoint of `minimize`. */
function refuseForgetting<P extends object>({ earlyStopping, resume }: TrainOptions<P>, name: string): void {
  if (earlyStopping !== undefined && resume !== undefined)
    throw new ArgumentError(
      `train({ earlyStopping, resume }): a run of ${name} does not remember which epoch was the best; leave one of them out`,
    );
}

/** All examples, or the lecture's reason why less will not do. */
function wholeBatch<P extends object>({ train, batchSize }: Situation<P>, name: string): Batch {
  const count = train === undefined ? undefined : countOf(train);
  if (train !== undefined && count !== undefined && batchSize >= count) return batchAt(train, inOrder(count));
  const few =
    count === undefined ? "batches from an iterable" : `batches of ${batchSize} of ${count} examples`;
  throw new ArgumentError(
    `train({ optimizer }): ${name} needs the full batch; got ${few}. It learns curvature from differences of gradients, y = ∇f(x') − ∇f(x), and its search compares values: taken of two different mini-batches, both are differences of noise. Give batchSize: "full", or a first-order method such as adam() or momentum()`,
  );
}

/** A function that is another one at every step has no curvature to learn. */
function checkSameFunction<P extends object>(
  { model, start, division, sample }: Situation<P>,
  name: string,
): void {
  if (division.isStatistic.includes(true))
    throw new ArgumentError(
      `train({ optimizer }): ${name} needs the same function at every step, but a layer keeps running statistics (batchNorm); take layerNorm, or a first-order method`,
    );
  try {
    model.apply(start, sample, { training: true });
  } catch (cause) {
    throw new ArgumentError(
      `train({ optimizer }): ${name} needs the same function at every step, but a layer draws random numbers (dropout); leave it out, or take a first-order method`,
      { cause },
    );
  }
}

/** Parameters in float64, as searches that compare values need them. */
const widened = <P extends object>(parameters: P): P => castLeaves(parameters, () => "float64");

/** Parameters in the dtypes of others. */
function like<P extends object>(parameters: P, others: P): P {
  const kinds = tensorsOf(others, "train");
  return castLeaves(parameters, (i) => at(kinds, i).dtype);
}

function castLeaves<P extends object>(tree: P, dtype: (i: number) => Dtype): P {
  const leaves = tensorsOf(tree, "train").map((leaf, i) => leaf.cast(dtype(i)));
  return unflattenAs<P>(flattenTree(tree, "train").structure, leaves);
}
