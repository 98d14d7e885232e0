/** Weights alone in a file, for networks that are made elsewhere: in a program, or in PyTorch. */
import { calling, readWhole, writeWhole } from "../../core/files/whole-file.ts";
import {
  namedTensors,
  parametersFrom,
  readSafetensors,
  writeSafetensors,
} from "../../data/safetensors/index.ts";

/**
 * Saves parameters as safetensors under the names of PyTorch's `state_dict`. The file is whole at every moment.
 *
 * ```ts
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { dense, loadParameters, randomKey, relu, saveParameters, sequential } from "nabla";
 * const network = sequential([dense({ inputs: 4, outputs: 8 }), relu, dense({ inputs: 8, outputs: 3 })]);
 * const path = join(tmpdir(), "net.safetensors");
 * saveParameters(path, network.init(randomKey(1))); // 0.weight, 0.bias, 2.weight, 2.bias
 * loadParameters(path, network.init(randomKey(2)))[2].bias.shape; // → [ 3 ]
 * ```
 *
 * @throws FileError when the file cannot be written; ArgumentError for what is no tree of tensors, or where there are no files.
 */
export function saveParameters(path: string, parameters: object): void {
  const elsewhere = "writeSafetensors(namedTensors(parameters)) gives the bytes of the file";
  writeWhole("saveParameters", path, writeSafetensors(namedTensors(parameters)), elsewhere);
}

/**
 * Parameters from a file of safetensors, in the structure of others, such as those that `init` draws.
 *
 * @throws FileError when the file is missing or damaged, and, listing what differs, when it does not fit.
 */
export function loadParameters<P extends object>(path: string, like: P): P {
  const elsewhere = "use parametersFrom(readSafetensors(bytes).tensors, like)";
  const bytes = readWhole("loadParameters", path, elsewhere);
  const name = calling("loadParameters", path);
  return parametersFrom(readSafetensors(bytes, name).tensors, like, name);
}
