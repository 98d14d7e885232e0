/** The course of a training put together from its parts. */

import type { Situation } from "../beginning/situation.ts";
import { healthMonitor } from "../health/index.ts";
import type { StepOptimizer } from "../optimizer.ts";
import { limitsOf, type TrainOptions } from "../options.ts";
import { deadUnitsLook } from "./dead-units.ts";
import { earlyStoppingOf } from "./early-stopping.ts";
import { judgeOf } from "./evaluation.ts";
import { learnerOf } from "./learner.ts";
import { pauses } from "./pause.ts";
import { beginning } from "./progress.ts";
import type { Course, Run } from "./run.ts";

const now = (): number => performance.now();

/** A run before its first step. */
export function beginRun<P extends object>(
  situation: Situation<P>,
  { transformation, plateau }: StepOptimizer,
  options: TrainOptions<P>,
): Run<P> {
  const learner = learnerOf({ ...situation, transformation });
  const parts = {
    stopping: earlyStoppingOf(options.earlyStopping).init(),
    plateau: plateau?.init(),
    health: healthMonitor().init(),
  };
  return { progress: beginning(parts), best: undefined, sound: situation.start, learner };
}

/** What a run goes by. */
export function courseOf<P extends object>(
  situation: Situation<P>,
  run: Run<P>,
  optimizer: StepOptimizer,
  options: TrainOptions<P>,
  keep: Course<P>["keep"],
): Course<P> {
  const { model, loss, metrics, loader, validation, sample, seed } = situation;
  return {
    learner: run.learner,
    loader,
    optimizer,
    metrics,
    judge: judgeOf(model, loss, metrics),
    validation,
    stopping: earlyStoppingOf(options.earlyStopping),
    health: healthMonitor(),
    deadUnits: deadUnitsLook(model, sample),
    ...limitsOf(options),
    seed,
    onBatch: options.onBatch,
    options,
    pause: pauses(now),
    now,
    keep,
  };
}
