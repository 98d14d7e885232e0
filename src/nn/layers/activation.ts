/** Activations as layers: those that have a setting, and any that are chosen by name. */
import { elu, leakyRelu } from "../../tensor/operations/activation.ts";
import { type ActivationName, functionNamed, type TensorMap } from "../activations.ts";
import type { Layer } from "../layer.ts";
import { numberIn } from "../settings/numbers.ts";
import { type LayerKind, readLayer } from "../settings/setting.ts";
import { checkInputs, type NoParameters } from "./parameters.ts";

/** The settings of activations that have some. */
export interface ActivationSettings {
  readonly "leaky-relu": {
    /** By what negative numbers are multiplied. Default 0.01 (PyTorch). */
    readonly slope?: number;
  };
  readonly elu: {
    /** −α is what large negative numbers become, (0, ∞). Default 1 (PyTorch). */
    readonly alpha?: number;
  };
}

/** The settings of an activation. */
export type SettingsOf<Name extends ActivationName> = Name extends keyof ActivationSettings
  ? ActivationSettings[Name]
  : Readonly<Record<never, never>>;

const leaky: LayerKind<Required<ActivationSettings["leaky-relu"]>> = {
  name: "leaky-relu",
  settings: { slope: numberIn("(-∞, ∞)", 0.01) },
};
const exponential: LayerKind<Required<ActivationSettings["elu"]>> = {
  name: "elu",
  settings: { alpha: numberIn("(0, ∞)", 1) },
};

/**
 * An activation by its name. In a network plain functions do as well: `sequential([dense(…), relu])`; this one has settings.
 *
 * ```ts
 * import { activation, tensor } from "nabla";
 * activation("leaky-relu", { slope: 0.5 }).apply({}, tensor([-1, 2])); // → Tensor(float64 [2]) [-0.5, 2]
 * ```
 *
 * @throws ArgumentError for a name that is none, and settings that are not its own.
 */
export function activation<Name extends ActivationName>(
  name: Name,
  settings?: SettingsOf<Name>,
): Layer<NoParameters>;
export function activation(name: ActivationName, settings: unknown = {}): Layer<NoParameters> {
  const { values, f } = mapOf(name, settings);
  const title = [name, ...Object.values(values)].join(" ");
  return {
    name: "activation",
    title,
    description: { layer: "activation", name, ...values },
    init: () => ({}),
    apply: (_, x) => {
      checkInputs(title, x);
      return f(x);
    },
  };
}

/** What an activation does, and the values of its settings. */
function mapOf(name: ActivationName, given: unknown): { readonly values: object; readonly f: TensorMap } {
  const call = `activation("${name}")`;
  switch (name) {
    case "leaky-relu": {
      const values = readLayer(leaky, given, call);
      return { values, f: (x) => leakyRelu(x, values.slope) };
    }
    case "elu": {
      const values = readLayer(exponential, given, call);
      return { values, f: (x) => elu(x, values.alpha) };
    }
    default: {
      // Unknown names end here too, and are refused in a sentence.
      const f = functionNamed(name);
      return { values: readLayer({ name, settings: {} }, given, call), f };
    }
  }
}
