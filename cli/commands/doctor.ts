/** `nabla doctor`: what was found on this machine. */

import type { Command } from "commander";
import type { CandidateFacts, KernelFacts } from "../kernel-facts.ts";
import { type MachineFacts, machineFacts } from "../machine-facts.ts";
import { colours, toJson } from "../output.ts";

/** Adds the command. */
export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .summary("what was found on this machine")
    .description("Says what was found on this machine and what Nabla makes of it.")
    .option("--json", "print one line of JSON")
    .option("--no-measure", "do not measure how fast the kernels multiply (about a second for each)")
    .action((options: { readonly json?: true; readonly measure: boolean }) => {
      const facts = machineFacts(options.measure);
      console.log(options.json ? toJson(facts) : show(facts));
    });
}

function show(facts: MachineFacts): string {
  const { bold, green, yellow } = colours();
  const yes = (found: boolean): string => (found ? green("yes") : yellow("no"));
  const { node, cpu, memory, webAssembly } = facts;
  const rows: readonly (readonly [name: string, finding: string])[] = [
    ["Nabla", facts.nabla],
    [
      "Node",
      `${node.version}, ${node.isSupported ? green("supported") : yellow("not supported")} (${node.required})`,
    ],
    ["Platform", `${facts.platform} ${facts.arch}`],
    ["Processor", `${cpu.model}, ${cpu.cores} ${cpu.cores === 1 ? "core" : "cores"}`],
    ["Memory", `${gibibytes(memory.total)} GiB, ${gibibytes(memory.free)} GiB free`],
    ["WebAssembly", yes(webAssembly.isAvailable)],
    ["  SIMD", yes(webAssembly.simd)],
    ["  relaxed SIMD", yes(webAssembly.relaxedSimd)],
    ["  threads", yes(webAssembly.threads)],
    ["Float16Array", yes(facts.float16Array)],
    ["Evaluation", evaluation(facts.kernels)],
    ...facts.kernels.candidates.map((candidate) => [`  ${candidate.name}`, speed(candidate)] as const),
  ];
  const names = rows.map(([name]) => name);
  const width = Math.max(...names.map((name) => name.length));
  return rows.map(([name, finding]) => `${bold(name.padEnd(width))}  ${finding}`).join("\n");
}

/** "compiled programs with OpenBLAS 0.3.21, 2 threads". */
function evaluation({ chosen }: KernelFacts): string {
  if ("reason" in chosen) return colours().yellow(chosen.reason);
  return `compiled programs with ${chosen.description}`;
}

function speed({ description, reason, gigaflops }: CandidateFacts): string {
  if (reason !== undefined) return `${colours().yellow("no")}, ${reason}`;
  if (gigaflops === undefined) return `${description}`;
  const rounded = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
  return `${description}: ${rounded(gigaflops.float32)} GFLOP/s float32, ${rounded(gigaflops.float64)} float64`;
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1);
}
