/** How results are printed for people and for programs. */

import pc from "picocolors";
import { showNumber as showDigits } from "../src/core/show-number.ts";

/** Significant digits that people see; programs get all of them. */
const DIGITS = 10;

/** Colours for a stream: none where NO_COLOR is set or nobody looks, unless FORCE_COLOR asks for them. */
export function colours(
  stream: Pick<NodeJS.WriteStream, "isTTY"> = process.stdout,
): ReturnType<typeof pc.createColors> {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== "" && FORCE_COLOR !== "0";
  return pc.createColors(!NO_COLOR && (isForced || isRewritable(stream)));
}

/** Whether a stream is a terminal that can rewrite a line. */
export function isRewritable(stream: Pick<NodeJS.WriteStream, "isTTY">): boolean {
  return stream.isTTY === true && process.env.TERM !== "dumb";
}

/** A number as people read it. */
export function showNumber(value: number): string {
  return showDigits(value, DIGITS);
}

/** One line of JSON with every digit; JSON has no NaN and no infinities, so these are the strings "NaN", "Infinity", "-Infinity". */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "number" && !Number.isFinite(item) ? String(item) : item,
  );
}

/** Numbers of one column, padded so that their points stand below each other. */
export function alignPoints(numbers: readonly number[]): string[] {
  const parts = numbers.map((value) => {
    const text = showNumber(value);
    const point = text.search(/[.e]/);
    return point < 0 ? { whole: text, rest: "" } : { whole: text.slice(0, point), rest: text.slice(point) };
  });
  const whole = Math.max(0, ...parts.map((part) => part.whole.length));
  const rest = Math.max(0, ...parts.map((part) => part.rest.length));
  return parts.map((part) => part.whole.padStart(whole) + part.rest.padEnd(rest));
}

/** Columns side by side, two spaces apart; the first reads from the left, the others end at the right. */
export function table(columns: readonly (readonly string[])[]): string {
  const widths = columns.map((column) => Math.max(0, ...column.map((cell) => cell.length)));
  const rows = columns[0] ?? [];
  return rows
    .map((_, row) => {
      const cells = columns.map((column, i) => {
        const cell = column[row] ?? "";
        return i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0);
      });
      return cells.join("  ").trimEnd();
    })
    .join("\n");
}

/** Words in lines of at most a hundred columns, indented from the second on. */
export function wrap(words: readonly string[], indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (indent.length + line.length + 1 + word.length > 100) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${indent}`);
}
