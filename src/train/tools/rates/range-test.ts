/**
 * The learning rate range test: the rate grows from tiny to far too large by one factor a step, and the course of the loss tells which rates train.
 * Smith (2017), Cyclical Learning Rates for Training Neural Networks, section 3.3; smoothing, end and suggestions are Gugger's (2018), How Do You
 * Find A Good Learning Rate.
 */
import { checkFunction, checkOptions } from "../../../core/checks.ts";
import { ArgumentError } from "../../../core/errors.ts";
import { at } from "../../../core/exactly.ts";
import { scheduleFromFunction } from "../../../first-order/schedules/from-function.ts";
import type { Layer } from "../../../nn/layer.ts";
import { type NumberSetting, readSettings } from "../../../solver/card.ts";
import type { StreamSource } from "../../batches/stream-loader.ts";
import type { Optimizer, TrainOptions } from "../../options.ts";
import { train } from "../../train.ts";
import type { TrainingExamples } from "../../training-examples.ts";
import { printable, short, table } from "../printing.ts";
import { type SuggestedRates, smoother, suggestedRates } from "./range-curve.ts";

/** Options of `rangeTest`. Those not described here are `train`'s. */
export interface RangeTestOptions<P extends object> extends Pick<TrainOptions<P>, HandedOn> {
  /** A method for a rate: `(rate) => adam({ rate })`. It is called once, with the smallest. */
  readonly optimizer: (rate: number) => Optimizer;
  /** The rate of the first step. Default 1e-7. */
  readonly from?: number;
  /** The rate of the last step. Default 10. */
  readonly to?: number;
  /** Steps. Default 100. */
  readonly steps?: number;
  /** β of the average that smooths the loss. Default 0.98. */
  readonly smoothing?: number;
}

const handedOn = [
  "loss",
  "batchSize",
  "lastBatch",
  "clip",
  "standardize",
  "classWeights",
  "seed",
  "start",
  "signal",
  "timeLimit",
] as const;

type HandedOn = (typeof handedOn)[number];

/** What rates do. `String(result)` is a table with the suggestions. */
export interface RangeTest {
  /** The rate of each step taken. */
  readonly rates: readonly number[];
  /** The loss after that step, of the next batch. */
  readonly losses: readonly number[];
  /** The same, smoothed. */
  readonly smoothed: readonly number[];
  /** The loss before the first step. */
  readonly initialLoss: number;
  /** The rate that drove the smoothed loss above 4 times its lowest, or to no number at all; undefined where none did. */
  readonly divergedAt: number | undefined;
  /** Undefined where the loss never fell. */
  readonly suggestion: SuggestedRates | undefined;
  /** What to make of it, in a sentence. */
  readonly advice: string;
  readonly toString: () => string;
}

const number = (
  name: string,
  meaning: string,
  standard: number,
  range: NumberSetting["range"],
): NumberSetting => ({ kind: "number", name, meaning, default: standard, source: "Gugger (2018)", range });

const settings = [
  number("from", "the rate of the first step", 1e-7, "(0, ∞)"),
  number("to", "the rate of the last step", 10, "(0, ∞)"),
  { ...number("steps", "steps", 100, "[2, ∞)"), integer: true },
  number("smoothing", "the decay of the average", 0.98, "[0, 1)"),
] as const satisfies readonly NumberSetting[];

/** The test has seen enough when the smoothed loss is so many times its lowest. */
const tooHigh = 4;

/**
 * Trains for some steps while the rate grows geometrically, and suggests rates. It suits methods whose updates are proportional to the rate, as those
 * of all first-order methods here are: the updates of the smallest rate are multiplied. One run of a hundred steps often replaces a search.
 *
 * ```ts
 * import { dense, momentum, normal, randomKey, rangeTest, squaredError } from "nabla";
 * const inputs = normal(randomKey(1), [256, 3]);
 * const data = { inputs, targets: inputs.sum(1).reshape([256, 1]) };
 * const options = { optimizer: (rate: number) => momentum({ rate }), loss: squaredError(), seed: 1 };
 * const test = await rangeTest(dense({ inputs: 3, outputs: 1 }), data, options);
 * test.divergedAt !== undefined; // → true
 * test.suggestion !== undefined && test.suggestion.steepest < 1; // → true
 * ```
 *
 * @throws ArgumentError for options out of range; and what `train` throws.
 */
