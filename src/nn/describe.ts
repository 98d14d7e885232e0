/** Layers from their descriptions, which may come from a file that anybody wrote. */
import { checkOptions, showValue } from "../core/checks.ts";
import { ArgumentError, NablaError } from "../core/errors.ts";
import { isPlainObject } from "../core/tree.ts";
import type { Settings } from "../solver/card.ts";
import { activationNames, isActivationName } from "./activations.ts";
import { type Layer, openLayer, type SomeLayer } from "./layer.ts";
import { activation } from "./layers/activation.ts";
import { batchNorm } from "./layers/batch-norm.ts";
import { convolution2d } from "./layers/convolution2d.ts";
import { dense } from "./layers/dense.ts";
import { dropout } from "./layers/dropout.ts";
import { embedding } from "./layers/embedding.ts";
import { flattening } from "./layers/flattening.ts";
import { layerNorm } from "./layers/layer-norm.ts";
import { averagePooling2d, maxPooling2d } from "./layers/pooling2d.ts";
import { residual } from "./layers/residual.ts";
import { sequential } from "./layers/sequential.ts";

/** Makes the layer that is described at a place inside of another. */
type Inside = (description: unknown, place: string) => SomeLayer;

type Maker = (settings: Settings, inside: Inside) => SomeLayer;

/** How deep layers may stand in each other, and how many there may be: more than anybody writes, less than what exhausts anything. */
const deepest = 100;
const most = 10_000;

const makers: ReadonlyMap<unknown, Maker> = new Map<string, Maker>([
  ["dense", any(dense)],
  ["convolution2d", any(convolution2d)],
  ["max-pooling2d", any(maxPooling2d)],
  ["average-pooling2d", any(averagePooling2d)],
  ["flattening", flatteningFrom],
  ["batch-norm", any(batchNorm)],
  ["layer-norm", any(layerNorm)],
  ["dropout", any(dropout)],
  ["embedding", any(embedding)],
  ["activation", activationFrom],
  ["residual", residualFrom],
  ["sequential", sequentialFrom],
]);

/** Forgets the types of options, which the factory checks. */
function any<Options extends object>(factory: (options: Options) => SomeLayer): Maker {
  return (settings) => factory(settings as Options);
}

/**
 * A layer from its description, as it stands in files of models. The layer has the same description.
 *
 * ```ts
 * import { layerFrom, mlp } from "nabla";
 * const { description } = mlp({ inputs: 4, hidden: [8], outputs: 3 });
 * layerFrom(JSON.parse(JSON.stringify(description))).title; // → "sequential of 3 layers"
 * layerFrom({ layer: "sequential", parts: [{ layer: "dense", inputs: 4 }] }); // throws layerFrom, [0]: dense({ outputs }): must be given
 * ```
 *
 * @throws ArgumentError for what describes no layer, with its place: unknown kinds, settings that are missing, unknown or out of range, more than
 * 10,000 layers, and layers more than 100 deep in each other.
 */
export function layerFrom(description: unknown): Layer {
  let count = 0;
  const make = (given: unknown, path: string, depth: number): SomeLayer => {
    const call = `layerFrom${path && `, ${path}`}`;
    count++;
    if (count > most) throw new ArgumentError(`${call}: a network has at most ${most} layers`);
    if (depth > deepest)
      throw new ArgumentError(`${call}: layers stand in each other at most ${deepest} deep`);
    if (!isPlainObject(given))
      throw new ArgumentError(
        `${call}: a layer is described by { layer, ...settings }; got ${showValue(given)}`,
      );
    const { layer, ...settings } = given;
    const maker = makers.get(layer);
    if (maker === undefined)
      throw new ArgumentError(
        `${call}: there is no layer ${showValue(layer)}; the layers are ${[...makers.keys()].join(", ")}`,
      );
    // Layers inside tell their own place.
    return atPlace(call, () => maker(settings, (part, place) => make(part, path + place, depth + 1)));
  };
  return openLayer(make(description, "", 0));
}

/** Puts the place in front of what a factory refuses. */
function atPlace<T>(call: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof NablaError) || error.message.startsWith("layerFrom")) throw error;
    throw new ArgumentError(`${call}: ${error.message}`, { cause: error });
  }
}

function flatteningFrom(settings: Settings): SomeLayer {
  checkOptions("flattening", settings, []);
  return flattening();
}

function activationFrom({ name, ...settings }: Settings): SomeLayer {
  if (!isActivationName(name))
    throw new ArgumentError(
      `there is no activation ${showValue(name)}; the activations are ${activationNames.join(", ")}`,
    );
  return activation(name, settings);
}

function residualFrom(settings: Settings, inside: Inside): SomeLayer {
  checkOptions("residual", settings, ["inner", "shortcut"]);
  const inner = inside(settings.inner, ".inner");
  return settings.shortcut === undefined
    ? residual(inner)
    : residual(inner, { shortcut: inside(settings.shortcut, ".shortcut") });
}

function sequentialFrom(settings: Settings, inside: Inside): SomeLayer {
  checkOptions("sequential", settings, ["parts"]);
  const { parts } = settings;
  if (!Array.isArray(parts) || parts.length > most)
    throw new ArgumentError(
      `sequential({ parts }): must be a list of at most ${most} descriptions; got ${showValue(parts)}`,
    );
  return sequential(Array.from(parts, (part: unknown, i) => inside(part, `[${i}]`)));
}
