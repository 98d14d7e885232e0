/** What a training came to. */
import { showNumber } from "../core/show-number.ts";
import type { Layer } from "../nn/layer.ts";
import type { Settings } from "../solver/card.ts";
import type { ModelFacts } from "./models/model-facts.ts";
import type { TrainReason } from "./reason.ts";
import type { EpochReport, Judgement, TrainingWarning } from "./reports.ts";

/** A network with its parameters, and everything that is needed to use it. */
export interface TrainedModel<P extends object = object> {
  readonly model: Layer<P>;
  readonly parameters: P;
  readonly facts: ModelFacts;
}

/** What a training came to. `String(result)` is a summary of a few lines. */
export interface TrainResult<P extends object = object> extends TrainedModel<P> {
  /** Why it ended. */
  readonly reason: TrainReason;
  /** What exactly happened. */
  readonly detail: string;
  /** What to do about the reason, in a sentence. */
  readonly advice: string;
  /** The mean loss of the last epoch's steps, each before it was taken; NaN where there was none. */
  readonly loss: number;
  /** The validation examples judged by the parameters returned, evaluated at the exit. */
  readonly validation: Judgement | undefined;
  /** The epoch whose parameters these are, where early stopping chose them. */
  readonly chosenEpoch: number | undefined;
  /** Every epoch; of more than a thousand about every second, fourth …, the best and the last among them. */
  readonly epochs: readonly EpochReport[];
  /** The course of the loss: means of equally many steps, at most 2048 of them, each with its last step. */
  readonly curve: readonly { readonly step: number; readonly loss: number }[];
  /** What looked wrong, each thing once. */
  readonly warnings: readonly TrainingWarning[];
  readonly steps: number;
  readonly optimizer: { readonly name: string; readonly settings: Settings };
  /** Who computed; bits depend on it. */
  readonly kernels: string;
  /** Of all runs that it was made in. */
  readonly seconds: number;
  readonly toString: () => string;
}

/** A result that can be printed. */
export function withSummary<P extends object>(result: Omit<TrainResult<P>, "toString">): TrainResult<P> {
  // Hidden from loops over the result's members, as toString is everywhere else.
  return Object.defineProperty({ ...result, toString: () => describe(result) }, "toString", {
    enumerable: false,
  });
}

function describe(result: Omit<TrainResult, "toString" | "model" | "parameters">): string {
  const { reason, detail, loss, validation, warnings, advice, optimizer, steps, epochs, chosenEpoch } =
    result;
  const judged = (judgement: Judgement): string =>
    [
      `loss ${shown(judgement.loss)}`,
      ...Object.entries(judgement.metrics).map(([name, value]) => `${name} ${shown(value)}`),
    ].join(", ");
  const last = epochs.at(-1);
  const rows: [string, string][] = [
    ["training", last === undefined ? `loss ${shown(loss)}` : judged(last)],
    ...(validation === undefined ? [] : [["validation", judged(validation)] as [string, string]]),
    ...(chosenEpoch === undefined
      ? []
      : [["parameters", `of epoch ${chosenEpoch}, the best`] as [string, string]]),
    ...warnings.map(({ message }): [string, string] => ["warning", message]),
    ["advice", advice],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const head = `${reason} after ${steps} step${steps === 1 ? "" : "s"} of ${optimizer.name}: ${detail}`;
  return [head, ...rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`)].join("\n");
}

const shown = (value: number): string => showNumber(value, 5);
