/**
 * The search for a learning rate on a logarithmic grid, 0.1, 0.03, 0.01, …: each rate trains from the same start on the same batches. Goodfellow,
 * Bengio & Courville (2016), Deep Learning, sections 11.4.1 and 11.4.3; Bengio (2012), Practical Recommendations for Gradient-Based Training of Deep
 * Architectures, section 3.1.1.
 */
import { checkFunction, checkOptions, showValue } from "../../../core/checks.ts";
import { ArgumentError } from "../../../core/errors.ts";
import { at } from "../../../core/exactly.ts";
import type { Layer } from "../../../nn/layer.ts";
import type { StreamSource } from "../../batches/stream-loader.ts";
import { metricNamed } from "../../metrics/index.ts";
import type { Optimizer, TrainOptions } from "../../options.ts";
import type { Judgement } from "../../reports.ts";
import type { TrainResult } from "../../result.ts";
import { train } from "../../train.ts";
import type { TrainingExamples } from "../../training-examples.ts";
import { printable, short, table } from "../printing.ts";

/** Options of `rateSearch`: those of `train` for each run, and what to search. */
export interface RateSearchOptions<P extends object>
  extends Omit<TrainOptions<P>, "optimizer" | "checkpoint" | "resume"> {
  /** A method for a rate: `(rate) => adam({ rate })`. */
  readonly optimizer: (rate: number) => Optimizer;
  /** Default 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003 and 0.0001: a factor of about 3 apart. */
  readonly rates?: readonly number[];
  /** What the best is judged by: "loss", or the name of a metric. Default: the first metric, where there are metrics. */
  readonly by?: string;
  /** Told of each run as it ends. */
  readonly onTrial?: (trial: RateTrial<P>) => void;
}

/** One run. */
export interface RateTrial<P extends object = object> {
  readonly rate: number;
  /** What it is judged by; NaN where it diverged. */
  readonly score: number;
  /** Loss or gradient became no numbers, or the training's loss ended 4 times as high as it began. */
  readonly diverged: boolean;
  readonly result: TrainResult<P>;
}

/** The runs, best first. `String(result)` is a table. */
export interface RateSearch<P extends object = object> {
  /** Sorted by their score, those that diverged last, smaller rates first. */
  readonly trials: readonly RateTrial<P>[];
  /** Undefined where all diverged. */
  readonly best: RateTrial<P> | undefined;
  /** "loss", or the name of a metric. */
  readonly by: string;
  /** Whether it was measured on the validation's examples; else on those of the last epoch. */
  readonly isValidated: boolean;
  /** What to do next, in a sentence. */
  readonly advice: string;
  readonly toString: () => string;
}

const usualRates = [0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001] as const;

/**
 * Trains once for each rate of a grid, from the same parameters and with the same batches, and compares. Runs that diverge are named so; where the
 * best rate is at the border of the grid, the advice is to widen it. Judge by examples set apart (`validation: 0.2`): otherwise by those of the
 * training.
 *
 * ```ts
 * import { dense, normal, randomKey, rateSearch, sgd, squaredError } from "nabla";
 * const inputs = normal(randomKey(1), [200, 3]);
 * const data = { inputs, targets: inputs.sum(1).reshape([200, 1]) };
 * const found = await rateSearch(dense({ inputs: 3, outputs: 1 }), data, {
 *   rates: [10, 0.1, 0.01, 0.001],
 *   optimizer: (rate) => sgd({ rate }),
 *   loss: squaredError(),
 *   validation: 0.2,
 *   epochs: 3,
 *   by: "loss",
 * });
 * found.trials.map(({ rate, diverged }) => `${rate}${diverged ? " diverged" : ""}`); // → [ "0.1", "0.01", "0.001", "10 diverged" ]
 * found.best?.rate; // → 0.1
 * ```
 *
 * @throws ArgumentError for options out of range and a metric that was not measured; and what `train` throws.
 */
export async function rateSearch<P extends object>(
  model: Layer<P>,
  data: TrainingExamples | StreamSource,
  options: RateSearchOptions<P>,
): Promise<RateSearch<P>> {
  const { optimizer, rates: _, by: wanted, onTrial, onStep, ...rest } = options;
  const rates = readOptions(options);
  const trials: RateTrial<P>[] = [];
  let by = wanted ?? "loss";
  for (const rate of rates) {
    const first: number[] = [];
    const result = await train(model, data, {
      ...rest,
      optimizer: optimizer(rate),
      onStep: (report) => {
        if (report.step <= firstSteps) first.push(report.loss);
        return onStep?.(report);
      },
    });
    // A run that was cut short cannot be compared.
    if (result.reason === "aborted") break;
    by = wanted ?? Object.keys(judgementOf(result).metrics)[0] ?? by;
    const trial = trialOf(rate, result, beginningOf(first, result.steps), by);
    trials.push(trial);
    onTrial?.(trial);
  }
  const direction = isHigherBetter(by, options) ? -1 : 1;
  const sorted = trials.toSorted((a, b) =>
    a.diverged || b.diverged
      ? Number(a.diverged) - Number(b.diverged) || a.rate - b.rate
      : direction * (a.score - b.score) || a.rate - b.rate,
  );
  const [first] = sorted;
  const best = first?.diverged ? undefined : first;
  const isValidated = first?.result.validation !== undefined;
  const advice = adviceOf(best, rates, trials);
  return printable({ trials: sorted, best, by, isValidated, advice }, describe);
}

