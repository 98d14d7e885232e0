/** What a network is made of, layer by layer: outputs and parameters, had without computing anything. */
import { leafPaths } from "../autodiff/paths.ts";
import { TraceError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { checkDtype, type Dtype } from "../tensor/dtype.ts";
import { zeros } from "../tensor/operations/creation.ts";
import { type Key, randomKey } from "../tensor/operations/random.ts";
import { checkShape, type Shape } from "../tensor/shape.ts";
import { type Tensor, toTensor } from "../tensor/tensor.ts";
import { parameters as standIns } from "../tensor/trace.ts";
import { flattenTree } from "../tensor/tree.ts";
import { openLayer, type SomeLayer } from "./layer.ts";
import { type Summary, summaryText } from "./summary-table.ts";

/**
 * The layers of a network, their outputs and the number of their parameters. Nothing is computed: the network is run on stand-ins for parameters and inputs,
 * and on zeros only where one of its functions needs to see numbers.
 *
 * ```ts
 * import { batchNorm, dense, relu, sequential, summary } from "nabla";
 * const network = sequential([dense({ inputs: 4, outputs: 8, bias: false }), batchNorm({ features: 8 }), relu]);
 * String(summary(network));
 * // → sequential of 3 layers, inputs [n, 4]
 * // →
 * // → layer             output  parameters  trained
 * // → [0]  dense 4 → 8  [n, 8]          32       32
 * // → [1]  batchNorm 8  [n, 8]          32       16
 * // → [2]  relu         [n, 8]           0        0
 * // →
 * // → 64 parameters, of which 48 are trained and 16 are running statistics
 * ```
 *
 * @param inputShape of one example. Default: what the network knows, as one does that begins with a dense layer; without it there are no outputs.
 * @param inputDtype Default float32; int32 for networks that begin with an embedding.
 * @throws ShapeError where layers do not fit together.
 */
export function summary(
  model: SomeLayer,
  inputShape: Shape | undefined = model.inputShape,
  inputDtype: Dtype = "float32",
): Summary {
  if (inputShape !== undefined) checkShape("summary", inputShape);
  checkDtype("summary", inputDtype);
  const input = inputShape && { shape: [examples, ...inputShape], dtype: inputDtype };
  const look = lookAt(model, input);
  const places = rowsOf(model, "");
  const owned = byOwner(look.leaves, new Set(places.map(({ path }) => path)));
  const rows = places.map(({ path, layer }) => {
    const own = owned.get(path) ?? [];
    return {
      path,
      title: layer.title,
      output: look.outputs.get(path)?.slice(1),
      parameters: total(own),
      trained: input && trainedOf(own),
    };
  });
  const known = {
    title: model.title,
    inputShape,
    rows,
    parameters: total(look.leaves),
    trained: input && trainedOf(look.leaves),
  };
  return { ...known, toString: () => summaryText(known) };
}

/** Examples in the batch that a network is looked at with: more than one, which has no variance. */
const examples = 2;

/** A leaf of the parameters. */
interface LookedLeaf {
  readonly path: string;
  readonly size: number;
  readonly isStatistic: boolean;
}

/** What was seen of a network. */
interface Look {
  readonly leaves: readonly LookedLeaf[];
  /** Shapes of outputs by the paths of layers. */
  readonly outputs: ReadonlyMap<string, Shape>;
}

interface InputType {
  readonly shape: Shape;
  readonly dtype: Dtype;
}

/** Runs a network on stand-ins; on numbers where that does not do. */
function lookAt(model: SomeLayer, input: InputType | undefined): Look {
  const key = { shape: [2], dtype: "int32" } as const;
  try {
    const [standInKey, x] = standIns(input ? [key, input] : [key]);
    return lookWith(model, standInKey ?? randomKey(0), x);
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    return lookWith(model, randomKey(0), input && zeros(input.shape, input.dtype));
  }
}

function lookWith(some: SomeLayer, key: Key, x: Tensor | undefined): Look {
  const model = openLayer(some);
  const parameters = model.init(key);
  const leaves = flattenTree(parameters, "summary").leaves;
  const statistics = new Set<unknown>();
  const outputs = new Map<string, Shape>();
  if (x) {
    const y = model.apply(parameters, x, {
      training: true,
      key,
      onStatistic: (leaf) => statistics.add(leaf),
      onOutput: (path, _, output) => outputs.set(path, output.shape),
    });
    outputs.set("", y.shape);
  }
  const paths = leafPaths(parameters);
  return {
    leaves: leaves.map((leaf, i) => ({
      path: at(paths, i),
      size: toTensor(leaf).size,
      isStatistic: statistics.has(leaf),
    })),
    outputs,
  };
}

interface Place {
  readonly path: string;
  readonly layer: SomeLayer;
}

/** The layers of a network in order, those that are made of layers in front of their parts; a single layer is its own row. */
function rowsOf(model: SomeLayer, path: string): Place[] {
  const parts = model.parts ?? [];
  const inside = parts.flatMap(([place, part]) => rowsOf(part, path + place));
  return path === "" && parts.length > 0 ? inside : [{ path, layer: model }, ...inside];
}

/** Leaves by the path of the innermost layer that they belong to. */
function byOwner(
  leaves: readonly LookedLeaf[],
  paths: ReadonlySet<string>,
): ReadonlyMap<string, readonly LookedLeaf[]> {
  const owned = new Map<string, LookedLeaf[]>();
  for (const leaf of leaves) {
    let path = leaf.path;
    while (path !== "" && !paths.has(path))
      path = path.slice(0, Math.max(0, path.lastIndexOf("."), path.lastIndexOf("[")));
    owned.set(path, [...(owned.get(path) ?? []), leaf]);
  }
  return owned;
}

const total = (leaves: readonly LookedLeaf[]): number => leaves.reduce((sum, { size }) => sum + size, 0);

const trainedOf = (leaves: readonly LookedLeaf[]): number =>
  total(leaves.filter(({ isStatistic }) => !isStatistic));
