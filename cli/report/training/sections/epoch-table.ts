/** All epochs of all runs as figures, folded away. */

import type { EpochReport } from "../../../../src/train/reports.ts";
import { escapeXml } from "../../../minimize/plot/sheet.ts";
import { count, duration, loss, percent, rate as rateText } from "../../format.ts";
import { type Column, columnsTable, shown } from "../drawing/columns.ts";
import { swatch } from "../drawing/picture.ts";
import type { ReportRun } from "../report.ts";

/** The table; what the examples to judge by are called stands in the names of its columns. */
export function epochTable(runs: readonly ReportRun[], testName: string): string {
  const rows = runs.flatMap(({ title, epochs }, i) =>
    epochs.map((epoch) => ({
      head: runs.length > 1 ? `${swatch(i)} ${escapeXml(title)}, ${epoch.epoch}` : String(epoch.epoch),
      of: epoch,
    })),
  );
  const corner = runs.length > 1 ? "run, epoch" : "epoch";
  return `<details>
<summary>All epochs as figures</summary>
${columnsTable("All epochs as figures", corner, columnsOf(testName), rows)}
</details>`;
}

function columnsOf(testName: string): readonly Column<EpochReport>[] {
  return [
    { name: `${testName} accuracy`, read: ({ validation }) => shown(validation?.metrics.accuracy, percent) },
    { name: `${testName} loss`, read: ({ validation }) => shown(validation?.loss, loss) },
    { name: "train accuracy", read: ({ metrics }) => shown(metrics.accuracy, percent) },
    { name: "train loss", read: (epoch) => loss(epoch.loss) },
    { name: "‖g‖", read: ({ gradientNorm }) => (Number.isNaN(gradientNorm) ? "" : loss(gradientNorm)) },
    { name: "rate", read: ({ rate }) => shown(rate, rateText) },
    { name: "examples/s", read: ({ examplesPerSecond }) => count(examplesPerSecond) },
    { name: "time", read: ({ seconds }) => duration(seconds) },
  ];
}
