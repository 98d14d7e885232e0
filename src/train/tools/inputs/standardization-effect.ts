/**
 * What zero mean and unit variance of the inputs do to gradient descent: the lecture's table, whose x₁ = 114.8 and x₂ = 0.00323 make one weight's
 * curvature 10⁹ times the other's. LeCun, Bottou, Orr & Müller (1998), Efficient BackProp, section 4.3; Goodfellow et al. (2016), section 4.3.1.
 */
import { checkOptions, showValue } from "../../../core/checks.ts";
import { ArgumentError } from "../../../core/errors.ts";
import { at } from "../../../core/exactly.ts";
import { type ExampleInputs, type ExampleTargets, readExamples } from "../../../nn/units/examples.ts";
import { readSettings } from "../../../solver/card.ts";
import { printable, short, table } from "../printing.ts";
import { leastSquaresSteps, logisticSteps } from "./descent-steps.ts";
import { columnsOf, curvaturesOf, designOf, type FeatureScaling, standardizationOf } from "./design.ts";
import { asGiven, leastSquaresMinimizer, lowestLogisticLoss } from "./minima.ts";

/** Options of `standardizationEffect`. */
export interface StandardizationEffectOptions {
  /** The model: a linear one with squared error, or logistic regression, whose targets are 0 and 1. Default "least-squares". */
  readonly model?: "least-squares" | "logistic";
  /** Descent ends when this share of the way from the first loss to the lowest is left. Default 0.001. */
  readonly tolerance?: number;
  /** Steps at most with logistic regression, which is run; those of least squares are computed. Default 100,000. */
  readonly maxSteps?: number;
  /** Names of the features. Default x1, x2, … */
  readonly names?: readonly string[];
}

/** Gradient descent on inputs of one form. */
export interface InputForm {
  /** `as given`, `centred`: zero mean, `standardized`: and unit variance. */
  readonly inputs: "as given" | "centred" | "standardized";
  /** The largest eigenvalue of the Hessian before the first step. */
  readonly largest: number;
  /** Its smallest eigenvalue that is not 0. */
  readonly smallest: number;
  /** largest / smallest. */
  readonly condition: number;
  /** The rate of descent: 2 / (largest + smallest) for least squares, 1 / largest for logistic regression. */
  readonly rate: number;
  /** Steps it takes. */
  readonly steps: number;
  /** Whether it came to the end: false where `steps` are all it was allowed. */
  readonly isReached: boolean;
}

/** What standardizing does. `String(result)` is two tables. */
export interface StandardizationEffect {
  readonly model: "least-squares" | "logistic";
  readonly examples: number;
  readonly tolerance: number;
  readonly features: readonly { readonly name: string; readonly mean: number; readonly deviation: number }[];
  readonly forms: readonly InputForm[];
  readonly toString: () => string;
}

const settings = [
  { kind: "part", name: "model", meaning: "the model", default: '"least-squares"', source: "the lecture" },
  {
    kind: "number",
    name: "tolerance",
    meaning: "the share of the way that may be left",
    default: 1e-3,
    source: "Nabla",
    range: "(0, 1)",
  },
  {
    kind: "number",
    name: "maxSteps",
    meaning: "steps at most",
    default: 100_000,
    source: "Nabla",
    range: "[1, ∞)",
    integer: true,
  },
  { kind: "part", name: "names", meaning: "names of the features", default: "x1, x2, …", source: "Nabla" },
] as const;

/**
 * Compares gradient descent on inputs as they are, centred, and standardized: the condition number of the Hessian, which the number of steps grows with, and
 * that number, from weights of 0 with the rate that suits each. The minimum is the same for all three, since the model has a bias.
 *
 * ```ts
 * import { standardizationEffect } from "nabla";
 * const inputs = [[114.8, 0.00323], [97.2, 0.00511], [131.5, 0.00147], [88.1, 0.00275], [120.9, 0.0049]];
 * const effect = standardizationEffect({ inputs, targets: [14.7, 15.1, 14.5, 12.4, 17.2] });
 * effect.forms.map(({ condition }) => condition > 1e8); // → [ true, true, false ]
 * effect.forms.map(({ steps }) => steps > 100); // → [ true, true, false ]
 * ```
 *
 * @throws ArgumentError for options out of range, numbers that are not finite, and labels other than 0 and 1; ShapeError where lengths differ.
 */
