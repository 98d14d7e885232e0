/** A training for programs: one object. */

import { countOf } from "./data/dataset.ts";
import type { Findings } from "./running.ts";
import type { Left } from "./show/conclusion.ts";
import { accuracyOf } from "./show/figures.ts";
import { parameterCount } from "./show/introduction.ts";

/** Everything but the parameters; what there is not is null. */
export function trainJson({ task, result, test }: Findings, left: Left): object {
  const { dataset, settings, loss, optimizer, targets } = task;
  const last = result.epochs.at(-1);
  const validation = settings.validation === undefined ? undefined : result.validation;
  return {
    optimizer: result.optimizer.name,
    // Of very many epochs not all are told of.
    epochs: last?.epoch ?? 0,
    steps: result.steps,
    trainLoss: result.loss,
    trainAccuracy: accuracyOf(last) ?? null,
    validationLoss: validation?.loss ?? null,
    validationAccuracy: accuracyOf(validation) ?? null,
    testLoss: test?.loss ?? null,
    testAccuracy: accuracyOf(test) ?? null,
    seconds: result.seconds,
    reason: result.reason,
    detail: result.detail,
    advice: result.advice,
    data: dataset.name,
    trainExamples: countOf(targets.train),
    testExamples: targets.test === undefined ? 0 : countOf(targets.test),
    model: settings.model,
    parameters: parameterCount(task),
    loss: loss.lossName,
    rate: optimizer.rate ?? null,
    batchSize: settings.batchSize,
    seed: settings.seed,
    trainMetrics: last?.metrics ?? null,
    testMetrics: test?.metrics ?? null,
    chosenEpoch: result.chosenEpoch ?? null,
    kernels: result.kernels,
    warnings: result.warnings,
    history: result.epochs,
    saved: left.saved ?? null,
    checkpoint: left.checkpoint ?? null,
    report: left.report ?? null,
  };
}
