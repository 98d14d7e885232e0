/**
 * The perceptron rule: an example that is classified wrongly pulls the weights towards it or pushes them away, w ← w + η (y − ŷ) x, where
 * ŷ is 1 if w·x + b > 0. Rosenblatt (1958), The Perceptron, Psychological Review 65; Novikoff (1962), On Convergence Proofs for Perceptrons.
 */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { entry } from "../../core/vector.ts";
import { readSettings, type Setting } from "../../solver/card.ts";
import { type ExampleInputs, type Examples, type ExampleTargets, readExamples } from "./examples.ts";
import { copyUnit, move, newUnit, squaredLength, type Unit, weighted } from "./unit.ts";
import { seedSetting, visits } from "./visits.ts";

/** Options of `perceptron`. */
export interface PerceptronOptions {
  /** η in (0, ∞): from weights of 0 it scales them, and changes nothing else. Default 1, Rosenblatt's. */
  readonly rate?: number;
  /** Epochs at most. Default 1000, Nabla's. */
  readonly maxEpochs?: number;
  /** Shuffles the examples anew in every epoch. Default: none, the order given. */
  readonly seed?: number;
  /** γ: the margin of a plane that is known to separate the classes, min |w·x + b| / |(w, b)|. With it the result has Novikoff's bound. */
  readonly margin?: number;
  /** Keeps weights and bias after every epoch, to be drawn. Default false. */
  readonly recordPath?: boolean;
}

/** Weights and bias after an epoch. */
export interface PerceptronPoint {
  /** w, `[d]`. */
  readonly weights: Float64Array;
  readonly bias: number;
}

/** What the perceptron learned. */
export interface PerceptronResult {
  /** w, `[d]`. */
  readonly weights: Float64Array;
  readonly bias: number;
  /** How many examples were classified wrongly, epoch by epoch. */
  readonly mistakes: readonly number[];
  /** Whether there was an epoch without mistakes: the classes are separated. */
  readonly converged: boolean;
  /** `cycling`: the weights are those of an earlier epoch, and would come again for ever. */
  readonly reason: "converged" | "cycling" | "max-epochs";
  /** What happened, and what it means, in a sentence. */
  readonly detail: string;
  /** (R / γ)²: no more mistakes are made in all, for R the largest |(x, 1)|. Novikoff (1962). Where a margin was given. */
  readonly bound?: number;
  /** The weights after each epoch, where `recordPath` asked for them. */
  readonly path?: readonly PerceptronPoint[];
  /** The class of an input: one of the labels given. */
  readonly predict: (x: ArrayLike<number>) => number;
}

