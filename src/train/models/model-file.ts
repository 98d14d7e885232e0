/**
 * Model files: safetensors whose metadata tell, under the key `nabla`, what the network is made of and how it is used. Anything that opens safetensors opens
 * them; whoever has Nabla needs nothing else.
 */
import { showValue } from "../../core/checks.ts";
import { ArgumentError, FileError, NablaError } from "../../core/errors.ts";
import { calling, readWhole, writeWhole } from "../../core/files/whole-file.ts";
import {
  namedTensors,
  parametersFrom,
  readSafetensors,
  writeSafetensors,
} from "../../data/safetensors/index.ts";
import { layerFrom } from "../../nn/describe.ts";
import type { Layer } from "../../nn/layer.ts";
import type { TrainedModel } from "../result.ts";
import { checkLabels, readFacts } from "./model-check.ts";
import type { ModelFacts } from "./model-facts.ts";
import { outputShape, parametersOf } from "./model-parameters.ts";
import { parseFlat } from "./parse-flat.ts";

/** The key of the metadata that holds the facts, as JSON. */
const factsKey = "nabla";

/**
 * A model as the bytes of a file. Without a description of its layers (`facts.model`) it still holds weights and facts, but is no file that
 * `decodeModel` makes a network of.
 *
 * @throws ArgumentError for facts that are none, and for parameters that are no tree of tensors.
 */
export function encodeModel(facts: ModelFacts, parameters: object): Uint8Array {
  const checked = readFacts(
    facts,
    (rule) => new ArgumentError(`encodeModel(facts, parameters): facts ${rule}`),
  );
  // "pt" tells libraries around PyTorch that the layout is PyTorch's.
  const metadata = { format: "pt", [factsKey]: JSON.stringify(checked) };
  return writeSafetensors(namedTensors(parameters), metadata);
}

/**
 * The model in the bytes of a file, which anybody may have written: everything is checked, and nothing is allocated that the file does not hold.
 *
 * @param name what errors call the file.
 * @throws FileError naming the file, what is wrong and the remedy.
 */
export function decodeModel(bytes: Uint8Array, name = "the model"): TrainedModel {
  const { tensors, metadata } = readSafetensors(bytes, name);
  const text = metadata.get(factsKey);
  if (text === undefined)
    throw new FileError(
      `${name} holds weights, and not what network they belong to; make the network, and fill it with loadParameters(path, network.init(key)).`,
    );
  const refuse = (rule: string, cause?: unknown): FileError =>
    new FileError(`${name} is no model that can be used: it ${rule}. Save it again with saveModel.`, {
      cause,
    });
  const facts = readFacts(parseFlat(text, refuse), refuse);
  if (facts.model === undefined)
    throw new FileError(
      `${name} does not say what its network is made of, since a function without a name is part of it; make the network, and fill it with loadParameters(path, network.init(key)).`,
    );
  const elements = [...tensors.values()].reduce((sum, x) => sum + x.size, 0);
  const { model } = facts;
  const like = described(() => parametersOf(model, elements, refuse), refuse);
  const network = described((): Layer => layerFrom(model), refuse);
  const parameters = parametersFrom(tensors, like, name);
  const outputs = described(() => outputShape(network, parameters, facts), refuse);
  checkLabels(facts, outputs, refuse);
  return { facts, model: network, parameters };
}

/** What a description makes; where it makes nothing, the file is to blame. */
function described<T>(make: () => T, refuse: (rule: string, cause: unknown) => FileError): T {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof NablaError) || cause instanceof FileError) throw cause;
    throw refuse(`describes no network: ${cause.message}`, cause);
  }
}

/**
 * Saves a trained network: weights, layers, standardization, labels. `train` returns what it takes. The file is whole at every moment.
 *
 * ```ts
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { dense, loadModel, predict, saveModel, train } from "nabla";
 * const data = { inputs: [[0], [1], [2]], targets: [[1], [3], [5]] };
 * const trained = await train(dense({ inputs: 1, outputs: 1 }), data, { epochs: 1 });
 * const path = join(tmpdir(), "line.safetensors");
 * saveModel(path, trained);
 * predict(loadModel(path), [[3]]).outputs.shape; // → [ 1, 1 ]
 * ```
 *
 * @throws FileError when the file cannot be written; ArgumentError for a network with functions that have no name, which nobody could make again.
 */
export function saveModel(path: string, trained: Pick<TrainedModel, "facts" | "parameters">): void {
  const { facts, parameters } = trained;
  if (facts?.model === undefined)
    throw new ArgumentError(
      `saveModel: needs a trained network whose layers can be described, as train returns it; got ${showValue(trained)}; where one of its functions has no name, use saveParameters(path, parameters)`,
    );
  writeWhole("saveModel", path, encodeModel(facts, parameters), "encodeModel gives the bytes of the file");
}

/**
 * The network that was saved: `predict` takes it.
 *
 * @throws FileError when the file is missing, damaged, or no model.
 */
export function loadModel(path: string): TrainedModel {
  const bytes = readWhole("loadModel", path, "give its bytes to decodeModel");
  return decodeModel(bytes, calling("loadModel", path));
}

/** Weights alone, for networks that are made elsewhere. */
export { loadParameters, saveParameters } from "./parameters-file.ts";
