/**
 * A peer in a process of its own, which lives as long as the run. It is asked by lines and answers each by a line:
 *
 *     → time 100 adam-step        repeat the work for about 100 ms
 *     ← 2.31                      milliseconds of one call
 *     → check adam-step
 *     ← 2.302585                  the number that the work computes
 *
 * Its first line is `ready` and its version; `error` and a reason says that it cannot do the work.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Long enough for any work that is measured here, in milliseconds. */
const patience = 120_000;

/** Starts the first of several commands that answers; `{ reason }` where none does. */
export async function startChild(commands, environment) {
  for (const [command, ...args] of commands) {
    const child = launch(command, args, environment);
    const first = await child.nextLine();
    if (first?.startsWith("ready")) return { version: first.slice("ready ".length), ...child };
    child.end();
  }
  return { reason: "absent" };
}

function launch(command, args, environment) {
  const env = { ...process.env, ...environment };
  const child = spawn(command, args, {
    env,
    stdio: ["pipe", "pipe", process.env.NABLA_BENCH_DEBUG ? "inherit" : "ignore"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  // A command that is not there ends its output, which is all that is asked about it.
  child.on("error", () => {});
  child.stdin.on("error", () => {});
  const nextLine = async () => {
    const timer = setTimeout(() => child.kill(), patience);
    const { value } = await lines.next();
    clearTimeout(timer);
    return value;
  };
  return {
    nextLine,
    ask: (request) => {
      child.stdin.write(`${request}\n`);
      return nextLine();
    },
    end: () => child.stdin.end(),
  };
}
