/** Which class was taken for which: a picture made of a table. */

import { at } from "../../../../src/core/exactly.ts";
import { escapeXml } from "../../../minimize/plot/sheet.ts";
import { className } from "../drawing/words.ts";
import { bestRun, type TrainingReport } from "../report.ts";

/** Tables of more classes cannot be taken in. */
const mostClasses = 20;

/** How many mistakes are said in words. */
const saidMistakes = 3;

/** The section of the best run, or nothing where there are no classes or too many. */
export function confusionSection({ runs, labels }: TrainingReport): string {
  const run = at(runs, bestRun(runs));
  const { confusion } = run;
  if (confusion === undefined || confusion.length < 2 || confusion.length > mostClasses) return "";
  const names = confusion.map((_, i) => escapeXml(className(labels, i)));
  const most = Math.max(1, ...confusion.flatMap((row, i) => row.filter((_, j) => j !== i)));
  const rows = confusion.map((row, i) => {
    const cells = row.map((examples, j) => cell(examples, i === j, examples / most));
    return `<tr><th scope="row">${at(names, i)}</th>${cells.join("")}</tr>`;
  });
  const by = runs.length > 1 ? ` by ${escapeXml(run.title)}` : "";
  return `<section>
<h2>What is taken for what</h2>
<p class="soft">Rows are what the examples are, columns what they were taken for${by}; right ones stand on the diagonal. ${commonest(confusion, names)}</p>
<div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix"><table ${looksFor(names)}>
<thead><tr><th></th>${names.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>
</section>`;
}

/** Columns are alike where all names are short. */
function looksFor(names: readonly string[]): string {
  if (names.some((name) => name.length > 3)) return 'class="confusion"';
  return `class="confusion short" style="max-width: ${3 * (names.length + 1)}rem"`;
}

/** The darker, the more of all mistakes; by the root, so that single ones can be seen. */
function cell(examples: number, isRight: boolean, share: number): string {
  if (isRight) return `<td class="hit">${examples}</td>`;
  if (examples === 0) return '<td class="none">·</td>';
  return `<td class="miss" style="--share: ${Math.round(70 * Math.sqrt(share))}%">${examples}</td>`;
}

/** `Most often 4 was taken for 9 (12 times), 7 for 2 (9).` */
function commonest(confusion: readonly (readonly number[])[], names: readonly string[]): string {
  const mistakes = confusion
    .flatMap((row, i) => row.map((examples, j) => ({ i, j, examples })))
    .filter(({ i, j, examples }) => i !== j && examples > 0)
    .sort((a, b) => b.examples - a.examples)
    .slice(0, saidMistakes);
  if (mistakes.length === 0) return "There was no mistake.";
  const said = mistakes.map(({ i, j, examples }, place) => {
    const times = place > 0 ? String(examples) : `${examples} ${examples === 1 ? "time" : "times"}`;
    return `${at(names, i)}${place > 0 ? "" : " was taken"} for ${at(names, j)} (${times})`;
  });
  return `Most often ${said.join(", ")}.`;
}
