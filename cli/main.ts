#!/usr/bin/env node
/** The command `nabla`. */

import { NablaError } from "../src/core/errors.ts";
import { protectFormula } from "./arguments.ts";
import { CommanderError, createProgram } from "./program.ts";

/** Exit codes: what was asked for could not be computed; it was asked for in a way that is not understood. */
const failed = 1;
const wrongUsage = 2;

async function run(args: readonly string[]): Promise<number> {
  const program = createProgram();
  if (args.length === 0) {
    program.outputHelp();
    return 0;
  }
  try {
    await program.parseAsync(protectFormula(program, args), { from: "user" });
    return 0;
  } catch (error) {
    // Commander has already printed its message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongUsage;
    if (!(error instanceof NablaError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    return failed;
  }
}

// Whoever reads may have read enough (`nabla ... | head -1`).
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

const code = await run(process.argv.slice(2));
// An interrupted command prints what it has, and says so by an exit code of its own.
if (code !== 0) process.exitCode = code;
