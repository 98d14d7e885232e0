/** Tables of vectors, read by number: words, categories. Bengio, Ducharme, Vincent & Jauvin (2003), A Neural Probabilistic Language Model. */
import { DtypeError, IndexError } from "../../core/errors.ts";
import { gather } from "../../tensor/operations/indexing.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { drawn } from "../initializers/initializer.ts";
import { normalWeights } from "../initializers/plain.ts";
import type { Layer } from "../layer.ts";
import { initializer } from "../settings/initializers.ts";
import { checkWeights, size } from "../settings/numbers.ts";
import { describeLayer, type LayerKind, readLayer } from "../settings/setting.ts";
import { checkInputs, parameterOf } from "./parameters.ts";
import type { WeightAlone } from "./weights.ts";

/** Options of `embedding`. */
export interface EmbeddingOptions {
  /** How many vectors there are; ids are 0 … count − 1. */
  readonly count: number;
  /** How many numbers a vector has. */
  readonly size: number;
  /** What draws the vectors. Default `normalWeights()`, mean 0 and standard deviation 1 (PyTorch). */
  readonly initializer?: Initializer;
}

const kind: LayerKind<Required<EmbeddingOptions>> = {
  name: "embedding",
  settings: { count: size, size, initializer: initializer(normalWeights()) },
};

/**
 * The vectors of ids: int32 `[n, …]` → `[n, …, size]`. Weights are `[count, size]`.
 *
 * ```ts
 * import { embedding, tensor } from "nabla";
 * const layer = embedding({ count: 3, size: 2 });
 * layer.apply({ weight: tensor([[1, 1], [2, 2], [3, 3]]) }, tensor([2, 0], "int32")); // → Tensor(float64 [2, 2]) [[3, 3], [1, 1]]
 * ```
 *
 * @throws ArgumentError for options out of range; when applied, DtypeError for ids that are not int32, and IndexError for ids out of range.
 */
export function embedding(options: EmbeddingOptions): Layer<WeightAlone> {
  const settings = readLayer(kind, options);
  const { count, size } = settings;
  const shape = [count, size];
  checkWeights("embedding", shape);
  const title = `embedding ${count} × ${size}`;
  return {
    name: kind.name,
    title,
    description: describeLayer(kind, settings),
    init: (key) => ({ weight: drawn(settings.initializer, key, shape, { in: count, out: size }) }),
    apply: (parameters, ids) => {
      checkIds(title, ids, count);
      // gather counts negative ids from the end; of those that are known only later, such as padding by −1, it refuses these too.
      const rows = ids.isTraced ? ids.less(0).where(count, ids) : ids;
      return gather(parameterOf(title, parameters, "weight", shape), rows);
    },
  };
}

function checkIds(title: string, ids: Tensor, count: number): void {
  checkInputs(title, ids);
  if (ids.dtype !== "int32")
    throw new DtypeError(
      `${title}: needs ids of int32, 0 … ${count - 1}; got ${ids.dtype}; make them with tensor(ids, "int32") or x.cast("int32")`,
    );
  if (ids.isTraced) return;
  const wrong = ids.values().data.find((id) => id < 0 || id >= count);
  if (wrong !== undefined) throw new IndexError(`${title}: ids run from 0 to ${count - 1}; got ${wrong}`);
}
