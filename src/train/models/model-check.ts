/** Facts of a model, checked: they may come from a file that anybody wrote. */
import { showValue } from "../../core/checks.ts";
import { isPlainObject } from "../../core/tree.ts";
import { type ColumnEncoding, widthOf } from "../../data/tables/column-encoding.ts";
import type { LayerDescription } from "../../nn/layer.ts";
import { losses } from "../../nn/losses/catalogue.ts";
import { type Shape, sizeOf } from "../../tensor/shape.ts";
import type { ModelFacts, Standardization } from "./model-facts.ts";

/** The version of the form that is written; it grows when old files can no longer be read. */
export const modelVersion = 1;

/** What makes an error of a rule that is broken. */
type Refuse = (rule: string) => Error;

const keys = [
  "format",
  "version",
  "model",
  "inputShape",
  "inputDtype",
  "standardization",
  "labels",
  "columns",
  "target",
  "loss",
];

/** The facts in a value, every member checked but the layers, of which `layerFrom` knows. @throws What `refuse` makes. */
export function readFacts(value: unknown, refuse: Refuse): ModelFacts {
  if (!isPlainObject(value) || value.format !== "nabla-model")
    throw refuse(`must be the facts of a model, { format: "nabla-model", … }; got ${showValue(value)}`);
  if (value.version !== modelVersion)
    throw refuse(
      `is of version ${showValue(value.version)}, and this is ${modelVersion}; use the Nabla that wrote it`,
    );
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw refuse(`has ${showValue(unknown)}, which facts of a model do not have`);
  const inputShape = readShape(value.inputShape, refuse);
  const facts = {
    format: "nabla-model",
    version: modelVersion,
    inputShape,
    inputDtype: readDtype(value.inputDtype, refuse),
    loss: readLoss(value.loss, refuse),
  } as const;
  const { model, standardization, labels, columns, target } = value;
  if (target !== undefined && typeof target !== "string")
    throw refuse(`target must be the name of a column; got ${showValue(target)}`);
  return {
    ...facts,
    ...(model !== undefined && { model: readModel(model, refuse) }),
    ...(standardization !== undefined && {
      standardization: readStandardization(standardization, sizeOf(inputShape), refuse),
    }),
    ...(labels !== undefined && { labels: readLabels(labels, refuse) }),
    ...(columns !== undefined && { columns: readColumns(columns, inputShape, refuse) }),
    ...(target !== undefined && { target }),
  };
}

/** Numbers of an example at most: sizes up to which elements can be counted in 32 bits. */
const mostInputs = 2 ** 31 - 1;

function readShape(value: unknown, refuse: Refuse): readonly number[] {
  if (Array.isArray(value) && value.length <= 8) {
    const shape = value.filter((length): length is number => Number.isSafeInteger(length) && length > 0);
    if (shape.length === value.length && sizeOf(shape) <= mostInputs) return shape;
  }
  throw refuse(`inputShape must be whole numbers ≥ 1, such as [784]; got ${showValue(value)}`);
}

function readDtype(value: unknown, refuse: Refuse): ModelFacts["inputDtype"] {
  if (value === "float32" || value === "float64" || value === "int32") return value;
  throw refuse(`inputDtype must be "float32", "float64" or "int32"; got ${showValue(value)}`);
}

function readModel(value: unknown, refuse: Refuse): LayerDescription {
  if (isPlainObject(value) && typeof value.layer === "string") return { ...value, layer: value.layer };
  throw refuse(`model must be the description of a layer, { layer, … }; got ${showValue(value)}`);
}

function readLoss(value: unknown, refuse: Refuse): ModelFacts["loss"] {
  if (isPlainObject(value) && typeof value.name === "string" && isPlainObject(value.settings))
    return { name: value.name, settings: value.settings };
  throw refuse(`loss must be { name, settings }; got ${showValue(value)}`);
}

function readStandardization(value: unknown, size: number, refuse: Refuse): Standardization {
  const { mean, scale } = isPlainObject(value) ? value : {};
  const isFitting = isNumbers(mean) && isNumbers(scale) && mean.length === scale.length;
  if (!isFitting || (mean.length !== 1 && mean.length !== size) || !scale.every((x) => x > 0))
    throw refuse(
      `standardization must have mean and scale > 0, one number each or one for each of ${size} inputs`,
    );
  return { mean, scale };
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((x) => Number.isFinite(x));

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((x) => typeof x === "string");

const areDifferent = (list: readonly unknown[]): boolean => new Set(list).size === list.length;

function readLabels(value: unknown, refuse: Refuse): readonly (string | number)[] {
  if (Array.isArray(value)) {
    const labels = value.filter(
      (label): label is string | number => typeof label === "string" || Number.isFinite(label),
    );
    if (labels.length === value.length && labels.length > 0 && areDifferent(labels)) return labels;
  }
  throw refuse(`labels must be different texts and numbers; got ${showValue(value)}`);
}

/** Refuses labels that the outputs, `[n, …outputs]`, cannot tell apart as their loss has it. @throws What `refuse` makes. */
export function checkLabels({ loss, labels }: ModelFacts, outputs: Shape, refuse: Refuse): void {
  if (labels === undefined) return;
  const kind = losses.find(({ card }) => card.name === loss.name)?.card.outputs ?? "values";
  const isOfClasses = kind === "logits" || kind === "scores";
  const [count = 1] = outputs;
  const isTooMany = isOfClasses && labels.length > count;
  const isNotTwo = !isOfClasses && kind !== "values" && sizeOf(outputs) === 1 && labels.length !== 2;
  if (isTooMany || isNotTwo)
    throw refuse(
      `has ${labels.length} labels, where outputs [n, ${outputs.join(", ")}] trained with ${loss.name} tell ${isNotTwo ? 2 : count} apart`,
    );
}

function readColumns(value: unknown, shape: readonly number[], refuse: Refuse): readonly ColumnEncoding[] {
  if (!Array.isArray(value)) throw refuse(`columns must be a list; got ${showValue(value)}`);
  const columns = value.map((column: unknown) => readColumn(column, refuse));
  if (!areDifferent(columns.map(({ name }) => name))) throw refuse("columns must have different names");
  const width = columns.reduce((sum, column) => sum + widthOf(column), 0);
  if (shape.length !== 1 || shape[0] !== width)
    throw refuse(`columns make ${width} inputs, and inputShape is [${shape.join(", ")}]`);
  return columns;
}

function readColumn(value: unknown, refuse: Refuse): ColumnEncoding {
  const { kind, name, fill, categories } = isPlainObject(value) ? value : {};
  if (typeof name === "string" && kind === "number" && (fill === undefined || typeof fill === "number"))
    return { kind, name, ...(fill !== undefined && { fill }) };
  const isKnown = isTexts(categories) && categories.length > 0 && areDifferent(categories);
  if (
    typeof name === "string" &&
    kind === "category" &&
    isKnown &&
    (fill === undefined || (typeof fill === "string" && categories.includes(fill)))
  )
    return { kind, name, categories, ...(fill !== undefined && { fill }) };
  throw refuse(
    `a column must be { kind: "number", name } or { kind: "category", name, categories }, with a fill that is one of them; got ${showValue(value)}`,
  );
}
