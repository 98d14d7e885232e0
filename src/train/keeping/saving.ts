/**
 * A training on disk: parameters to be used (a model file), the state of the next step (tensors), and how far it is (JSON). What was saved continues with the bits
 * of a run that was not interrupted.
 */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { isPlainObject } from "../../core/tree.ts";
import { readSafetensors, writeSafetensors } from "../../data/safetensors/index.ts";
import { currentKernels, type KernelChoice, useKernels } from "../../kernels/index.ts";
import { samePlain } from "../../solver/plain-data.ts";
import { fromJson, toJson } from "../../solver/plain-text.ts";
import { type Tensor, toTensor } from "../../tensor/tensor.ts";
import { flattenTree, unflattenAs } from "../../tensor/tree.ts";
import type { LearnerState } from "../course/learner.ts";
import type { Progress } from "../course/progress.ts";
import type { Run } from "../course/run.ts";

/** The version of the form below; it grows when old checkpoints can no longer be read. */
const version = 1;

/** What a run is known by: one continues another only where these agree. Plain data. */
export type RunIdentity = Readonly<Record<string, unknown>>;

/** Kernels as they can be asked for again. */
type SavedKernels = Pick<KernelChoice, "name" | "description" | "deterministic" | "threads">;

interface SavedRun {
  readonly format: "nabla-training";
  readonly version: number;
  readonly identity: RunIdentity;
  readonly kernels: SavedKernels;
  /** Which trees of tensors stand beside the state. */
  readonly holds: readonly string[];
  readonly progress: Progress;
}

/** The files of a checkpoint but the model's own. */
export interface SavedFiles {
  readonly "training.safetensors": Uint8Array;
  readonly "state.json": string;
}

/** A run as files. */
export function saveRun<P extends object>(run: Run<P>, identity: RunIdentity): SavedFiles {
  const trees: Record<string, object> = { state: run.learner.state(), sound: run.sound };
  if (run.best !== undefined) trees.best = run.best;
  const tensors = Object.entries(trees).flatMap(([name, tree]) => numbered(name, tree));
  const { name, description, deterministic, threads } = currentKernels();
  const saved: SavedRun = {
    format: "nabla-training",
    version,
    identity,
    kernels: { name, description, deterministic, threads },
    holds: Object.keys(trees),
    progress: run.progress,
  };
  return {
    "training.safetensors": writeSafetensors(Object.fromEntries(tensors)),
    "state.json": JSON.stringify(toJson(saved, "train({ checkpoint })")),
  };
}

function numbered(name: string, tree: object): [string, Tensor][] {
  return flattenTree(tree, "train").leaves.map((leaf, i) => [`${name}.${i}`, toTensor(leaf)]);
}

/** What a run is continued with. */
export interface Restored<P> {
  readonly progress: Progress;
  readonly state: LearnerState;
  readonly sound: P;
  readonly best: P | undefined;
}

/**
 * Reads what was saved.
 *
 * @param like The state and the parameters of a new run, whose structure they must have.
 * @throws ArgumentError when it belongs to another run, with what differs; FileError when it is damaged.
 */
export function restoreRun<P extends object>(
  files: Readonly<Record<string, Uint8Array>>,
  identity: RunIdentity,
  like: { readonly state: LearnerState; readonly parameters: P },
  name: string,
): Restored<P> {
  const saved = savedRun(files, name);
  checkIdentity(saved.identity, identity);
  const { tensors } = readSafetensors(files["training.safetensors"] ?? new Uint8Array(0), name);
  const tree = <T extends object>(key: string, of: T): T => {
    const { leaves, structure } = flattenTree(of, "train");
    const found = leaves.map((leaf, i) => {
      const stored = tensors.get(`${key}.${i}`);
      const [is, wanted] = [stored, toTensor(leaf)];
      if (is === undefined || is.dtype !== wanted.dtype || !samePlain(is.shape, wanted.shape))
        throw new ArgumentError(
          `${name}: its tensor ${key}.${i} is not that of this model; take another checkpoint`,
        );
      return is;
    });
    return unflattenAs<T>(structure, found);
  };
  return {
    progress: saved.progress,
    state: tree("state", like.state),
    sound: tree("sound", like.parameters),
    best: saved.holds.includes("best") ? tree("best", like.parameters) : undefined,
  };
}

/**
 * Takes the kernels that a saved run was computed with, since bits depend on them.
 *
 * @returns What gives the kernels back that were in use.
 * @throws ArgumentError where this machine has others.
 */
export function takeKernels(files: Readonly<Record<string, Uint8Array>>, name: string): () => void {
  const { kernels } = savedRun(files, name);
  const before = currentKernels();
  if (kernels.description === before.description && kernels.deterministic === before.deterministic)
    return () => {};
  const giveBack = (): void => {
    useKernels({ provider: before.name, threads: before.threads, deterministic: before.deterministic });
  };
  const taken = attempt(() =>
    useKernels({ provider: kernels.name, threads: kernels.threads, deterministic: kernels.deterministic }),
  );
  if (taken?.description === kernels.description) return giveBack;
  giveBack();
  throw new ArgumentError(
    `train({ resume }): the checkpoint was computed by ${showValue(kernels.description)}, which is not to be had here (this is ${before.description}); continue it where it was begun, or give its parameters as \`start\``,
  );
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function savedRun(files: Readonly<Record<string, Uint8Array>>, name: string): SavedRun {
  const text = new TextDecoder().decode(files["state.json"] ?? new Uint8Array(0));
  const parsed = attempt((): unknown => fromJson(JSON.parse(text), name));
  if (!isSavedRun(parsed))
    throw new ArgumentError(
      `${name}: is no checkpoint of a training that this version can read (version ${version}); give the folder that train({ checkpoint }) wrote`,
    );
  return parsed;
}

/** Whether something was written by `saveRun`: a manifest vouches for the bytes, so that the marks are enough. */
function isSavedRun(value: unknown): value is SavedRun {
  if (!isPlainObject(value)) return false;
  const { format, identity, kernels, progress, holds } = value;
  return (
    format === "nabla-training" &&
    value.version === version &&
    isPlainObject(identity) &&
    isPlainObject(kernels) &&
    isPlainObject(progress) &&
    Array.isArray(holds)
  );
}

/** @throws ArgumentError where a run is another one, with what differs. */
export function checkIdentity(saved: RunIdentity, own: RunIdentity): void {
  for (const [what, value] of Object.entries(own))
    if (
      !samePlain(JSON.parse(JSON.stringify(saved[what] ?? null)), JSON.parse(JSON.stringify(value ?? null)))
    )
      throw new ArgumentError(
        `train({ resume }): the checkpoint belongs to another run: its ${what} is ${shown(saved[what])}, here ${shown(value)}; continue it as it was begun, or give its parameters as \`start\``,
      );
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
