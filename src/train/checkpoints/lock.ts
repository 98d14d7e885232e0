/**
 * One writer to a folder: `.nabla-lock` tells which process writes. Where that process has ended, killed or not, the next writer takes the lock over; where it
 * runs on another machine (or in a container that is gone), too, since nobody can know. Whoever lost the lock finds out before the next write.
 */
import { FileError } from "../../core/errors.ts";
import type { FileSystem } from "../../core/files/file-system.ts";
import { replaceFile } from "../../core/files/whole-file.ts";
import { isPlainObject } from "../../core/tree.ts";
import { lockName } from "./entries.ts";

/** The right to write. */
export interface Lock {
  /** @throws FileError when somebody else has taken it over. */
  readonly check: () => void;
  /** Gives it back, if it is still held. */
  readonly release: () => void;
}

/** Who writes. */
interface Holder {
  /** Tells holders apart, also within one process. */
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  /** Where it can be known, when the process began: numbers of processes are used again. */
  readonly born: string | null;
}

/**
 * Takes the lock of a folder; `title` names it in messages.
 *
 * @throws FileError when another process that runs holds it.
 */
export function takeLock(system: FileSystem, folder: string, title: string): Lock {
  const file = system.path.join(folder, lockName);
  const token = crypto.randomUUID();
  const host = system.os.hostname();
  const { pid } = process;
  const take = (): void =>
    replaceFile(system, file, JSON.stringify({ token, pid, host, born: bornOf(system, pid) }));
  const holder = holderIn(system, file);
  if (holder !== undefined && holder.pid !== pid && holder.host === host && runs(system, holder))
    throw new FileError(
      `${title}: process ${holder.pid} writes checkpoints there; end it first, or choose another folder`,
    );
  take();
  return {
    check: () => {
      const present = holderIn(system, file);
      if (present === undefined) take();
      else if (present.token !== token)
        throw new FileError(
          `${title}: process ${present.pid} on ${present.host} has taken the folder over; choose another one for this run`,
        );
    },
    release: () => {
      if (holderIn(system, file)?.token === token) system.fs.rmSync(file, { force: true });
    },
  };
}

/** Who holds the lock; undefined where nobody does, or the file is none of ours. */
function holderIn({ fs }: FileSystem, file: string): Holder | undefined {
  try {
    const written: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
    return isHolder(written) ? written : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  return (
    isPlainObject(value) &&
    typeof value.token === "string" &&
    typeof value.host === "string" &&
    Number.isSafeInteger(value.pid)
  );
}

function runs(system: FileSystem, { pid, born }: Holder): boolean {
  try {
    // Signal 0 only asks.
    process.kill(pid, 0);
  } catch (error) {
    // A process of another user cannot be signalled, and is there.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  const now = bornOf(system, pid);
  return born === null || now === null || born === now;
}

/** The machine's start and the process's, where Linux tells them. proc_pid_stat(5), field 22. */
function bornOf({ fs }: FileSystem, pid: number): string | null {
  try {
    const boot = fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    // Field 2 is a name in brackets, with anything in it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return `${boot} ${fields[22 - 3] ?? ""}`;
  } catch {
    return null;
  }
}
