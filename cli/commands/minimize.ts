/** `nabla minimize`: the minimum of a formula, or of a sum of squares, from a start. */

import type { Command } from "commander";
import { allMethods, type MinimizeResult } from "../../src/minimize/index.ts";
import { Interruption, interruptionSignal } from "../interruption.ts";
import { type LimitOptions, limitsOf } from "../minimize/limits.ts";
import { type MethodOptions, methodOf } from "../minimize/method.ts";
import { drawingOf } from "../minimize/picture.ts";
import { type Form, formOf } from "../minimize/plot/form.ts";
import { type FormulaProblem, readProblem, solveFormulas } from "../minimize/problem.ts";
import { terminalProgress } from "../minimize/progress.ts";
import { summaryOf } from "../minimize/samples.ts";
import { jsonOf, showFindings } from "../minimize/show.ts";
import { traceOf, traceTable } from "../minimize/trace.ts";
import { toJson, wrap } from "../output.ts";
import { type Point, pointOf } from "../point.ts";
import { collect, readCount, readNonNegative } from "../values.ts";
import { obstacle, writeWhole } from "../write-file.ts";

interface MinimizeOptions extends MethodOptions, LimitOptions {
  readonly start?: readonly string[];
  readonly trace?: true;
  readonly plot?: string;
  readonly json?: true;
}

/** Adds the command. */
export function addMinimize(program: Command): void {
  const command = program
    .command("minimize")
    .summary("the minimum of a formula, or of a sum of squares")
    .description(
      "Finds the minimum of a formula from a start. Several formulas are residuals r: then ½‖r‖² is minimized.",
    )
    .argument("<formula...>", "the formula, in quotes; several are residuals")
    .option("--start <values>", "where to begin: x=-1.2,y=1 (may be given several times)", collect)
    .option("--method <name>", "the method (nabla methods lists them); chosen by the problem if left out")
    .option(
      "--set <name=value>",
      "a number of the method, such as rate=0.01 (may be given several times)",
      collect,
    )
    .option("--seed <number>", "where a method's random numbers come from", readCount)
    .option(
      "--tolerance <number>",
      "limit of the gradient test; where there is none, of the others",
      readNonNegative,
    )
    .option("--max-steps <count>", "steps at most; 10000 if left out", readCount)
    .option("--max-evaluations <count>", "evaluations at most", readCount)
    .option("--time-limit <ms>", "milliseconds at most", readNonNegative)
    .option("--trace", "print a line for every step")
    .option("--plot <file>", "draw function and path, into an .svg or .html file")
    .option("--checkpoint <file>", "save the run every ten seconds and at its end")
    .option("--resume <file>", "continue a run from its checkpoint")
    .option("--json", "print one line of JSON with all digits")
    .addHelpText("after", help);
  command.action((texts: string[], options: MinimizeOptions) => minimizeFormulas(command, texts, options));
}

async function minimizeFormulas(
  command: Command,
  texts: readonly string[],
  options: MinimizeOptions,
): Promise<void> {
  const { problem, start } = readTask(command, texts, options);
  const method = methodOf(command, options, problem);
  const limits = limitsOf(command, options, method);
  const plot = plotOf(command, options);
  checkFiles(command, options);
  const signal = interruptionSignal();
  const progress = terminalProgress(process.stderr);
  const result = await solveFormulas(problem, start, {
    ...limits,
    ...(method && { method }),
    ...(progress && { onStep: progress.step }),
    recordPath: true,
    signal,
  }).finally(() => progress?.close());
  // A fifth of a second to load, for those who want it.
  const plotting = plot && (await import("../minimize/plot/index.ts"));
  // Printed first, so that no mishap in drawing or writing loses the result.
  report(result, problem, options);
  if (plot && plotting) writeWhole(plot.path, plotting.picture(drawingOf(problem, result), plot.form));
  if (result.reason === "aborted" && signal.reason instanceof Interruption)
    process.exitCode = signal.reason.exitCode;
}

