export { type CheckpointFolder, checkpointFolder, type FolderOptions } from "./folder.ts";
export { readCheckpointFolder } from "./reading.ts";
