/** The course of a training: step by step, epoch by epoch, until something ends it. */

import type { ArraySource } from "../batches/array-loader.ts";
import type { Loader } from "../batches/batch.ts";
import type { HealthMonitor } from "../health/index.ts";
import type { Metric } from "../metrics/metric.ts";
import type { StepOptimizer } from "../optimizer.ts";
import type { TrainOptions, TrainSettings } from "../options.ts";
import type { TrainReason } from "../reason.ts";
import type { EpochReport, Judgement, TrainingStepReport, TrainingWarning } from "../reports.ts";
import type { DeadUnitsLook } from "./dead-units.ts";
import type { EarlyStopping } from "./early-stopping.ts";
import { finished, type Judge } from "./evaluation.ts";
import { keyFor } from "./keys.ts";
import type { Learned, Learner } from "./learner.ts";
import type { Pause } from "./pause.ts";
import { afterStep, globalNorm, noSums, type Progress, withReport } from "./progress.ts";
import { type WatchedNorms, watchedNorms } from "./watched-norms.ts";

/** Everything that a run needs, checked. */
export interface Course<P extends object> {
  readonly learner: Learner<P>;
  readonly loader: Loader;
  readonly optimizer: StepOptimizer;
  readonly metrics: readonly Metric[];
  readonly judge: Judge<P>;
  readonly validation: ArraySource | undefined;
  readonly stopping: EarlyStopping;
  readonly health: HealthMonitor;
  readonly deadUnits: DeadUnitsLook<P> | undefined;
  readonly epochs: number;
  readonly steps: number;
  readonly seed: number;
  readonly onBatch: TrainOptions<P>["onBatch"];
  readonly options: Pick<TrainSettings, "onStep" | "onEpoch" | "onWarning" | "signal" | "timeLimit">;
  readonly pause: Pause;
  readonly now: () => number;
  /** Keeps what there is, at the places where a run can be continued. */
  readonly keep: (run: Run<P>, when: "step" | "epoch" | "end") => void;
}

/** A run that goes on. */
export interface Run<P> {
  progress: Progress;
  /** The best parameters so far, where they may be the answer. */
  best: P | undefined;
  /** Parameters before anything went wrong: those of the last epoch's end. */
  sound: P;
  readonly learner: Learner<P>;
}

/** How a run ended. */
export interface Ending {
  readonly reason: TrainReason;
  readonly detail: string;
}

/** Steps between looks at lengths of updates and parameters, which cost copies. */
const watchEvery = 100;

/** A rate that is far too high shows in the first steps. */
const watchedAtFirst = 10;

/** Goes on with a run until it ends; an epoch that is left in its middle is not reported. */
export async function goOn<P extends object>(run: Run<P>, course: Course<P>): Promise<Ending> {
  const { loader, steps, epochs, stopping } = course;
  const started = course.now();
  for (;;) {
    const { progress } = run;
    if (stopping.isOver(progress.stopping))
      return {
        reason: "early-stopping",
        detail: `epoch ${progress.stopping.bestEpoch} was the best, and ${progress.stopping.bad} brought nothing better`,
      };
    if (progress.epoch > epochs) return { reason: "max-epochs", detail: `took ${epochs} epochs` };
    if (progress.step >= steps) return { reason: "max-steps", detail: `took ${steps} steps` };
    let isRead = true;
    for await (const batch of loader.epoch(progress.epoch, progress.sums.steps)) {
      const ended = await step(run, course, batch, started);
      if (ended !== undefined) return ended;
      isRead = run.progress.step < steps;
      if (!isRead) break;
    }
    const { sums } = run.progress;
    if (sums.steps === 0)
      return { reason: "data-ended", detail: `epoch ${run.progress.epoch} had no batches` };
    // Of a stream that was left nobody knows whether more would have come: who continues the run finds out.
    const isWhole = loader.stepsPerEpoch === undefined ? isRead : sums.steps === loader.stepsPerEpoch;
    if (!isWhole) return { reason: "max-steps", detail: `took ${steps} steps` };
    const ended = await epochEnd(run, course);
    if (ended !== undefined) return ended;
  }
}

