/** A network in a table, and the table as text. */
import type { Shape } from "../tensor/shape.ts";

/** One layer of a network. */
export interface SummaryRow {
  /** Where it stands: `[2]`, `[1].inner[0]`; empty for a network of a single layer. */
  readonly path: string;
  readonly title: string;
  /** Shape of what it makes of one example; undefined where nobody knows the shape of an example. */
  readonly output: Shape | undefined;
  /** How many numbers its own parameters are; those of layers inside have rows of their own. */
  readonly parameters: number;
  /** How many of them are trained, and are no running statistics; undefined as `output` is. */
  readonly trained: number | undefined;
}

/** A network in a table. `String(summary)` prints it. */
export interface Summary {
  readonly title: string;
  /** Shape of one example, given or known to the network. */
  readonly inputShape: Shape | undefined;
  readonly rows: readonly SummaryRow[];
  /** Of all layers. */
  readonly parameters: number;
  readonly trained: number | undefined;
  readonly toString: () => string;
}

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
