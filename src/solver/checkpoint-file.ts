/** Checkpoints as text and as files. */
import { ArgumentError } from "../core/errors.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { CheckpointSink } from "./options.ts";

/** Writes a run's checkpoints now and then, and at the end. */
export interface CheckpointWriter {
  readonly step: (save: () => Checkpoint) => void;
  readonly end: (save: () => Checkpoint) => void;
}

export function checkpointWriter(_sink: CheckpointSink, call: string): CheckpointWriter {
  throw new ArgumentError(`${call}: not yet`);
}

export function readCheckpoint(resume: string | Checkpoint, call: string): Checkpoint {
  if (typeof resume !== "string") return resume;
  throw new ArgumentError(`${call}: not yet`);
}
