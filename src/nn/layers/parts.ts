/** What networks are made of, and how a part is run: with its own key and path, and errors that tell where they came from. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { describeFunction, type TensorMap } from "../activations.ts";
import { type ApplyOptions, openLayer, type ParametersOf, type SomeLayer } from "../layer.ts";
import { activation } from "./activation.ts";
import type { NoParameters } from "./parameters.ts";
import { placedError } from "./placed-error.ts";

/** A layer, or a function of a tensor, which is a layer without parameters. */
export type Part = SomeLayer | TensorMap;

/** The parameters of a part. */
export type PartParameters<P extends Part> = P extends SomeLayer ? ParametersOf<P> : NoParameters;

/** A part as a layer. @throws ArgumentError for what is neither layer nor function. */
export function layerOf(call: string, part: Part): SomeLayer {
  if (typeof part === "function") {
    const name = describeFunction(part);
    return name === undefined ? functionLayer(part) : activation(name);
  }
  if (typeof part !== "object" || part === null || typeof part.apply !== "function")
    throw new ArgumentError(
      `${call}: is made of layers, and of functions of a tensor; got ${showValue(part)}`,
    );
  return part;
}

/** A function that nobody but its author knows. */
function functionLayer(f: TensorMap): SomeLayer {
  const title = f.name || "function";
  return {
    name: "function",
    title,
    description: undefined,
    init: () => ({}),
    apply: (_, x) => {
      const y: unknown = f(x);
      if (y instanceof Tensor) return y;
      const isLayer = typeof y === "object" && y !== null && "apply" in y;
      throw new ArgumentError(
        `${title}: a function in a network gives a tensor; got ${showValue(y)}${isLayer ? `; call it: ${title}()` : ""}`,
      );
    },
  };
}

/** A part that is run: which, where, on what. */
export interface Run {
  /** The name of the layer whose part it is. */
  readonly whole: string;
  readonly layer: SomeLayer;
  /** Its place in the whole: `[2]`, `.inner`. */
  readonly place: string;
  readonly parameters: object;
  readonly key: ApplyOptions["key"];
}

/** The output of a part, of which `onOutput` is told. */
export function runPart(
  { whole, layer, place, parameters, key }: Run,
  x: Tensor,
  { key: _, ...given }: ApplyOptions,
): Tensor {
  const before = given.path ?? "";
  const path = before + place;
  try {
    const y = openLayer(layer).apply(parameters, x, { ...given, path, ...(key !== undefined && { key }) });
    given.onOutput?.(path, layer, y);
    return y;
  } catch (error) {
    throw placedError(error, path, layer.title, before === "" ? whole : undefined);
  }
}
