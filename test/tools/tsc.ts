/** The TypeScript compiler, run on a folder of made files. */

import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The project's folder. */
export const root: string = join(import.meta.dirname, "../..");

/** One message of the compiler; `file` is relative to the folder compiled. */
export interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Writes the files into a fresh folder `.cache/<name>` of the project and returns its path. */
export function writeFolder(name: string, files: ReadonlyMap<string, string>): string {
  const folder = join(root, ".cache", name);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Compiles all files of a folder `.cache/<name>` as one program under the project's own options. */
export async function typeCheck(folder: string): Promise<Diagnostic[]> {
  const config = { extends: "../../tsconfig.json", include: ["./**/*.ts"], exclude: [] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  return parseDiagnostics(await runTsc(folder));
}

/** Runs tsc on the tsconfig.json of a folder and returns what it prints. */
export function runTsc(folder: string): Promise<string> {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  return new Promise((resolve, reject) => {
    const args = [tsc, "--project", "tsconfig.json", "--pretty", "false"];
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      // Code 1 and 2 mean that there are diagnostics; anything else that tsc itself failed.
      if (error && error.code !== 1 && error.code !== 2)
        reject(new Error(`tsc failed: ${stderr || error.message}`));
      else resolve(stdout);
    });
  });
}

/** Reads `file(line,column): error TS1: message`, with the indented lines that explain it; other files' are left out. */
function parseDiagnostics(output: string): Diagnostic[] {
  const found: { file: string; line: number; message: string }[] = [];
  for (const text of output.split("\n")) {
    const match = /^([^\s(][^(]*)\((\d+),\d+\): error (TS\d+: .*)$/.exec(text);
    const last = found.at(-1);
    if (match) found.push({ file: match[1] ?? "", line: Number(match[2]), message: match[3] ?? "" });
    else if (/^error /.test(text)) throw new Error(`tsc could not start: ${text}`);
    else if (last && text.startsWith(" ")) last.message += `\n${text}`;
  }
  return found.filter(({ file }) => !file.startsWith(".."));
}
