/** Who computes, as the command line says it. */

import type { Command } from "commander";
import { useKernels } from "../../../src/kernels/index.ts";
import { madeOf } from "../../typed/numbers.ts";
import type { MachineOptions } from "../options.ts";

/** The choices of `--kernels`. */
export const kernelNames: readonly NonNullable<MachineOptions["kernels"]>[] = [
  "native",
  "wasm-threads",
  "wasm",
  "deterministic",
];

/** Takes the kernels that were asked for; those that are not to be had end as wrong usage. */
export function chooseKernels(command: Command, { kernels, threads }: MachineOptions): void {
  if (kernels === undefined && threads === undefined) return;
  const provider = kernels === undefined || kernels === "deterministic" ? {} : { provider: kernels };
  const options = {
    ...provider,
    ...(kernels === "deterministic" && { deterministic: true }),
    ...(threads !== undefined && { threads }),
  };
  madeOf(command, kernels === undefined ? "--threads" : "--kernels", () => useKernels(options));
}
