/** Training networks: the verb, what it tells, models as files, and tools to look at a training. */
export type { StreamSource } from "./batches/stream-loader.ts";
export { type EvaluateOptions, evaluate } from "./evaluate.ts";
export * from "./health/index.ts";
export * from "./metrics/index.ts";
export type { ModelFacts } from "./models/model-facts.ts";
export * from "./models/model-file.ts";
export type {
  CheckpointOptions,
  EarlyStoppingOptions,
  Optimizer,
  Plan,
  SomeFirstOrderMethod,
  SomeMethod,
  TrainOptions,
  TrainSettings,
} from "./options.ts";
export { type Prediction, predict } from "./predict.ts";
export type { TrainReason } from "./reason.ts";
export type {
  EpochReport,
  Judgement,
  TrainingMoment,
  TrainingStepReport,
  TrainingWarning,
} from "./reports.ts";
export type { TrainedModel, TrainResult } from "./result.ts";
export * from "./tools/index.ts";
export { train } from "./train.ts";
export type { TrainingExamples } from "./training-examples.ts";
