/** Checkpoints of full-batch trainings: what the loop of `minimize` writes, in a folder as all trainings have it. */
import { ArgumentError, FileError } from "../../core/errors.ts";
import type { Checkpoint } from "../../solver/checkpoint.ts";
import { decodeCheckpoint } from "../../solver/checkpoint-file.ts";
import type { Situation } from "../beginning/situation.ts";
import { checkpointFolder, readCheckpointFolder } from "../checkpoints/index.ts";
import { identityOf } from "../keeping/checkpointing.ts";
import { checkIdentity, type RunIdentity } from "../keeping/saving.ts";
import { encodeModel } from "../models/model-file.ts";
import type { TrainOptions } from "../options.ts";

/** What a run by `minimize` is told of checkpoints. */
export interface FullBatchCheckpoints<P> {
  readonly options: { readonly checkpoint?: (text: string) => void; readonly resume?: Checkpoint };
  /** The point reached, for the model's own file. */
  readonly see: (parameters: P) => void;
  readonly close: () => void;
}

/** Opens folders. @throws FileError where there is nothing to continue; ArgumentError for intervals, which minimize chooses itself. */
export function fullBatchCheckpoints<P extends object>(
  situation: Situation<P>,
  name: string,
  options: TrainOptions<P>,
  narrowed: (parameters: P) => P,
): FullBatchCheckpoints<P> {
  const { facts, start } = situation;
  let seen = start;
  const { checkpoint, resume } = options;
  const given = typeof checkpoint === "string" ? { folder: checkpoint } : checkpoint;
  const asModel = given?.asModel ?? ((as: object): object => as);
  if (given && (given.everySteps ?? given.everyEpochs ?? given.everySeconds) !== undefined)
    throw new ArgumentError(
      `train({ checkpoint }): ${name} is run by minimize, which writes every ten seconds and at the end; give the folder alone`,
    );
  // What minimize cannot know: its own checkpoints tell the method's settings apart.
  const identity = identityOf(situation, { name }, options);
  const resumed = resume === undefined ? undefined : latestIn(resume, identity);
  const from = resumed === undefined ? {} : { from: resumed.step };
  const folder =
    given && checkpointFolder(given.folder, { keep: given.keep ?? 3, ...from }, "train({ checkpoint })");
  const write = (text: string): void => {
    const { steps } = decodeCheckpoint(text).state;
    const files = {
      "model.safetensors": encodeModel(facts, asModel(narrowed(seen))),
      "state.json": text,
      "run.json": JSON.stringify(identity),
    };
    folder?.write(steps, files, {});
  };
  return {
    options: {
      ...(folder && { checkpoint: write }),
      ...(resumed && { resume: resumed.checkpoint }),
    },
    see: (parameters) => {
      seen = parameters;
    },
    close: () => folder?.close(),
  };
}

function latestIn(
  folder: string,
  identity: RunIdentity,
): { readonly step: number; readonly checkpoint: Checkpoint } {
  const found = readCheckpointFolder(folder, "train({ resume })").latest();
  const text = found?.files["state.json"];
  if (found === undefined || text === undefined)
    throw new FileError(
      `train({ resume }): ${folder} holds no checkpoint; give the folder that train({ checkpoint }) wrote, or begin without resume`,
    );
  const checkpoint = decodeCheckpoint(new TextDecoder().decode(text), "train({ resume })");
  const run = found.files["run.json"];
  if (run !== undefined) checkIdentity(JSON.parse(new TextDecoder().decode(run)) as RunIdentity, identity);
  return { step: found.step, checkpoint };
}
