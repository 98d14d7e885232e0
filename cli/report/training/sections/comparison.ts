/** The runs side by side as a table. */

import { escapeXml } from "../../../minimize/plot/sheet.ts";
import { count, duration, loss, percent } from "../../format.ts";
import { type Column, columnsTable, shown } from "../drawing/columns.ts";
import { swatch } from "../drawing/picture.ts";
import { accuracyOf, bestRun, type ReportRun, type TrainingReport } from "../report.ts";

/** The section. */
export function comparisonSection({ runs, data }: TrainingReport): string {
  const { testName = "test" } = data;
  const best = runs.length > 1 ? bestRun(runs) : -1;
  const rows = runs.map((run, i) => ({
    head: `${runs.length > 1 ? `${swatch(i)} ` : ""}${escapeXml(run.title)}`,
    of: run,
    ...(i === best && { look: "best" }),
  }));
  const note = best >= 0 ? "Bold is the best. " : "";
  return `<section>
<h2>${runs.length > 1 ? "The runs compared" : "What it came to"}</h2>
<p class="soft">${note}Train loss and accuracy are means over the steps of the last epoch, each before it was taken; those of the ${testName} belong to the parameters at the end.</p>
${columnsTable("The runs compared", "run", columnsOf(testName), rows)}
</section>`;
}

function columnsOf(testName: string): readonly Column<ReportRun>[] {
  const last = ({ epochs }: ReportRun) => epochs.at(-1);
  return [
    { name: `${testName} accuracy`, read: (run) => shown(accuracyOf(run), percent) },
    { name: `${testName} loss`, read: ({ test }) => shown(test?.loss, loss) },
    { name: "train accuracy", read: (run) => shown(last(run)?.metrics.accuracy, percent) },
    { name: "train loss", read: (run) => shown(last(run)?.loss, loss) },
    { name: "optimizer", read: ({ optimizer, title }) => (isSaidIn(title, optimizer) ? "" : optimizer) },
    { name: "rate", read: ({ rate }) => rate },
    { name: "schedule", read: ({ schedule }) => schedule },
    { name: "time", read: ({ seconds }) => duration(seconds) },
    { name: "ended", read: ({ reason }) => (reason === "max-epochs" ? "" : reason) },
    { name: "examples/s", read: ({ examplesPerSecond }) => count(examplesPerSecond) },
  ];
}

/** Whether a title begins with the optimizer's name already: "AdamW with cosine decay". */
const isSaidIn = (title: string, optimizer: string): boolean =>
  title.toLowerCase().startsWith(optimizer.toLowerCase());
