/** What may be said to `nabla train`. What is left out is chosen by the data, see `defaults.ts`. */

import type { ProviderName } from "../../src/kernels/choose.ts";
import type { Interval } from "./values.ts";

/** What makes one run another one: plain data, which a folder of checkpoints holds, so that the run can be continued. */
export interface RunOptions {
  /** The column to be predicted, and those to predict it from. */
  readonly target?: string;
  readonly features?: readonly string[];
  /** Where the examples come from that are not trained on: a file, or the share that is set apart. */
  readonly test?: string;
  readonly missing?: "refuse" | "mean" | "drop-rows";
  /** What stands before fractions in CSV files. */
  readonly decimal?: "." | ",";
  readonly limit?: number;
  readonly model?: string;
  readonly loss?: string;
  readonly metrics?: readonly string[];
  readonly optimizer?: string;
  readonly lr?: number;
  readonly schedule?: string;
  readonly epochs?: number;
  readonly batchSize?: number | "full";
  readonly clipNorm?: number;
  readonly ema?: number;
  readonly seed?: number;
  readonly validation?: number;
  readonly standardize?: "features" | "whole" | "none";
  readonly earlyStopping?: number;
  readonly classWeights?: "balanced" | readonly number[];
}

/** What does not change what is computed. */
export interface KeepingOptions {
  readonly checkpoint?: string;
  readonly every?: Interval;
  readonly keep?: number;
  readonly resume?: string;
  readonly save?: string;
  readonly report?: string;
  readonly json?: true;
}

/** Who computes: bits depend on it, which checkpoints look after. */
export interface MachineOptions {
  readonly threads?: number;
  readonly kernels?: ProviderName | "deterministic";
}

/** Tools that run in place of a training. */
export interface ToolOptions {
  readonly findRate?: true;
  readonly rates?: readonly number[];
}

/** All options of the command. */
export interface TrainOptions extends RunOptions, KeepingOptions, MachineOptions, ToolOptions {}

/** What is to be run. */
export interface Asked {
  readonly data: string;
  readonly options: TrainOptions;
  /** What of the options was said, now or when the run began; the others were chosen. */
  readonly given: RunOptions;
}
