/** The verb `train`. */
import { showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { currentKernels } from "../kernels/index.ts";
import type { Layer } from "../nn/layer.ts";
import type { StreamSource } from "./batches/stream-loader.ts";
import { isExamples, type Situation, situationOf } from "./beginning/situation.ts";
import { beginRun, courseOf } from "./course/course.ts";
import { curvePoints } from "./course/loss-curve.ts";
import { type Course, type Ending, epochReport, goOn, type Run } from "./course/run.ts";
import { trainFullBatch } from "./full-batch/full-batch.ts";
import { checkpointing } from "./keeping/checkpointing.ts";
import { isFullBatchMethod, optimizerOf } from "./optimizer.ts";
import { checkTrainOptions, limitsOf, type Plan, type TrainOptions } from "./options.ts";
import { trainingAdvice } from "./reason.ts";
import { type TrainResult, withSummary } from "./result.ts";
import type { TrainingExamples } from "./training-examples.ts";

/**
 * Trains a network on examples, in steps of mini-batches. Forward and backward pass, clipping, update and averages of a step are one compiled program, whose state
 * stays in its memory. The same seed and kernels give the same bits; a run that was interrupted is continued from a checkpoint by `resume`.
 *
 * Losses are means over the examples of a batch, so that a rate does not depend on the size of batches; the card of a loss says what a sum would do. A run
 * that goes wrong is a result as well: `reason` says why it ended, `warnings` what looked wrong.
 *
 * ```ts
 * import { dense, relu, sequential, train } from "nabla";
 * const model = sequential([dense({ inputs: 2, outputs: 8 }), relu, dense({ inputs: 8, outputs: 2 })]);
 * const data = { inputs: [[0, 0], [0, 1], [1, 0], [1, 1]], targets: ["same", "other", "other", "same"] };
 * const result = await train(model, data, { epochs: 500, seed: 1 });
 * result.reason; // → "max-epochs"
 * result.epochs.at(-1)?.metrics.accuracy; // → 1
 * ```
 *
 * @param data Inputs and targets `[n, …]`; or batches of them to iterate over, or a function that gives them anew for each epoch.
 * @throws ArgumentError for options out of range, targets the loss does not know, and inputs that are not finite; ShapeError where network, inputs and targets do not
 * fit; FileError for checkpoints that cannot be written or read.
 */
export async function train<P extends object>(
  model: Layer<P>,
  data: TrainingExamples | StreamSource,
  options: TrainOptions<P> = {},
): Promise<TrainResult<P>> {
  checkTrainOptions(options);
  checkModel(model);
  const situation = await situationOf(model, data, withBatchSize(data, options));
  try {
    return await trainIn(situation, options);
  } finally {
    await situation.close();
  }
}

async function trainIn<P extends object>(
  situation: Situation<P>,
  options: TrainOptions<P>,
): Promise<TrainResult<P>> {
  const plan = planOf(situation, options);
  const optimizer = optimizerOf(options, plan);
  if (optimizer.kind === "full-batch") return trainFullBatch(situation, optimizer, options);
  const kept = checkpointing(situation, optimizer, options);
  let release = (): void => {};
  try {
    release = kept.takeKernels();
    const run = beginRun(situation, optimizer, options);
    const course = courseOf(situation, run, optimizer, options, kept.keep);
    kept.restore(run, course);
    const ending = await goOn(run, course);
    // Parameters that are lost must not take the place of those that a run can be continued from.
    if (ending.reason !== "non-finite") kept.keep(run, "end");
    return await resultOf(situation, run, course, ending);
  } finally {
    release();
    kept.close();
  }
}

function checkModel(model: unknown): void {
  if (typeof model === "object" && model !== null && "init" in model && "apply" in model) return;
  throw new ArgumentError(
    `train: needs a model such as sequential([dense({ inputs: 4, outputs: 3 })]) first; got ${showValue(model)}`,
  );
}

/** A method that needs the full batch has it where nothing else was asked for. */
function withBatchSize<P extends object>(
  data: TrainingExamples | StreamSource,
  options: TrainOptions<P>,
): TrainOptions<P> {
  const isLeftOut = isExamples(data) && options.batchSize === undefined;
  const needsAll = isLeftOut && isFullBatchMethod(options.optimizer);
  return needsAll ? { ...options, batchSize: "full" } : options;
}

/** How long the run will be, for schedules that end with it. */
function planOf<P extends object>({ loader }: Situation<P>, options: TrainOptions<P>): Plan {
  const { stepsPerEpoch = Infinity } = loader;
  const limits = limitsOf(options);
  const steps = limits.epochs === 0 ? 0 : Math.min(limits.steps, limits.epochs * stepsPerEpoch);
  const epochs = Number.isFinite(stepsPerEpoch) ? Math.ceil(steps / stepsPerEpoch) : limits.epochs;
  return { epochs, steps, stepsPerEpoch };
}

async function resultOf<P extends object>(
  situation: Situation<P>,
  run: Run<P>,
  course: Course<P>,
  { reason, detail }: Ending,
): Promise<TrainResult<P>> {
  const { progress, learner } = run;
  const isSick = reason === "non-finite";
  const parameters = run.best ?? (isSick ? run.sound : learner.answer());
  const validation =
    situation.validation && (await course.judge(parameters, situation.validation, course.pause));
  // An epoch that was left in its middle is told as well.
  const last = progress.sums.steps > 0 && !isSick ? [epochReport(progress, course, validation)] : [];
  const epochs = [...progress.epochs, ...last];
  const { optimizer } = course;
  return withSummary({
    model: situation.model,
    parameters,
    facts: situation.facts,
    reason,
    detail: isSick ? `${detail.replace(/\.$/, "")}; the parameters are those after ${placeOf(run)}` : detail,
    advice: trainingAdvice(reason),
    loss: epochs.at(-1)?.loss ?? Number.NaN,
    validation,
    chosenEpoch: run.best === undefined ? undefined : progress.stopping.bestEpoch,
    epochs,
    curve: curvePoints(progress.curve),
    warnings: progress.warnings,
    steps: progress.step,
    optimizer: { name: optimizer.name, settings: optimizer.settings },
    kernels: currentKernels().description,
    seconds: progress.epochs.reduce((sum, epoch) => sum + epoch.seconds, progress.sums.seconds),
  });
}

function placeOf<P>({ progress, best }: Run<P>): string {
  const epoch = best === undefined ? progress.epoch - 1 : progress.stopping.bestEpoch;
  return epoch === 0 ? "no step" : `epoch ${epoch}`;
}
