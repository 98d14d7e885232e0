/** How far a training is: plain data that a checkpoint holds, and how a step and an epoch change it. */
import type { PlateauState } from "../../first-order/schedules/plateau.ts";
import type { HealthState } from "../health/index.ts";
import type { EpochReport, TrainingWarning } from "../reports.ts";
import type { Progressing } from "./early-stopping.ts";
import { addTo } from "./evaluation.ts";
import type { Learned } from "./learner.ts";
import { emptyCurve, type LossCurve, withLoss } from "./loss-curve.ts";

/** Sums over the steps of an epoch that goes on. */
export interface EpochSums {
  /** Steps taken in it. */
  readonly steps: number;
  /** Examples seen in it. */
  readonly examples: number;
  /** The losses of its batches, each times its examples. */
  readonly loss: number;
  readonly gradientNorm: number;
  readonly metrics: readonly Float64Array[];
  readonly seconds: number;
}

/** How far it is. */
export interface Progress {
  /** Steps taken. */
  readonly step: number;
  /** The epoch that goes on, from 1. */
  readonly epoch: number;
  readonly sums: EpochSums;
  readonly epochs: readonly EpochReport[];
  readonly curve: LossCurve;
  readonly stopping: Progressing;
  readonly plateau: PlateauState | undefined;
  readonly health: HealthState;
  readonly warnings: readonly TrainingWarning[];
}

/** No steps. */
export const noSums: EpochSums = {
  steps: 0,
  examples: 0,
  loss: 0,
  gradientNorm: 0,
  metrics: [],
  seconds: 0,
};

/** Before the first step. */
export function beginning(parts: Pick<Progress, "stopping" | "plateau" | "health">): Progress {
  return { step: 0, epoch: 1, sums: noSums, epochs: [], curve: emptyCurve, warnings: [], ...parts };
}

/** After another step of so many examples. */
export function afterStep(progress: Progress, told: Learned, examples: number, seconds: number): Progress {
  const { sums } = progress;
  return {
    ...progress,
    step: progress.step + 1,
    curve: withLoss(progress.curve, told.loss),
    sums: {
      steps: sums.steps + 1,
      examples: sums.examples + examples,
      loss: sums.loss + told.loss * examples,
      gradientNorm: sums.gradientNorm + globalNorm(told.gradientNorms),
      metrics: told.metrics.map((more, i) => addTo(sums.metrics[i], more)),
      seconds: sums.seconds + seconds,
    },
  };
}

/** As many epochs are told of at most, so that a long run needs no more memory than a short one. */
const mostEpochs = 1000;

/** The reports with a further one; where they become too many, every other one of them goes, but not the best. */
export function withReport(epochs: readonly EpochReport[], report: EpochReport): readonly EpochReport[] {
  const all = [...epochs, report];
  if (all.length <= mostEpochs) return all;
  const best = all.findLast(({ isBest }) => isBest);
  return all.filter((one, i) => one === best || one === report || i % 2 === 0);
}

/** ‖g‖₂ over all leaves from the norms of each. */
export function globalNorm(norms: Float64Array): number {
  return Math.hypot(...norms);
}
