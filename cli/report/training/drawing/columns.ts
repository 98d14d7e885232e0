/** Tables of the page, made of columns. */

import { escapeXml } from "../../../minimize/plot/sheet.ts";

/** A column: its name, and what a row has there. It is left out where no row has anything. */
export interface Column<T> {
  readonly name: string;
  readonly read: (row: T) => string;
}

/** A row: what stands in front of it (markup), what is read, and a class of the style sheet. */
export interface Row<T> {
  readonly head: string;
  readonly of: T;
  readonly look?: string;
}

/** A table that scrolls by itself where it is too wide. */
export function columnsTable<T>(
  label: string,
  corner: string,
  columns: readonly Column<T>[],
  rows: readonly Row<T>[],
): string {
  const shown = columns.filter(({ read }) => rows.some((row) => read(row.of) !== ""));
  const lines = rows.map(({ head, of, look }) => {
    const cells = shown.map(({ read }) => `<td>${escapeXml(read(of))}</td>`);
    return `<tr${look === undefined ? "" : ` class="${look}"`}><th scope="row">${head}</th>${cells.join("")}</tr>`;
  });
  const names = [corner, ...shown.map(({ name }) => name)];
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeXml(label)}"><table class="runs">
<thead><tr>${names.map((name) => `<th scope="col">${escapeXml(name)}</th>`).join("")}</tr></thead>
<tbody>
${lines.join("\n")}
</tbody>
</table></div>`;
}

/** What a cell shows of a value; nothing where there is none. */
export function shown(value: number | undefined, show: (value: number) => string): string {
  return value === undefined ? "" : show(value);
}
