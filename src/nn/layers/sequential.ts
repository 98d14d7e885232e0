/** Layers one behind the other. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { splitKey } from "../../tensor/operations/random.ts";
import type { Layer, LayerDescription } from "../layer.ts";
import { checkInputs } from "./parameters.ts";
import { layerOf, type Part, type PartParameters, runPart } from "./parts.ts";

/** The parameters of layers one behind the other: an entry for each, `{}` for those that have none. */
export type SequentialParameters<Parts extends readonly Part[]> = {
  readonly [K in keyof Parts]: PartParameters<Parts[K]>;
};

/**
 * A network of layers one behind the other, each given what the one before it makes. A plain function of a tensor, such as `relu`, is a layer without
 * parameters. Parameters are a list with an entry for each part, so that names in files are those of PyTorch's `Sequential`. Each part draws from a key of its
 * own, by its position.
 *
 * ```ts
 * import { dense, ones, randomKey, relu, sequential } from "nabla";
 * const network = sequential([dense({ inputs: 4, outputs: 8 }), relu, dense({ inputs: 8, outputs: 3 })]);
 * const parameters = network.init(randomKey(1));
 * parameters[2].weight.shape; // → [ 3, 8 ]
 * network.apply(parameters, ones([5, 4])).shape; // → [ 5, 3 ]
 * network.apply(parameters, ones([5, 7])); // throws sequential, [0] dense 4 → 8: needs inputs [n, 4]; got [5, 7]
 * ```
 *
 * @throws ArgumentError for no parts, and for what is neither layer nor function; when applied, what the parts throw, with their place and title in front.
 */
export function sequential<const Parts extends readonly Part[]>(
  parts: Parts,
): Layer<SequentialParameters<Parts>> {
  if (!Array.isArray(parts) || parts.length === 0)
    throw new ArgumentError(
      `sequential: needs a list of layers and functions, at least one; got ${showValue(parts)}`,
    );
  const layers = Array.from<Part, ReturnType<typeof layerOf>>(parts, (part, i) =>
    layerOf(`sequential, [${i}]`, part),
  );
  const first = at(layers, 0).inputShape;
  return {
    name: "sequential",
    title: `sequential of ${layers.length} layer${layers.length === 1 ? "" : "s"}`,
    description: describeAll(layers.map(({ description }) => description)),
    parts: layers.map((layer, i) => [`[${i}]`, layer]),
    ...(first && { inputShape: first }),
    init: (key) => {
      const keys = splitKey(key, layers.length);
      return parametersOf<Parts>(layers.map((layer, i) => layer.init(at(keys, i))));
    },
    apply: (parameters, x, options = {}) => {
      checkInputs("sequential", x);
      checkParameters(parameters, layers.length);
      const keys = options.key && splitKey(options.key, layers.length);
      return layers.reduce(
        (y, layer, i) =>
          runPart(
            { whole: "sequential", layer, place: `[${i}]`, parameters: at(parameters, i), key: keys?.[i] },
            y,
            options,
          ),
        x,
      );
    },
  };
}

/** One entry for each part, in their order, as its layer made it: that is what the type says. */
const parametersOf = <Parts extends readonly Part[]>(list: readonly object[]): SequentialParameters<Parts> =>
  list as SequentialParameters<Parts>;

/** Undefined where one of the parts has none. */
function describeAll(parts: readonly (LayerDescription | undefined)[]): LayerDescription | undefined {
  return parts.includes(undefined) ? undefined : { layer: "sequential", parts };
}

function checkParameters(parameters: unknown, count: number): asserts parameters is readonly object[] {
  if (!Array.isArray(parameters) || parameters.length !== count)
    throw new ArgumentError(
      `sequential: the parameters are a list with one entry for each of ${count} layers; got ${
        Array.isArray(parameters) ? `${parameters.length} entries` : showValue(parameters)
      }; make parameters with init(key)`,
    );
}