export async function rangeTest<P extends object>(
  model: Layer<P>,
  data: TrainingExamples | StreamSource,
  options: RangeTestOptions<P>,
): Promise<RangeTest> {
  const { range, optimizer, rest } = readOptions(options);
  const growth = (range.to / range.from) ** (1 / (range.steps - 1));
  const rateOf = (step: number): number => range.from * growth ** (step - 1);
  const schedule = scheduleFromFunction((t) => growth ** (t - 1), {
    name: "range-test",
    largest: growth ** (range.steps + 1),
  });
  const { losses, smoothed, onStep } = observer(range.smoothing);
  // What the last step does is seen at one more.
  const steps = range.steps + 1;
  const run = { ...rest, metrics: [], optimizer: optimizer(range.from), steps, schedule, onStep };
  const { reason } = await train(model, data, run);
  // The loss before step k is what the steps before it did.
  const rates = losses.slice(1).map((_, i) => rateOf(i + 1));
  const divergedAt =
    reason === "stopped" ? rates.at(-1) : reason === "non-finite" ? rateOf(rates.length + 1) : undefined;
  const suggestion = suggestedRates(rates, smoothed);
  const result = {
    rates,
    losses: losses.slice(1),
    smoothed: smoothed.slice(1),
    initialLoss: losses[0] ?? Number.NaN,
    divergedAt,
    suggestion,
    advice: adviceOf(suggestion, divergedAt, rates.at(-1) ?? range.from),
  };
  return printable(result, describe);
}

/** Notes the loss of every step, and stops where it has become too high. */
function observer(smoothing: number): {
  readonly losses: readonly number[];
  readonly smoothed: readonly number[];
  readonly onStep: (step: { readonly loss: number }) => unknown;
} {
  const losses: number[] = [];
  const smoothed: number[] = [];
  const smooth = smoother(smoothing);
  let best = Number.POSITIVE_INFINITY;
  const onStep = ({ loss }: { readonly loss: number }): unknown => {
    const now = smooth(loss);
    losses.push(loss);
    smoothed.push(now);
    best = Math.min(best, now);
    return now > tooHigh * best ? "stop" : undefined;
  };
  return { losses, smoothed, onStep };
}

function readOptions<P extends object>(
  options: RangeTestOptions<P>,
): {
  readonly range: Record<"from" | "to" | "steps" | "smoothing", number>;
  readonly optimizer: (rate: number) => Optimizer;
  readonly rest: Pick<TrainOptions<P>, HandedOn>;
} {
  const call = "rangeTest";
  const own = settings.map(({ name }) => name);
  checkOptions(call, options, ["optimizer", ...own, ...handedOn]);
  const { optimizer, from, to, steps, smoothing, ...rest } = options;
  checkFunction(
    `${call}({ optimizer })`,
    optimizer,
    "a function of the rate, such as (rate) => adam({ rate })",
  );
  const range = readSettings<"from" | "to" | "steps" | "smoothing">(
    { name: call, settings },
    { from, to, steps, smoothing },
  );
  if (!(range.from < range.to))
    throw new ArgumentError(
      `${call}({ from, to }): the rate grows, so from must be less than to; got ${range.from} and ${range.to}`,
    );
  return { range, optimizer, rest };
}

function adviceOf(
  suggestion: SuggestedRates | undefined,
  divergedAt: number | undefined,
  last: number,
): string {
  if (suggestion === undefined)
    return divergedAt === undefined
      ? "the loss never fell: give larger rates with `to`, or more steps; if that does not help, look at model and data"
      : "the loss never fell before it diverged: give smaller rates with `from`, or more steps";
  const { steepest, tenthOfMinimum } = suggestion;
  const pair = `try a rate near ${short(steepest)}, where the loss falls most steeply, or ${short(tenthOfMinimum)}, a tenth of that where it is lowest`;
  return divergedAt === undefined
    ? `${pair}; the loss had not diverged at ${short(last)}: raise \`to\` to see where it does`
    : `${pair}; it diverges at ${short(divergedAt)}`;
}

/** Lines of a printed table. */
const shownRows = 16;

function describe({ rates, losses, smoothed, initialLoss, advice }: RangeTest): string {
  const every = Math.max(1, Math.ceil(rates.length / shownRows));
  const shown = rates.flatMap((rate, i) =>
    i % every === 0 || i === rates.length - 1
      ? [[rate.toExponential(2).replace("e+", "e"), short(at(losses, i)), short(at(smoothed, i))]]
      : [],
  );
  return [
    `loss ${short(initialLoss)} before the first step`,
    table(["rate", "loss after it", "smoothed"], shown),
    advice,
  ].join("\n");
}
