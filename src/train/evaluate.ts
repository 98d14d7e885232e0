/** Judging a trained network by examples that it was not trained on. */
import { checkOptions } from "../core/checks.ts";
import { ShapeError } from "../core/errors.ts";
import { lossNamed } from "../nn/losses/index.ts";
import type { Loss } from "../nn/losses/loss.ts";
import { sameShape, showShape } from "../tensor/shape.ts";
import { batchAt, inOrder } from "./batches/array-loader.ts";
import { metricsFor } from "./beginning/metrics-for.ts";
import { prepare, renumbered } from "./beginning/preparation.ts";
import { checkTargets } from "./beginning/situation.ts";
import { judgeOf } from "./course/evaluation.ts";
import { pauses } from "./course/pause.ts";
import type { Metric } from "./metrics/metric.ts";
import type { Judgement } from "./reports.ts";
import type { TrainedModel } from "./result.ts";
import type { TrainingExamples } from "./training-examples.ts";

/** Options of `evaluate`. */
export interface EvaluateOptions {
  /** Default: the one that the network was trained with; needed where that was one of your own. */
  readonly loss?: Loss;
  /** Default: accuracy where targets are classes. */
  readonly metrics?: readonly Metric[];
}

/**
 * The loss and metrics of a trained network over examples, which are standardized as those of the training were; texts are numbered by its labels.
 *
 * ```ts
 * import { dense, evaluate, sequential, train } from "nabla";
 * const model = sequential([dense({ inputs: 1, outputs: 2 })]);
 * const trained = await train(model, { inputs: [[-2], [-1], [1], [2]], targets: ["no", "no", "yes", "yes"] }, { epochs: 200 });
 * (await evaluate(trained, { inputs: [[-3], [3]], targets: ["no", "yes"] })).metrics; // → { accuracy: 1 }
 * ```
 *
 * @throws ShapeError for inputs of another shape than the network was trained on; ArgumentError for targets that the loss does not know.
 */
export async function evaluate<P extends object>(
  trained: TrainedModel<P>,
  data: TrainingExamples,
  options: EvaluateOptions = {},
): Promise<Judgement> {
  checkOptions("evaluate", options, ["loss", "metrics"]);
  const { model, parameters, facts } = trained;
  const loss = options.loss ?? lossNamed(facts.loss.name, facts.loss.settings);
  const labels = facts.labels ?? data.labels;
  const { train } = prepare({ ...renumbered(data, loss, labels), ...(labels && { labels }) }, { loss });
  const { standardization } = facts;
  const shape = train.inputs.shape.slice(1);
  if (!sameShape(shape, facts.inputShape))
    throw new ShapeError(
      `evaluate: the network was trained on inputs of shape ${showShape(facts.inputShape)}; got examples of shape ${showShape(shape)}`,
    );
  checkTargets(
    "evaluate",
    loss,
    model.apply(parameters, batchAt({ ...train, standardization }, inOrder(1)).inputs),
    train,
  );
  const judge = judgeOf(model, loss, metricsFor(options.metrics, loss));
  return judge(
    parameters,
    { ...train, standardization },
    pauses(() => performance.now()),
  );
}