/** Formulas and start; its order of variables is also that of the axes of a picture. */
function readTask(
  command: Command,
  texts: readonly string[],
  options: MinimizeOptions,
): { readonly problem: FormulaProblem; readonly start: Point } {
  const point = texts.find((text) => /^\s*[\p{L}_$][\p{L}\p{M}\d_$]*\s*=[^=]/u.test(text));
  if (point !== undefined)
    command.error(`error: "${point}" is no formula; where to begin is said by --start ${point}`);
  const problem = readProblem(texts);
  if (problem.variables.length === 0)
    command.error("error: there is no variable to minimize over; write one, for example (x-3)^2");
  const start = pointOf(command, "--start", problem.variables, options.start ?? []);
  const [endless] = Object.entries(start).find(([, value]) => !Number.isFinite(value)) ?? [];
  if (endless !== undefined)
    command.error(`error: --start: ${endless} must be finite; begin where the formula has a value`);
  return { problem: { ...problem, variables: Object.keys(start) }, start };
}

function plotOf(
  command: Command,
  { plot: path }: MinimizeOptions,
): { readonly path: string; readonly form: Form } | undefined {
  if (path === undefined) return undefined;
  const form = formOf(path);
  return form === undefined
    ? command.error(`error: --plot needs a file whose name ends in .svg or .html; got "${path}"`)
    : { path, form };
}

function report(
  result: MinimizeResult<Point>,
  { variables }: FormulaProblem,
  { json, trace: isTraced, plot }: MinimizeOptions,
): void {
  const trace = isTraced ? traceOf(result) : undefined;
  const findings = { result, variables, sampled: summaryOf(result, variables), trace, plot };
  if (json) console.log(toJson(jsonOf(findings)));
  else {
    if (trace !== undefined) console.log(`${traceTable(trace, variables)}\n`);
    console.log(showFindings(findings));
  }
}

/** Files that could not be written in the end are refused before the work. */
function checkFiles(command: Command, { plot, checkpoint }: MinimizeOptions): void {
  for (const [option, path] of Object.entries({ plot, checkpoint })) {
    const problem = path === undefined ? undefined : obstacle(path);
    if (problem !== undefined)
      command.error(`error: --${option} needs the path of a file that can be written: ${problem}`);
  }
}

function help(): string {
  return `
Examples:
  nabla minimize "(1-x)^2+100*(y-x^2)^2" --start x=-1.2,y=1
  nabla minimize "10*(y-x^2)" "1-x" --start x=-1.2,y=1 --trace
  nabla minimize "(x^2+y-11)^2+(x+y^2-7)^2" --start x=0,y=0 --method levenberg-marquardt
  nabla minimize "x^2+10*y^2" --start x=1,y=1 --method adam --set rate=0.1 --plot run.svg
  nabla minimize "x^2/2" --start x=0 --method metropolis-hastings --seed 1

Methods: ${wrap(
    allMethods().map(({ card }, i, all) => card.name + (i + 1 < all.length ? "," : "")),
    " ".repeat(9),
  )}
What a formula may hold: nabla diff --help. What a method does: nabla methods <name>.

A picture shows the curve (one variable), the landscape (two), or how value and gradient fell.
Ctrl-C stops a run, prints the best point so far and ends with 130; a second one ends at once.

JSON: {"x":{"x":1,"y":1},"value":0,"gradientNorm":0,"reason":"converged","converged":true,
  "steps":34,"evaluations":{"value":40,"gradient":35,"hessian":0},"method":"bfgs",...}
gradientNorm is null where it is not known. NaN and infinities are the strings "NaN", "Infinity"
and "-Infinity". With --trace there is a list "trace" of {step, value, gradientNorm, stepNorm, x};
a method that samples adds samples, acceptance, mean, standardDeviation and more.

Exit codes: 0 there is a result, converged or not ("reason" and "converged" tell); 1 no formula, or
it could not be computed; 2 wrong usage (such as a missing value); 130 interrupted.`;
}
