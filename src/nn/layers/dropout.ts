/**
 * Dropout: while training, units fall out at random, so that none can rely on another. Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov (2014),
 * Dropout. Inverted: what is left is scaled up while training instead of down afterwards (their section 10), so that the mean is the same and prediction
 * changes nothing.
 */
import { ArgumentError } from "../../core/errors.ts";
import { uniform } from "../../tensor/operations/random.ts";
import type { Layer } from "../layer.ts";
import { numberIn } from "../settings/numbers.ts";
import { describeLayer, type LayerKind, readLayer } from "../settings/setting.ts";
import { checkInputs, type NoParameters } from "./parameters.ts";

/** Options of `dropout`. */
export interface DropoutOptions {
  /** The share of numbers that become 0, [0, 1). Default 0.5, for hidden layers (Srivastava et al.). */
  readonly rate?: number;
}

const kind: LayerKind<Required<DropoutOptions>> = {
  name: "dropout",
  settings: { rate: numberIn("[0, 1)", 0.5) },
};

/**
 * Sets a share of all numbers to 0 while training, and divides the others by 1 − rate; else it does nothing. Every call needs a key of its own.
 *
 * ```ts
 * import { dropout, ones, randomKey } from "nabla";
 * const layer = dropout({ rate: 0.5 });
 * layer.apply({}, ones([6]), { training: true, key: randomKey(6) }); // → Tensor(float64 [6]) [0, 2, 0, 0, 2, 2]
 * layer.apply({}, ones([6])); // → Tensor(float64 [6]) [1, 1, 1, 1, 1, 1]
 * ```
 *
 * @throws ArgumentError for a rate outside [0, 1); when applied while training, where no key is given.
 */
export function dropout(options: DropoutOptions = {}): Layer<NoParameters> {
  const settings = readLayer(kind, options);
  const { rate } = settings;
  const title = `dropout ${rate}`;
  return {
    name: kind.name,
    title,
    description: describeLayer(kind, settings),
    init: () => ({}),
    apply: (_, x, { training = false, key } = {}) => {
      checkInputs(title, x);
      if (!training || rate === 0) return x;
      if (key === undefined)
        throw new ArgumentError(
          `${title}: needs a key while training, another one for every step: apply(parameters, x, { training: true, key })`,
        );
      // In float32 whatever the inputs, so that a network drops the same units in either precision.
      const stays = uniform(key, x.shape, { dtype: "float32" }).greaterEqual(rate);
      return stays.where(x.div(1 - rate), 0);
    },
  };
}
