/**
 * The delta rule: w ← w + η (y − o) x with the output o = w·x + b itself, not the class it falls into. It is gradient descent on
 * E = ½ Σ (y − o)², a batch at a time. Widrow & Hoff (1960), Adaptive Switching Circuits; Mitchell (1997), Machine Learning, equation 4.7.
 */
import { at } from "../../core/exactly.ts";
import { entry } from "../../core/vector.ts";
import { readSettings, type Setting } from "../../solver/card.ts";
import { type ExampleInputs, type Examples, type ExampleTargets, readExamples } from "./examples.ts";
import { copyUnit, move, newUnit, squaredLength, type Unit, weighted } from "./unit.ts";
import { seedSetting, visits } from "./visits.ts";

/** Options of `deltaRule`. */
export interface DeltaRuleOptions {
  /** η in (0, ∞). Default 0.01, Nabla's. */
  readonly rate?: number;
  /** Examples whose errors are summed before the weights move: 1 is online, all of them is batch. Default 1, Widrow & Hoff's. */
  readonly batchSize?: number;
  /** Epochs at most. Default 1000, Nabla's. */
  readonly maxEpochs?: number;
  /** It is at rest where an epoch changes no weight by more than this, relative to the largest or 1. Default 1e-8, Nabla's. */
  readonly tolerance?: number;
  /** Shuffles the examples anew in every epoch. Default: none, the order given. */
  readonly seed?: number;
}

/** What the delta rule learned. */
export interface DeltaRuleResult {
  /** w, `[d]`. */
  readonly weights: Float64Array;
  readonly bias: number;
  /** ½ Σ (y − o)² epoch by epoch, each error as it was when its example was met. */
  readonly losses: readonly number[];
  /** Whether the weights came to rest. */
  readonly converged: boolean;
  /** `diverged`: the weights grew beyond all numbers; the last finite ones are told. */
  readonly reason: "converged" | "diverged" | "max-epochs";
  /** What happened, and what helps, in a sentence. */
  readonly detail: string;
  /** w·x + b. */
  readonly predict: (x: ArrayLike<number>) => number;
}

const settings = [
  {
    kind: "number",
    name: "rate",
    symbol: "\\eta",
    meaning: "how far an error moves the weights",
    default: 0.01,
    source: "Nabla: safe for inputs up to a length of 14",
    range: "(0, ∞)",
  },
  {
    kind: "number",
    name: "batchSize",
    meaning: "examples whose errors are summed before the weights move",
    default: 1,
    source: "Widrow & Hoff (1960)",
    range: "[1, ∞)",
    integer: true,
  },
  {
    kind: "number",
    name: "maxEpochs",
    meaning: "epochs at most",
    default: 1000,
    source: "Nabla",
    range: "[1, ∞)",
    integer: true,
  },
  {
    kind: "number",
    name: "tolerance",
    meaning: "the largest relative change of a weight over an epoch at which it is at rest",
    default: 1e-8,
    source: "Nabla",
    range: "[0, ∞)",
  },
  seedSetting,
] as const satisfies readonly Setting[];

/**
 * Fits w·x + b to targets from weights of 0. In batches of all examples it comes to rest at the least squares solution; online at a
 * point near it, the nearer the smaller the rate.
 *
 * ```ts
 * import { deltaRule } from "nabla";
 *
 * const line = deltaRule([[0], [1], [2]], [1, 3, 5], { rate: 0.2 });
 * [...line.weights, line.bias].map((w) => Number(w.toFixed(6))); // → [ 2, 1 ]
 * deltaRule([[0], [1], [2]], [1, 3, 5], { rate: 2 }).reason; // → "diverged"
 * ```
 *
 * @throws ArgumentError for numbers that are not finite, and options out of range; ShapeError where lengths differ.
 */
export function deltaRule(
  inputs: ExampleInputs,
  targets: ExampleTargets,
  options: DeltaRuleOptions = {},
): DeltaRuleResult {
  const { rate, batchSize, maxEpochs, tolerance } = readSettings<Exclude<keyof DeltaRuleOptions, "seed">>(
    { name: "deltaRule", settings },
    options,
  );
  const examples = readExamples("deltaRule", inputs, targets);
  const orderOf = visits("deltaRule", examples.inputs.length, options.seed);
  const losses: number[] = [];
  let unit = newUnit(examples.features);
  const finished = (reason: DeltaRuleResult["reason"], detail: string): DeltaRuleResult => {
    const { weights, bias } = unit;
    const predict = (x: ArrayLike<number>): number => weighted(unit, Float64Array.from(x));
    return {
      weights,
      bias: entry(bias, 0),
      losses,
      converged: reason === "converged",
      reason,
      detail,
      predict,
    };
  };
  for (let epoch = 1; epoch <= maxEpochs; epoch++) {
    const before = copyUnit(unit);
    losses.push(runEpoch(unit, examples, orderOf(epoch - 1), rate, batchSize));
    const change = changeOf(before, unit);
    if (!Number.isFinite(change)) {
      unit = before;
      return finished(
        "diverged",
        `the weights overflowed in epoch ${epoch}; ${safeRate(examples, batchSize)}`,
      );
    }
    if (change <= tolerance) return finished("converged", `epoch ${epoch} left the weights as they were`);
  }
  return finished(
    "max-epochs",
    `the weights still moved in epoch ${maxEpochs}; ${safeRate(examples, batchSize)}`,
  );
}

/** Goes through the examples once, batch by batch; ½ Σ (y − o)². */
function runEpoch(
  unit: Unit,
  { inputs, targets }: Examples,
  order: Int32Array,
  rate: number,
  batchSize: number,
): number {
  let loss = 0;
  for (let from = 0; from < order.length; from += batchSize) {
    const batch = order.subarray(from, from + batchSize);
    // All errors of a batch are those of the same weights.
    const errors = Array.from(batch, (i) => at(targets, i) - weighted(unit, at(inputs, i)));
    for (const [k, i] of batch.entries()) {
      const error = at(errors, k);
      loss += error ** 2 / 2;
      move(unit, rate * error, at(inputs, i));
    }
  }
  return loss;
}

/** The largest change of a weight, relative to the largest weight or 1; NaN or infinite where one is no number any more. */
function changeOf(before: Unit, after: Unit): number {
  let [change, largest] = [0, 1];
  for (const key of ["weights", "bias"] as const)
    for (const [i, w] of after[key].entries()) {
      change = Math.max(change, Math.abs(w - entry(before[key], i)));
      largest = Math.max(largest, Math.abs(w));
    }
  return change / largest;
}

/** The trace of a batch's Hessian bounds its largest eigenvalue, below 2 over which a step makes the batch's own error smaller. */
function safeRate({ inputs }: Examples, batchSize: number): string {
  const longest = inputs.map(squaredLength).sort((a, b) => b - a);
  const trace = longest.slice(0, batchSize).reduce((sum, length) => sum + length, 0);
  return `rates below ${Number((2 / trace).toPrecision(3))} are safe`;
}
