/** A network's table as text. */
import type { Shape } from "../tensor/shape.ts";
import type { Summary, SummaryRow } from "./summary.ts";

interface Column {
  readonly head: string;
  readonly of: (row: SummaryRow) => string;
  readonly isNumber?: true;
}

const count = (n: number): string => n.toLocaleString("en-US");

const withBatch = (shape: Shape): string => `[${["n", ...shape].join(", ")}]`;

/** The table, its columns aligned, with a line above and one below. */
export function summaryText(summary: Omit<Summary, "toString">): string {
  const { title, inputShape, rows, parameters, trained } = summary;
  const longestPath = Math.max(0, ...rows.map(({ path }) => path.length));
  const columns: Column[] = [
    {
      head: "layer",
      of: ({ path, title }) => (longestPath === 0 ? title : `${path.padEnd(longestPath)}  ${title}`),
    },
  ];
  if (inputShape) columns.push({ head: "output", of: ({ output }) => (output ? withBatch(output) : "") });
  columns.push({ head: "parameters", of: ({ parameters }) => count(parameters), isNumber: true });
  if (trained !== undefined && trained < parameters)
    columns.push({ head: "trained", of: ({ trained = 0 }) => count(trained), isNumber: true });
  return [
    inputShape ? `${title}, inputs ${withBatch(inputShape)}` : title,
    "",
    ...table(columns, rows),
    "",
    totals(summary),
  ].join("\n");
}

function table(columns: readonly Column[], rows: readonly SummaryRow[]): string[] {
  const cells = [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ of }) => of(row)))];
  const widths = columns.map((_, k) => Math.max(...cells.map((line) => line[k]?.length ?? 0)));
  return cells.map((line) =>
    line
      .map((cell, k) => (columns[k]?.isNumber ? cell.padStart(widths[k] ?? 0) : cell.padEnd(widths[k] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

function totals({ parameters, trained }: Pick<Summary, "parameters" | "trained">): string {
  const all = `${count(parameters)} parameters`;
  if (trained === undefined) return all;
  if (trained === parameters) return `${all}, all of them trained`;
  return `${all}, of which ${count(trained)} are trained and ${count(parameters - trained)} are running statistics`;
}
