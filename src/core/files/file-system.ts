/** Node's file system, had at run time: the same file of Nabla runs in browsers, which have none. */
import { showValue } from "../checks.ts";
import { ArgumentError } from "../errors.ts";

/** Node's modules by their names. */
type Module<Name extends "node:fs" | "node:path" | "node:crypto" | "node:os"> = ReturnType<
  typeof process.getBuiltinModule<Name>
>;

/** What is needed of Node to deal with files. */
export interface FileSystem {
  readonly fs: Module<"node:fs">;
  readonly path: Module<"node:path">;
  readonly crypto: Module<"node:crypto">;
  readonly os: Module<"node:os">;
}

/**
 * Node's modules for files. `call` and `remedy` are for the sentence: "`call`: there are no files here; `remedy`".
 *
 * @throws ArgumentError where there is no Node, as in browsers.
 */
export function fileSystem(call: string, remedy: string): FileSystem {
  const host: { readonly process?: Partial<NodeJS.Process> } = globalThis;
  const load = host.process?.getBuiltinModule;
  if (load === undefined) throw new ArgumentError(`${call}: there are no files here; ${remedy}`);
  return {
    fs: load("node:fs"),
    path: load("node:path"),
    // Loaded where they are needed, which takes its time.
    get crypto() {
      return load("node:crypto");
    },
    get os() {
      return load("node:os");
    },
  };
}

/** What the operating system calls the trouble (`ENOENT`, `EACCES`), or what the message says. */
export function troubleOf(error: unknown): string {
  if (!(error instanceof Error)) return showValue(error);
  return "code" in error ? String(error.code) : error.message;
}
