/** What a training came to, as a table and a few facts. */

import type { Judgement } from "../../../src/train/reports.ts";
import { table } from "../../output.ts";
import type { Findings } from "../running.ts";
import type { Fact } from "./facts.ts";
import { counted, judgementCells, timeText } from "./figures.ts";

/** Losses and metrics, a column for each part of the examples. */
export function figuresTable({ result, test, task }: Findings): string {
  const last = result.epochs.at(-1);
  const columns: [string, Judgement | undefined][] = [
    ["training", last],
    ["validation", task.settings.validation === undefined ? undefined : result.validation],
    ["test", test],
  ];
  const present = columns.filter((column): column is [string, Judgement] => column[1] !== undefined);
  if (present.length === 0) return "";
  const cells = present.map(([name, judged]) => [name, new Map(judgementCells(judged))] as const);
  const names = [...new Set(cells.flatMap(([, each]) => [...each.keys()]))];
  return table([
    ["", ...names],
    ...cells.map(([head, each]) => [head, ...names.map((name) => each.get(name) ?? "")]),
  ]);
}

/** Where files were left. */
export interface Left {
  readonly saved?: string;
  readonly checkpoint?: string;
  readonly report?: string;
}

/** How it ended, and what there is now. */
export function conclusion({ result }: Findings, left: Left): Fact[] {
  const { reason, advice, steps, seconds, chosenEpoch, kernels } = result;
  const detail = reason === "aborted" ? "interrupted" : result.detail.replace(/\.$/, "");
  return [
    ["ended", `${reason}: ${detail}; ${counted(steps, "steps")} in ${timeText(seconds)} by ${kernels}`],
    ...(isExpected(reason) ? [] : [["advice", advice] as const]),
    ...(chosenEpoch === undefined
      ? []
      : [["parameters", `those of epoch ${chosenEpoch}, the best`] as const]),
    ...(left.saved === undefined ? [] : [["model", left.saved] as const]),
    ...(left.checkpoint === undefined ? [] : [["checkpoints", left.checkpoint] as const]),
    ...(left.report === undefined ? [] : [["report", left.report] as const]),
  ];
}

/** Endings that ask for nothing. */
function isExpected(reason: Findings["result"]["reason"]): boolean {
  return reason === "max-epochs" || reason === "converged" || reason === "aborted";
}
