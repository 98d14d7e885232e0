/** Losses, metrics and times as people read them. */

import { showNumber } from "../../../src/core/show-number.ts";
import type { Judgement } from "../../../src/train/reports.ts";
import { count, duration, percent } from "../../report/format.ts";

/** Four significant digits, which is more than one training tells of another. */
export const shortNumber = (value: number): string => showNumber(value, 4);

/** A metric: shares of what is right in per cent. */
function metricText(name: string, value: number): string {
  return name.endsWith("accuracy") && Number.isFinite(value) ? percent(value) : shortNumber(value);
}

/** The name of a metric in tables. */
function metricName(name: string): string {
  if (name === "r-squared") return "R²";
  if (name === "binary-accuracy") return "accuracy";
  return name.replaceAll("-", " ");
}

/** Everything that was judged: `["loss", "0.1"], ["accuracy", "97.10 %"]`. */
export function judgementCells({ loss, metrics }: Judgement): (readonly [name: string, text: string])[] {
  return [
    ["loss", shortNumber(loss)],
    ...Object.entries(metrics).map(([name, value]) => [metricName(name), metricText(name, value)] as const),
  ];
}

/** The accuracy among metrics, where there is one. */
export function accuracyOf(judged: Pick<Judgement, "metrics"> | undefined): number | undefined {
  return judged?.metrics.accuracy ?? judged?.metrics["binary-accuracy"];
}

/** `0.3 ms`, `850 ms`, `24.3 s`, `2 min 5 s`, `1 h 2 min`. */
export function timeText(seconds: number): string {
  if (!Number.isFinite(seconds)) return "unknown";
  if (seconds < 0.00995) return `${(1000 * seconds).toFixed(1)} ms`;
  if (seconds < 0.9995) return `${Math.round(1000 * seconds)} ms`;
  if (seconds < 3600) return duration(seconds);
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** `1 flower`, `7,812 flowers`. */
export function counted(value: number, things: string): string {
  return `${count(value)} ${value === 1 ? things.replace(/s$/, "") : things}`;
}
