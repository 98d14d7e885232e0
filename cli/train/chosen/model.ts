/** Networks by the names that the command line knows: `mlp:256,128`, `lenet`, `linear`, `logistic`. */

import type { Command } from "commander";
import { type Layer, lenet, linearModel, logisticModel, mlp, type SomeLayer } from "../../../src/nn/index.ts";
import { openLayer } from "../../../src/nn/layer.ts";
import { constantValue } from "../../point.ts";
import { unknownName } from "../../typed/find.ts";
import { type Dataset, exampleShape } from "../data/dataset.ts";

/** A model as it was asked for. */
export type AskedModel =
  | { readonly kind: "mlp"; readonly hidden: readonly number[] }
  | { readonly kind: "lenet" | "linear" | "logistic" | "perceptron" };

const kinds = ["mlp", "lenet", "linear", "logistic", "perceptron"] as const;

/** Hidden units where `mlp` is said without any, and where nothing is said of images: those of the network of `npm start`. */
const usualHidden: readonly number[] = [128];

/** Reads `mlp:256,128`; what is none of them ends as wrong usage. */
export function readModel(command: Command, text: string | undefined): AskedModel | undefined {
  if (text === undefined) return undefined;
  const [name = "", ...rest] = text.split(":");
  const kind = kinds.find((each) => each === name.trim().toLowerCase());
  if (kind === undefined) return unknownName(command, "model", name, kinds);
  if (kind === "mlp") return { kind, hidden: rest.length === 0 ? usualHidden : readSizes(command, rest) };
  if (rest.length > 0)
    command.error(
      `error: --model: ${kind} has no sizes to choose; say --model ${kind}, or --model mlp:256,128`,
    );
  return { kind };
}

function readSizes(command: Command, rest: readonly string[]): readonly number[] {
  const sizes = rest.join(":").split(",").map(constantValue);
  return sizes.map((size) =>
    size !== undefined && Number.isInteger(size) && size >= 1 && size <= 1e6
      ? size
      : command.error(
          `error: --model: give hidden layers as whole numbers with commas, mlp:256,128; got "${rest.join(":")}"`,
        ),
  );
}

/** What a model takes targets for; undefined where it serves both. */
export function kindFor(model: AskedModel | undefined): "classes" | "values" | undefined {
  if (model === undefined || model.kind === "mlp") return undefined;
  return model.kind === "linear" ? "values" : "classes";
}

/** The model that suits data of which nothing is said: the simplest that is any good. */
export function usualModel({ isImages, answer }: Dataset): AskedModel {
  if (isImages) return { kind: "mlp", hidden: usualHidden };
  return { kind: answer.kind === "classes" ? "logistic" : "linear" };
}

/** As it is typed. */
export function modelText(model: AskedModel): string {
  return model.kind === "mlp" ? `mlp:${model.hidden.join(",")}` : model.kind;
}

/** A network for data. */
export interface Network {
  readonly layer: Layer;
  /** Shape of one example as the network takes it. */
  readonly shape: readonly number[];
}

/** The network with so many outputs; data that it cannot take ends as wrong usage. */
export function networkFor(
  command: Command,
  model: Exclude<AskedModel, { kind: "perceptron" }> | AskedModel,
  dataset: Dataset,
  outputs: number,
): Network {
  const shape = exampleShape(dataset);
  const inputs = shape.reduce((product, length) => product * length, 1);
  const flat = (layer: SomeLayer): Network => ({ layer: openLayer(layer), shape: [inputs] });
  if (model.kind !== "linear" && model.kind !== "mlp" && dataset.answer.kind === "values")
    command.error(
      `error: --model: ${model.kind} tells classes apart, and the target is a number (${dataset.answer.because}); take linear or mlp:32`,
    );
  switch (model.kind) {
    case "mlp":
      return flat(mlp({ inputs, hidden: model.hidden, outputs }));
    case "linear":
      if (dataset.answer.kind === "classes")
        command.error(
          `error: --model: linear predicts numbers, and the targets of ${dataset.name} are classes; take logistic`,
        );
      return flat(linearModel({ inputs, outputs }));
    case "logistic":
    case "perceptron":
      return flat(logisticModel({ inputs, outputs }));
    case "lenet":
      return { layer: openLayer(lenet({ ...imageSizes(command, dataset), classes: outputs })), shape };
    default:
      return model satisfies never;
  }
}

function imageSizes(command: Command, dataset: Dataset): { side: number; channels: number } {
  const [channels = 0, height = 0, width = 0] = exampleShape(dataset);
  if (!dataset.isImages)
    command.error(
      `error: --model: lenet looks at images, and an example of ${dataset.name} is ${exampleShape(dataset).join("×")} numbers; take mlp:32`,
    );
  if (height !== width || height < 12)
    command.error(
      `error: --model: lenet looks at square images of at least 12×12 pixels; those of ${dataset.name} are ${height}×${width}; take mlp:128`,
    );
  return { side: height, channels };
}
