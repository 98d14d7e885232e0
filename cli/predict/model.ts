/** The model that the command line names: a file, or a folder of checkpoints. */

import { statSync } from "node:fs";
import { join } from "node:path";
import { FileError } from "../../src/index.ts";
import { readCheckpointFolder } from "../../src/train/checkpoints/index.ts";
import { decodeModel, loadModel, type TrainedModel } from "../../src/train/index.ts";

/** The model's file in a checkpoint. */
const fileName = "model.safetensors";

/** Loads a model; of a folder the newest checkpoint, or the best. @throws FileError for what is none. */
export function readTrained(path: string, isBestWanted: boolean): TrainedModel {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return loadModel(path);
  const reader = readCheckpointFolder(path, "nabla predict");
  const found = isBestWanted ? reader.best() : reader.latest();
  if (found === undefined)
    throw new FileError(
      `${path} holds no checkpoint; give a model file, or the folder of nabla train --checkpoint.`,
    );
  const name = join(found.path, fileName);
  const bytes = found.files[fileName];
  if (bytes === undefined) throw new FileError(`${name} is missing; take another checkpoint.`);
  return decodeModel(bytes, name);
}
