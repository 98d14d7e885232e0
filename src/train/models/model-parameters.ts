/** The parameters that a description asks for: their tree, shapes and dtypes, without drawing any. The description may come from a file that anybody wrote. */
import { TraceError } from "../../core/errors.ts";
import { isPlainObject } from "../../core/tree.ts";
import { layerFrom } from "../../nn/describe.ts";
import type { Layer, LayerDescription } from "../../nn/layer.ts";
import type { Shape } from "../../tensor/shape.ts";
import { toTensor } from "../../tensor/tensor.ts";
import { parameters as standIns } from "../../tensor/trace.ts";
import { flattenTree, unflattenAs } from "../../tensor/tree.ts";
import type { ModelFacts } from "./model-facts.ts";

/**
 * Stand-ins for the parameters of the layers described. A file's description is to ask for no more than the file holds: sizes are compared with the number
 * of `elements` there before anything is allocated.
 *
 * @throws What `refuse` makes, and ArgumentError from `layerFrom`.
 */
export function parametersOf(
  description: LayerDescription,
  elements: number,
  refuse: (rule: string) => Error,
): object {
  const asked = sizesIn(description);
  if (asked > elements)
    throw refuse(`describes layers of sizes of ${asked} and more, and holds tensors of ${elements} numbers`);
  const [key] = standIns([{ dtype: "int32", shape: [2] }]);
  try {
    if (key !== undefined) return layerFrom(withoutInitializers(description)).init(key);
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
  }
  throw refuse("describes layers whose parameters have no shape before they are drawn");
}

/**
 * The shape of what the network makes of one example, found out on stand-ins, without computing anything.
 *
 * @throws ShapeError and others of the layers, where they do not fit together, or the inputs do not fit them.
 */
export function outputShape<P extends object>(
  model: Layer<P>,
  parameters: P,
  { inputShape, inputDtype }: ModelFacts,
): Shape {
  const { leaves, structure } = flattenTree(parameters, "decodeModel");
  const types = leaves.map(toTensor).map(({ dtype, shape }) => ({ dtype, shape }));
  const [input, ...others] = standIns([{ dtype: inputDtype, shape: [1, ...inputShape] }, ...types]);
  return input ? model.apply(unflattenAs<P>(structure, others), input).shape.slice(1) : [];
}

/** Sizes up to here cost nothing, whatever they are: strides, paddings, the windows of poolings, which have no parameters. */
const small = 1024;

/**
 * A bound on what layers allocate for parameters that are not drawn, such as biases of 0, which have no more elements than the weights beside them: the sum
 * of the largest setting of each layer, where lists count as their product.
 */
function sizesIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + sizesIn(item), 0);
  if (!isPlainObject(value)) return 0;
  const settings = Object.values(value);
  const inside = settings.reduce<number>((sum, setting) => sum + sizesIn(setting), 0);
  const largest = settings.reduce<number>((most, setting) => Math.max(most, magnitude(setting)), 0);
  return inside + (largest > small ? largest : 0);
}

function magnitude(setting: unknown): number {
  if (typeof setting === "number") return setting;
  if (!Array.isArray(setting)) return 0;
  return setting.reduce<number>((product, x) => product * (typeof x === "number" ? x : 1), 1);
}

/** The same layers with the initializers that are theirs by default: what draws weights that come from a file does not matter, and some need numbers to draw. */
function withoutInitializers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutInitializers);
  if (!isPlainObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => key !== "initializer");
  return Object.fromEntries(
    kept.map(([key, setting]) => [
      key,
      key === "bias" && isPlainObject(setting) ? true : withoutInitializers(setting),
    ]),
  );
}
