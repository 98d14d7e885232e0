export { type CheckpointFolder, checkpointFolder } from "./folder.ts";
export { readCheckpointFolder } from "./reading.ts";
