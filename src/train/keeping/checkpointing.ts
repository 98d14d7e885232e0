/** When checkpoints are written and what is in them; and the one that a run is continued from. */

import { leafPaths } from "../../autodiff/paths.ts";
import { checkFunction, checkOptions, showValue } from "../../core/checks.ts";
import { ArgumentError, FileError } from "../../core/errors.ts";
import type { Settings } from "../../solver/card.ts";
import { toTensor } from "../../tensor/tensor.ts";
import { flattenTree } from "../../tensor/tree.ts";
import type { Situation } from "../beginning/situation.ts";
import { type CheckpointFolder, checkpointFolder, readCheckpointFolder } from "../checkpoints/index.ts";
import type { Course, Run } from "../course/run.ts";
import { encodeModel } from "../models/model-file.ts";
import type { StepOptimizer } from "../optimizer.ts";
import { type CheckpointOptions, refusal, type TrainOptions, whole } from "../options.ts";
import { type RunIdentity, restoreRun, saveRun, takeKernels } from "./saving.ts";

/** What keeps a run, and brings one back. */
export interface Checkpointing<P extends object> {
  readonly keep: Course<P>["keep"];
  /** Takes the kernels of the run that is continued; gives back what undoes it. */
  readonly takeKernels: () => () => void;
  readonly restore: (run: Run<P>, course: Course<P>) => void;
  readonly close: () => void;
}

/** Opens folders and reads what is to be continued. @throws ArgumentError and FileError, before any work is done. */
export function checkpointing<P extends object>(
  situation: Situation<P>,
  optimizer: StepOptimizer,
  options: TrainOptions<P>,
): Checkpointing<P> {
  const identity = identityOf(situation, optimizer.settings, options);
  const resumed = options.resume === undefined ? undefined : latestOf(options.resume);
  const given = options.checkpoint;
  const sink = given === undefined ? undefined : openSink(given, resumed?.step);
  return {
    keep: sink === undefined ? () => {} : keeper(sink, situation, identity),
    takeKernels: () => (resumed === undefined ? () => {} : takeKernels(resumed.files, resumed.name)),
    restore: (run, course) => {
      if (resumed === undefined) return;
      const like = { state: run.learner.state(), parameters: situation.start };
      const { progress, state, sound, best } = restoreRun<P>(resumed.files, identity, like, resumed.name);
      run.learner.restore(state);
      run.progress = progress;
      run.sound = sound;
      run.best = best;
      if (progress.plateau !== undefined) course.optimizer.follow(progress.plateau);
    },
    close: () => sink?.folder.close(),
  };
}

interface Resumed {
  readonly step: number;
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly name: string;
}

function latestOf(folder: unknown): Resumed {
  if (typeof folder !== "string" || folder === "")
    throw refusal("resume", "the folder that checkpoints were written to", folder);
  const found = readCheckpointFolder(folder, "train({ resume })").latest();
  if (found === undefined)
    throw new FileError(
      `train({ resume }): ${folder} holds no checkpoint; give the folder that train({ checkpoint }) wrote, or begin without resume`,
    );
  return { step: found.step, files: found.files, name: `train({ resume: ${showValue(folder)} })` };
}

interface Sink {
  readonly folder: CheckpointFolder;
  readonly everySteps: number;
  readonly everyEpochs: number;
  readonly everySeconds: number;
  readonly asModel: (parameters: object) => object;
}

function openSink(given: string | CheckpointOptions, from?: number): Sink {
  const options: CheckpointOptions = typeof given === "string" ? { folder: given } : given;
  checkOptions("train({ checkpoint })", options, [
    "folder",
    "everySteps",
    "everyEpochs",
    "everySeconds",
    "asModel",
    "keep",
  ]);
  const { folder, everySteps, everyEpochs, everySeconds, keep = 3, asModel = (as) => as } = options;
  checkFunction("train({ checkpoint: { asModel } })", asModel);
  if (typeof folder !== "string" || folder === "")
    throw refusal("checkpoint", "the path of a folder, or { folder, everySteps, … }", given);
  whole("checkpoint: { everySteps }", everySteps, 1);
  whole("checkpoint: { everyEpochs }", everyEpochs, 1);
  whole("checkpoint: { keep }", keep, 1);
  if (everySeconds !== undefined && !(everySeconds > 0))
    throw refusal("checkpoint: { everySeconds }", "a number above 0", everySeconds);
  const isOther = everySteps !== undefined || everySeconds !== undefined;
  return {
    folder: checkpointFolder(folder, from === undefined ? { keep } : { keep, from }, "train({ checkpoint })"),
    everySteps: everySteps ?? Infinity,
    everyEpochs: everyEpochs ?? (isOther ? Infinity : 1),
    everySeconds: everySeconds ?? Infinity,
    asModel,
  };
}

function keeper<P extends object>(
  { folder, everySteps, everyEpochs, everySeconds, asModel }: Sink,
  { facts }: Situation<P>,
  identity: RunIdentity,
): Course<P>["keep"] {
  const now = (): number => performance.now() / 1000;
  let last = { step: -1, time: now() };
  return (run, when) => {
    const { step, epoch, stopping } = run.progress;
    const isBest = when === "epoch" && stopping.bestEpoch === epoch - 1;
    const isDue =
      (when === "epoch" && (isBest || (epoch - 1) % everyEpochs === 0)) ||
      (when === "step" && (step % everySteps === 0 || now() - last.time >= everySeconds)) ||
      (when === "end" && last.step !== step);
    if (!isDue) return;
    last = { step, time: now() };
    const model = encodeModel(facts, asModel(run.learner.answer()));
    folder.write(step, { "model.safetensors": model, ...saveRun(run, identity) }, { isBest });
  };
}

/** What must agree for one run to continue another. */
export function identityOf<P extends object>(
  { start, loss, metrics, fingerprint, batchSize, seed, facts }: Situation<P>,
  settings: Settings,
  { lastBatch = "keep", classWeights, validation, earlyStopping }: TrainOptions<P>,
): RunIdentity {
  const shapes = flattenTree(start, "train").leaves.map((leaf) => toTensor(leaf).shape.join("×"));
  const parameters = leafPaths(start).map((path, i) => `${path} ${shapes[i]}`);
  return {
    parameters,
    optimizer: plain(settings),
    loss: plain(facts.loss),
    reduction: loss.reduction,
    metrics: metrics.map(({ name }) => name),
    data: fingerprint,
    standardization: facts.standardization ?? null,
    "batch size": batchSize,
    "last batch": lastBatch,
    seed,
    "class weights": classWeights ?? null,
    "part set apart": typeof validation === "number" ? validation : null,
    "early stopping": plain(earlyStopping ?? null),
  };
}

/** Settings may hold functions and tensors by accident of a user's own parts; those cannot be compared. */
function plain(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value)) as unknown;
  } catch {
    throw new ArgumentError("train({ checkpoint }): the optimizer's settings must be plain data");
  }
}