/** The rates. Options that are `train`'s are left to it. */
function readOptions<P extends object>(options: RateSearchOptions<P>): readonly number[] {
  const call = "rateSearch";
  if (typeof options !== "object" || options === null)
    checkOptions(call, options, ["optimizer", "rates", "epochs"]);
  const { optimizer, rates = usualRates, by, onTrial } = options;
  const unwanted = ["checkpoint", "resume"].find((name) => name in options);
  if (unwanted !== undefined)
    throw new ArgumentError(
      `${call}({ ${unwanted} }): the runs of a search are short and have no checkpoints; train with the best rate, and keep those of that run`,
    );
  checkFunction(
    `${call}({ optimizer })`,
    optimizer,
    "a function of the rate, such as (rate) => adam({ rate })",
  );
  if (onTrial !== undefined) checkFunction(`${call}({ onTrial })`, onTrial);
  if (by !== undefined && typeof by !== "string")
    throw new ArgumentError(`${call}({ by }): must be "loss" or the name of a metric; got ${showValue(by)}`);
  const isRate = (rate: unknown): boolean => typeof rate === "number" && rate > 0 && rate < Infinity;
  if (
    !Array.isArray(rates) ||
    rates.length === 0 ||
    !rates.every(isRate) ||
    new Set(rates).size < rates.length
  )
    throw new ArgumentError(
      `${call}({ rates }): must be a list of different numbers in (0, ∞), such as [0.1, 0.03, 0.01]; got ${showValue(rates)}`,
    );
  return rates;
}

/** What a run is judged by: its validation, else its last epoch. */
const judgementOf = <P extends object>({ validation, epochs, loss }: TrainResult<P>): Judgement =>
  validation ?? epochs.at(-1) ?? { loss, metrics: {} };

/** Steps at most that count as the beginning. */
const firstSteps = 10;

/** The highest loss of the first tenth of the steps: single batches are noisy. */
function beginningOf(first: readonly number[], steps: number): number {
  return Math.max(...first.slice(0, Math.max(1, Math.floor(steps / 10))));
}

/** So much higher than at its beginning a loss is only where it diverges. */
const tooHigh = 4;

function trialOf<P extends object>(
  rate: number,
  result: TrainResult<P>,
  beginning: number,
  by: string,
): RateTrial<P> {
  const judgement = judgementOf(result);
  const measured = by === "loss" ? judgement.loss : judgement.metrics[by];
  if (measured === undefined && result.reason !== "non-finite")
    throw new ArgumentError(
      `rateSearch({ by }): must be "loss" or a metric that is measured, ${Object.keys(judgement.metrics).map(showValue).join(", ") || "of which there is none"}; got ${showValue(by)}`,
    );
  const diverged =
    result.reason === "non-finite" || !(judgement.loss < Infinity) || result.loss > tooHigh * beginning;
  return { rate, score: diverged ? Number.NaN : (measured ?? Number.NaN), diverged, result };
}

function isHigherBetter<P extends object>(by: string, { metrics }: RateSearchOptions<P>): boolean {
  if (by === "loss") return false;
  return (metrics?.find(({ name }) => name === by) ?? metricNamed(by)).better === "higher";
}

function adviceOf<P extends object>(
  best: RateTrial<P> | undefined,
  rates: readonly number[],
  trials: readonly RateTrial<P>[],
): string {
  const ascending = rates.toSorted((a, b) => a - b);
  const [smallest, largest] = [at(ascending, 0), at(ascending, ascending.length - 1)];
  if (trials.length < rates.length) return "the search was aborted: rates are missing";
  if (best === undefined) return `all rates diverged: try smaller ones, from ${short(smallest / 3)} down`;
  if (rates.length === 1) return "one rate is no comparison: give rates a factor of about 3 apart";
  if (best.rate === largest)
    return `the best rate, ${short(largest)}, is the largest of the grid: widen it upwards, to ${short(3 * largest)} and more`;
  if (best.rate === smallest)
    return `the best rate, ${short(smallest)}, is the smallest of the grid: widen it downwards, to ${short(smallest / 3)} and less`;
  return `the best rate is ${short(best.rate)}, inside of the grid; a finer grid around it, or more epochs, may find more`;
}

function describe<P extends object>({ trials, by, isValidated, advice }: RateSearch<P>): string {
  const place = isValidated ? "validation" : "last epoch";
  const rows = trials.map(({ rate, score, diverged, result }) => [
    short(rate),
    diverged ? "diverged" : short(score),
    short(result.loss),
    `${result.seconds.toFixed(1)} s`,
  ]);
  return [table(["rate", `${by} (${place})`, "training loss", "time"], rows), advice].join("\n");
}