export function standardizationEffect(
  data: { readonly inputs: ExampleInputs; readonly targets: ExampleTargets },
  options: StandardizationEffectOptions = {},
): StandardizationEffect {
  const call = "standardizationEffect";
  const limits = readSettings<"tolerance" | "maxSteps">({ name: call, settings }, options);
  const model = readModel(call, options.model);
  checkOptions(`${call}(data)`, data, ["inputs", "targets"]);
  const { inputs, targets, features: count } = readExamples(call, data.inputs, data.targets);
  if (model === "logistic") checkLabels(call, targets);
  const names = readNames(call, options.names, count);
  const columns = columnsOf(inputs, count);
  const standard = columns.map(standardizationOf);
  const result: StandardizationEffect = {
    model,
    examples: inputs.length,
    tolerance: limits.tolerance,
    features: standard.map(({ shift, scale }, j) => ({ name: at(names, j), mean: shift, deviation: scale })),
    forms: formsOf({ model, columns, targets, ...limits }, standard),
  };
  return printable(result, describe);
}

interface Problem {
  readonly model: StandardizationEffect["model"];
  readonly columns: readonly Float64Array[];
  readonly targets: Float64Array;
  readonly tolerance: number;
  readonly maxSteps: number;
}

/** Descent on the three forms of the inputs, on its way to the same minimum. */
function formsOf(
  { model, columns, targets, tolerance, maxSteps }: Problem,
  standard: readonly FeatureScaling[],
): InputForm[] {
  const best = designOf(columns, standard);
  const minimizer = asGiven(leastSquaresMinimizer(best, targets, curvaturesOf(best)), standard);
  const lowest = model === "logistic" ? lowestLogisticLoss(best, targets) : Number.NaN;
  const form = (inputs: InputForm["inputs"], scaling: readonly FeatureScaling[]): InputForm => {
    const design = designOf(columns, scaling);
    const curvatures = curvaturesOf(design);
    const descent =
      model === "logistic"
        ? logisticSteps(design, targets, curvatures, { lowest, tolerance, maxSteps })
        : leastSquaresSteps(curvatures, fromGiven(minimizer, scaling), tolerance);
    const { values } = curvatures;
    const share = model === "logistic" ? 1 / 4 : 1;
    const [smallest, largest] = [share * at(values, 0), share * at(values, values.length - 1)];
    return { inputs, largest, smallest, condition: largest / smallest, ...descent };
  };
  const centred = standard.map(({ shift }) => ({ shift, scale: 1 }));
  return [
    form(
      "as given",
      standard.map(() => ({ shift: 0, scale: 1 })),
    ),
    form("centred", centred),
    form("standardized", standard),
  ];
}

/** Weights for x as weights for (x − shift) / scale: the way back of `asGiven`. */
function fromGiven(weights: Float64Array, scaling: readonly FeatureScaling[]): Float64Array {
  return asGiven(
    weights,
    scaling.map(({ shift, scale }) => ({ shift: -shift / scale, scale: 1 / scale })),
  );
}

function readModel(call: string, model: unknown = "least-squares"): "least-squares" | "logistic" {
  if (model === "least-squares" || model === "logistic") return model;
  throw new ArgumentError(
    `${call}({ model }): must be "least-squares" or "logistic"; got ${showValue(model)}`,
  );
}

function checkLabels(call: string, labels: Float64Array): void {
  const wrong = labels.find((label) => label !== 0 && label !== 1);
  if (wrong !== undefined)
    throw new ArgumentError(`${call}({ model: "logistic" }): targets are the labels 0 and 1; got ${wrong}`);
}

function readNames(call: string, names: unknown, count: number): string[] {
  if (names === undefined) return Array.from({ length: count }, (_, j) => `x${j + 1}`);
  if (Array.isArray(names) && names.length === count && names.every((name) => typeof name === "string"))
    return names;
  throw new ArgumentError(
    `${call}({ names }): must be a list of ${count} names, one for each feature; got ${showValue(names)}`,
  );
}

function describe({ model, examples, tolerance, features, forms }: StandardizationEffect): string {
  const named = features.map(({ name, mean, deviation }) => [name, short(mean), short(deviation)]);
  const rows = forms.map(({ inputs, largest, smallest, condition, rate, steps, isReached }) => [
    inputs,
    short(largest),
    short(smallest),
    short(condition),
    short(rate),
    isReached ? short(steps) : `> ${steps}`,
  ]);
  const what = model === "logistic" ? "logistic regression" : "least squares";
  return [
    table(["feature", "mean", "deviation"], named),
    "",
    `gradient descent on ${what}, ${examples} examples, until ${short(100 * tolerance)} % of the way is left`,
    table(["inputs", "largest λ", "smallest λ", "condition", "rate", "steps"], rows),
  ].join("\n");
}
