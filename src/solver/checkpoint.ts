/** A run as plain data: enough to continue it bit for bit. */
import { showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import type { MethodCard, Settings } from "./card.ts";
import { checkpointFault } from "./checkpoint-shape.ts";
import type { State } from "./method.ts";
import { clonePlain, samePlain } from "./plain-data.ts";
import type { ProblemFacts } from "./problem.ts";
import type { RunRecord } from "./record.ts";

/** The version of the form below; it grows when old checkpoints can no longer be read. */
export const checkpointVersion = 1;

/** A saved run. */
export interface Checkpoint {
  readonly format: "nabla-checkpoint";
  readonly version: number;
  readonly method: { readonly name: string; readonly settings: Settings };
  readonly dimension: number;
  /** Who computed. */
  readonly kernels: string;
  readonly state: State;
  readonly record: RunRecord;
}

/** What identifies a run: a checkpoint of one fits another only where these agree. */
export interface RunIdentity {
  readonly method: { readonly card: MethodCard; readonly settings: Settings };
  readonly problem: Pick<ProblemFacts, "dimension" | "kernels">;
}

/** Takes a copy of a run as it stands. */
export function takeCheckpoint(
  { method, problem }: RunIdentity,
  state: State,
  record: RunRecord,
  elapsed: number,
): Checkpoint {
  return {
    format: "nabla-checkpoint",
    version: checkpointVersion,
    method: { name: method.card.name, settings: clonePlain(method.settings) },
    dimension: problem.dimension,
    kernels: problem.kernels,
    state: clonePlain(state),
    record: clonePlain({ ...record, elapsedBefore: elapsed }),
  };
}

/**
 * State and record of a checkpoint, copied.
 *
 * @throws ArgumentError when it belongs to another method, other settings, another problem size or another version.
 */
export function openCheckpoint<S extends State>(
  saved: Checkpoint,
  { method, problem }: RunIdentity,
  call: string,
): { state: S; record: RunRecord } {
  if (saved?.format !== "nabla-checkpoint")
    throw new ArgumentError(
      `${call}({ resume }): needs a checkpoint of Nabla, or the path of one; got ${showValue(saved)}`,
    );
  const refuse = (what: string, theirs: unknown, ours: unknown, remedy: string): ArgumentError =>
    new ArgumentError(
      `${call}({ resume }): the checkpoint was made ${what} ${showValue(theirs)}, this run is ${showValue(ours)}; ${remedy}`,
    );
  if (saved.version !== checkpointVersion)
    throw refuse(
      "in version",
      saved.version,
      checkpointVersion,
      "continue it with the version of Nabla that wrote it, or begin anew",
    );
  const fault = checkpointFault(saved);
  if (fault !== undefined)
    throw new ArgumentError(`${call}({ resume }): the checkpoint is damaged: ${fault}; take an earlier one`);
  if (saved.method.name !== method.card.name)
    throw refuse(
      "by method",
      saved.method.name,
      method.card.name,
      "continue it with the same method, or start from its best point",
    );
  if (!samePlain(saved.method.settings, method.settings))
    throw refuse(
      "with the settings",
      JSON.stringify(saved.method.settings),
      JSON.stringify(method.settings),
      "continue it with the same settings, or start from its best point",
    );
  if (saved.dimension !== problem.dimension)
    throw refuse(
      "for variables numbering",
      saved.dimension,
      problem.dimension,
      "continue it on the same problem",
    );
  if (saved.kernels !== problem.kernels)
    throw refuse(
      "with the kernels",
      saved.kernels,
      problem.kernels,
      "choose the same kernels, since bits depend on them",
    );
  return { state: ownState<S>(saved.state), record: clonePlain(saved.record) };
}

/** The state of a method as that method knows it: who wrote it was checked by name and settings. */
function ownState<S extends State>(state: State): S {
  return clonePlain(state) as S;
}
