/** The interface of methods, and what runs are told and come to. */
export { type Family, type MethodCard, readSettings, type Setting, type Settings } from "./card.ts";
export type { Checkpoint } from "./checkpoint.ts";
export { decodeCheckpoint, encodeCheckpoint } from "./checkpoint-file.ts";
export type { Criteria, Criterion, CriterionName, Measured, Tolerance } from "./criteria.ts";
export {
  type AnyFactory,
  type AnyMethod,
  type Method,
  type MethodFactory,
  methodFactory,
  type Start,
  type State,
  type Verdict,
} from "./method.ts";
export type { Observer } from "./observer.ts";
export type { Budgets, CheckpointSink, SolveOptions } from "./options.ts";
export { type Convergence, convergenceOrder } from "./order.ts";
export type { Outcome } from "./outcome.ts";
export type { DerivativeSource } from "./problem.ts";
export {
  type Answer,
  type Counts,
  type Evaluation,
  type Knowledge,
  type Query,
  told,
  type Want,
} from "./question.ts";
export { adviceFor, type Reason, reasons } from "./reason.ts";
export type { History } from "./record.ts";
export type { StepReport } from "./report.ts";