const settings = [
  {
    kind: "number",
    name: "rate",
    symbol: "\\eta",
    meaning: "how far an example that is classified wrongly moves the weights",
    default: 1,
    source: "Rosenblatt (1958)",
    range: "(0, ∞)",
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
  seedSetting,
  {
    kind: "part",
    name: "margin",
    symbol: "\\gamma",
    meaning: "the margin of a plane that is known to separate the classes",
    default: "unknown",
    source: "Novikoff (1962)",
  },
  {
    kind: "part",
    name: "recordPath",
    meaning: "whether weights and bias are kept after every epoch",
    default: "false",
    source: "Nabla",
  },
] as const satisfies readonly Setting[];

/**
 * Learns to tell two classes apart, online, from weights of 0. Labels are 0 and 1, or −1 and 1 (where all are 1, the other class is 0); an
 * input for which w·x + b is exactly 0 belongs to the lower one. It ends after an epoch without mistakes; where no plane separates the classes, as with
 * exclusive or, there is none, and the result says so.
 *
 * ```ts
 * import { perceptron } from "nabla";
 *
 * const inputs = [[0, 0], [0, 1], [1, 0], [1, 1]];
 * const and = perceptron(inputs, [0, 0, 0, 1]);
 * and.converged; // → true
 * inputs.map(and.predict); // → [ 0, 0, 0, 1 ]
 * perceptron(inputs, [0, 1, 1, 0]).reason; // → "cycling"
 * ```
 *
 * @throws ArgumentError for labels of other kinds, inputs that are not finite, and options out of range; ShapeError where lengths differ.
 */
export function perceptron(
  inputs: ExampleInputs,
  labels: ExampleTargets,
  options: PerceptronOptions = {},
): PerceptronResult {
  const { rate, maxEpochs } = readSettings<"rate" | "maxEpochs">({ name: "perceptron", settings }, options);
  const examples = readExamples("perceptron", inputs, labels);
  const lower = lowerLabel(examples.targets);
  const squaredRadius = examples.inputs.reduce((most, x) => Math.max(most, squaredLength(x)), 0);
  if (!Number.isFinite(rate * squaredRadius * examples.inputs.length * maxEpochs))
    throw new ArgumentError(
      "perceptron: the inputs are so large that sums overflow; divide them by their size",
    );
  const bound = boundOf(squaredRadius, options.margin);
  const orderOf = visits("perceptron", examples.inputs.length, options.seed);
  const unit = newUnit(examples.features);
  const mistakes: number[] = [];
  const path = pathOf(options.recordPath);
  const finished = (reason: PerceptronResult["reason"], detail: string): PerceptronResult => ({
    weights: unit.weights,
    bias: entry(unit.bias, 0),
    mistakes,
    converged: reason === "converged",
    reason,
    detail,
    ...(bound !== undefined && { bound }),
    ...(path && { path }),
    predict: (x) => (weighted(unit, Float64Array.from(x)) > 0 ? 1 : lower),
  });
  // Brent (1980): compared with what was kept at the last power of two, a cycle of any length is found.
  let kept = { unit: copyUnit(unit), epoch: 0 };
  for (let epoch = 1; epoch <= maxEpochs; epoch++) {
    const wrong = runEpoch(unit, examples, orderOf(epoch - 1), rate, lower);
    mistakes.push(wrong);
    path?.push({ weights: unit.weights.slice(), bias: entry(unit.bias, 0) });
    if (wrong === 0) return finished("converged", `epoch ${epoch} had no mistakes`);
    if (options.seed === undefined && isSameUnit(unit, kept.unit))
      return finished(
        "cycling",
        `after epoch ${epoch} the weights are those after epoch ${kept.epoch}, so that they would come again for ever: no plane separates the classes`,
      );
    if (epoch === 2 * kept.epoch || epoch === 1) kept = { unit: copyUnit(unit), epoch };
  }
  return finished(
    "max-epochs",
    `epoch ${maxEpochs} still had ${mistakes.at(-1)} mistakes: either no plane separates the classes, or it takes more epochs`,
  );
}

/** Goes through the examples once; how many were classified wrongly. */
function runEpoch(
  unit: Unit,
  { inputs, targets }: Examples,
  order: Int32Array,
  rate: number,
  lower: number,
): number {
  let mistakes = 0;
  for (const i of order) {
    const x = at(inputs, i);
    const error = at(targets, i) - (weighted(unit, x) > 0 ? 1 : lower);
    if (error === 0) continue;
    mistakes += 1;
    move(unit, rate * error, x);
  }
  return mistakes;
}

/** The label of the class for which the unit does not fire. */
function lowerLabel(labels: Float64Array): 0 | -1 {
  const lower = labels.includes(-1) ? -1 : 0;
  const wrong = labels.find((label) => label !== 1 && label !== lower);
  if (wrong !== undefined)
    throw new ArgumentError(
      `perceptron: labels are 0 and 1, or -1 and 1; got ${wrong}${lower === -1 ? " beside -1" : ""}`,
    );
  return lower;
}

/** Where the path is to be kept. */
function pathOf(recordPath: unknown = false): PerceptronPoint[] | undefined {
  if (typeof recordPath === "boolean") return recordPath ? [] : undefined;
  throw new ArgumentError(`perceptron({ recordPath }): must be true or false; got ${showValue(recordPath)}`);
}

/** (R / γ)² from R². */
function boundOf(squaredRadius: number, margin: number | undefined): number | undefined {
  if (margin === undefined) return undefined;
  if (typeof margin !== "number" || !(margin > 0 && margin < Infinity))
    throw new ArgumentError(
      `perceptron({ margin }): must be a number in (0, ∞), the smallest |w·x + b| / |(w, b)| of a plane that separates; got ${showValue(margin)}`,
    );
  return squaredRadius / margin ** 2;
}

const isSameUnit = (a: Unit, b: Unit): boolean =>
  a.bias[0] === b.bias[0] && a.weights.every((w, i) => w === b.weights[i]);
