/** Runs the built command as a user would. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../dist/node/cli/main.js", import.meta.url));

/** The words that call the command. */
export const commandLine: readonly string[] = [process.execPath, main];

/** What a run of the command left behind. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `nabla` with arguments; `environment` is added to one without colour settings. */
export function nabla(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Outcome {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: "utf8",
    env: { ...inherited, ...environment },
  });
  return { code: status, stdout, stderr };
}

/** Runs a line of shell in which `$NABLA` is the command. */
export function shell(line: string): Outcome {
  const { status, stdout, stderr } = spawnSync("bash", ["-o", "pipefail", "-c", line], {
    encoding: "utf8",
    env: { ...process.env, NABLA: `${process.execPath} ${main}` },
  });
  return { code: status, stdout, stderr };
}
