/** Results as people read them: a headline, and a table whose numbers stand below each other. */
import { showNumber } from "../../core/show-number.ts";

/** A number in four significant digits, which is more than any estimate here is good for. */
export const short = (value: number): string => showNumber(value, 4);

/** Columns two spaces apart, every cell at the right of its column but those of the first. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ""))));
  return lines
    .map((line) =>
      widths
        .map((width, column) => {
          const cell = line[column] ?? "";
          const gap = " ".repeat(width - widthOf(cell));
          return column === 0 ? cell + gap : gap + cell;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Columns that a text takes: a combining mark stands above the letter before it. */
const widthOf = (text: string): number => [...text.replaceAll(/\p{M}/gu, "")].length;

/** The result with a text, hidden from loops over its members as `toString` is everywhere else. */
export function printable<T extends object>(result: T, text: (result: T) => string): T {
  return Object.defineProperty(result, "toString", { value: () => text(result), enumerable: false });
}
