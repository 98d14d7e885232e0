/**
 * What must not compile does not, and for the reason given: in test/types/cases each
 * `// @ts-expect-error cause` holds for the line below it, and the compiler's message contains the cause.
 * What must compile stands in the same files without it.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { typeCheck, writeFolder } from "../tools/tsc.ts";

interface Expectation {
  readonly file: string;
  readonly line: number;
  readonly cause: string;
}

const folder = join(import.meta.dirname, "cases");
const cases = readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .map((name): [string, string] => [name, readFileSync(join(folder, name), "utf8")]);

const expectations = cases.flatMap(([file, text]) =>
  text.split("\n").flatMap((line, i): Expectation[] => {
    const cause = /\/\/ @ts-expect-error\b(.*)/.exec(line)?.[1]?.trim();
    return cause === undefined ? [] : [{ file, line: i + 2, cause }];
  }),
);

// Without the mark the compiler says what it found; the line numbers stay.
const unmarked = cases.map(([name, text]): [string, string] => [
  name,
  text.replaceAll("@ts-expect-error", "expects"),
]);
const diagnostics = await typeCheck(writeFolder("types", new Map(unmarked)));

test.each(expectations)("$file:$line: $cause", ({ file, line, cause }) => {
  expect(cause, "a cause must follow @ts-expect-error").not.toBe("");
  const messages = diagnostics.filter((found) => found.file === file && found.line === line);
  expect(messages.map(({ message }) => message).join("\n") || "it compiles").toContain(cause);
});

test("everything else in the cases compiles", () => {
  const isExpected = (file: string, line: number) =>
    expectations.some((expected) => expected.file === file && expected.line === line);
  expect(diagnostics.filter(({ file, line }) => !isExpected(file, line))).toEqual([]);
});
