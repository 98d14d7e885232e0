/** The report of a training: one HTML file with everything in it, to be read without a network and without scripts. */

import { escapeXml } from "../../minimize/plot/sheet.ts";
import type { TrainingReport } from "./report.ts";
import { modelSection, nextSection, settingsSection, warningsSection } from "./sections/closing.ts";
import { comparisonSection } from "./sections/comparison.ts";
import { confusionSection } from "./sections/confusion.ts";
import { decisionSection } from "./sections/decision.ts";
import { digitsSection } from "./sections/digits.ts";
import { epochsSection } from "./sections/epochs.ts";
import { headline } from "./sections/headline.ts";
import { lossSection } from "./sections/loss.ts";
import { weightsSection } from "./sections/weights.ts";
import { STYLE } from "./style.ts";

/** The sections in their order; each is empty where the report has nothing for it. */
const sections: readonly ((report: TrainingReport) => string)[] = [
  warningsSection,
  decisionSection,
  lossSection,
  comparisonSection,
  epochsSection,
  confusionSection,
  digitsSection,
  weightsSection,
  modelSection,
  settingsSection,
  nextSection,
];

/** The whole page. */
export function trainingPage(report: TrainingReport): string {
  const main = sections.map((section) => section(report)).filter((html) => html !== "");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Nabla: ${escapeXml(report.title)}</title>
<style>${STYLE}</style>
</head>
<body>
${headline(report)}
<main>
${main.join("\n")}
</main>
</body>
</html>
`;
}