async function step<P extends object>(
  run: Run<P>,
  course: Course<P>,
  batch: Parameters<Learner<P>["learn"]>[1],
  started: number,
): Promise<Ending | undefined> {
  const { learner, health, options, now, seed } = course;
  const { signal, timeLimit = Infinity } = options;
  if (signal?.aborted) return { reason: "aborted", detail: "the signal was aborted" };
  if (now() - started > timeLimit) return { reason: "time-limit", detail: `took ${timeLimit} ms` };
  const t = run.progress.step + 1;
  const { inputs, targets } = batch;
  course.onBatch?.({ step: t, parameters: learner.parameters, batch: { inputs, targets } });
  const isWatched = t <= watchedAtFirst || t % watchEvery === 0;
  const before = isWatched ? learner.trained() : undefined;
  const begun = now();
  const told = learner.learn(t, batch, keyFor(seed, "layers", t));
  const seconds = (now() - begun) / 1000;
  const watched = before && watchedNorms(before, learner.trained());
  run.progress = afterStep(run.progress, told, batch.size, seconds);
  const ill = examine(run, course, health, told, watched);
  if (ill !== undefined) return ill;
  const said = await options.onStep?.(stepReport(run.progress, course, told, batch.size));
  course.keep(run, "step");
  await course.pause();
  return said === "stop" ? { reason: "stopped", detail: "onStep asked to stop" } : undefined;
}

/** Tells what looks wrong; the ending, where it is too wrong to go on. */
function examine<P extends object>(
  run: Run<P>,
  course: Course<P>,
  health: HealthMonitor,
  told: Learned,
  watched: WatchedNorms | undefined,
): Ending | undefined {
  const { step } = run.progress;
  const facts = {
    step,
    loss: told.loss,
    gradientNorms: told.gradientNorms,
    paths: run.learner.paths,
    ...watched,
  };
  const heard = health.step(run.progress.health, facts);
  run.progress = { ...run.progress, health: heard.state };
  // What ends the run is told as its end.
  const isEnd = heard.verdict === "non-finite";
  const end = heard.warnings.find(({ kind }) => kind === "non-finite");
  warn(
    run,
    course,
    heard.warnings.filter((warning) => warning !== end),
  );
  const detail = end?.message ?? `loss or gradient is still not finite at step ${step}`;
  return isEnd ? { reason: "non-finite", detail } : undefined;
}

function warn<P extends object>(
  run: Run<P>,
  { options }: Course<P>,
  warnings: readonly TrainingWarning[],
): void {
  if (warnings.length === 0) return;
  run.progress = { ...run.progress, warnings: [...run.progress.warnings, ...warnings] };
  for (const warning of warnings) options.onWarning?.(warning);
}

/** Judges the epoch, and begins the next. */
async function epochEnd<P extends object>(run: Run<P>, course: Course<P>): Promise<Ending | undefined> {
  const { learner, judge, validation, health, stopping, optimizer, options } = course;
  const answer = learner.answer();
  const judged = validation && (await judge(answer, validation, course.pause));
  const report = epochReport(run.progress, course, judged);
  const deadUnits = course.deadUnits?.(learner.parameters()) ?? [];
  const { epoch, epochs: reports, plateau } = run.progress;
  const facts = { epoch, loss: report.loss, previousLosses: reports.map(({ loss }) => loss), deadUnits };
  const heard = health.epoch(run.progress.health, facts);
  const measure = judged?.loss ?? report.loss;
  const next = stopping.next(run.progress.stopping, epoch, measure);
  const isBest = next.bestEpoch === epoch;
  const told = { ...report, isBest };
  run.progress = {
    ...run.progress,
    epoch: epoch + 1,
    sums: noSums,
    epochs: withReport(reports, told),
    stopping: next,
    plateau: plateau && optimizer.plateau?.next(plateau, measure),
    health: heard.state,
  };
  if (run.progress.plateau !== undefined) optimizer.follow(run.progress.plateau);
  if (isBest && stopping.isAsked) run.best = answer;
  run.sound = answer;
  warn(run, course, heard.warnings);
  course.keep(run, "epoch");
  const said = await options.onEpoch?.(told);
  await course.pause();
  return said === "stop" ? { reason: "stopped", detail: "onEpoch asked to stop" } : undefined;
}

/** The epoch that goes on, judged. */
export function epochReport<P extends object>(
  { epoch, step, sums }: Progress,
  { metrics, optimizer }: Pick<Course<P>, "metrics" | "optimizer">,
  validation: Judgement | undefined,
): EpochReport {
  return {
    epoch,
    step,
    loss: sums.loss / sums.examples,
    metrics: finished(metrics, sums.metrics, sums.examples),
    gradientNorm: sums.gradientNorm / sums.steps,
    rate: optimizer.rate(step),
    validation,
    isBest: false,
    seconds: sums.seconds,
    examplesPerSecond: sums.examples / sums.seconds,
  };
}

function stepReport<P extends object>(
  { step, epoch, sums }: Progress,
  { metrics, optimizer, loader }: Course<P>,
  told: Learned,
  examples: number,
): TrainingStepReport {
  return {
    step,
    epoch,
    stepInEpoch: sums.steps,
    stepsPerEpoch: loader.stepsPerEpoch,
    loss: told.loss,
    metrics: finished(metrics, told.metrics, examples),
    gradientNorm: globalNorm(told.gradientNorms),
    rate: optimizer.rate(step),
    examples,
  };
}
