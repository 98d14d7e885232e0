import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { emptyDirectory, start } from "./command.ts";

test("--help names every option", async () => {
  const { code, stdout, stderr } = await start(emptyDirectory(), "--help").finished;
  expect([code, stderr]).toEqual([0, ""]);
  const options = ["epochs", "batch-size", "rate", "momentum", "seed", "report", "limit", "json", "help"];
  for (const option of options) expect(stdout).toContain(`--${option}`);
});

const refused: [string[], RegExp][] = [
  [["--epochs", "0"], /'--epochs <count>' argument '0' is invalid\. Give a whole number from 1 to 1000\./],
  [["--epochs", "2.5"], /'2\.5' is invalid/],
  [["--batch-size", "1e3"], /whole number from 1 to 60000/],
  [["--rate", "-0.1"], /Give a number above 0\./],
  [["--rate", "Infinity"], /Give a number above 0\./],
  [["--momentum", "1"], /Give a number from 0 to below 1\./],
  [["--seed", "abc"], /'abc' is invalid/],
  [["--limit", ""], /whole number from 1/],
  [["--report", "."], /--report needs the path of a file that can be written: \. is a directory/],
  [["--report", "missing/report.html"], /missing is not a directory/],
  [["--epoch", "3"], /unknown option '--epoch'/],
  [["3"], /too many arguments/],
];

test.each(refused)("%j is refused with a sentence and code 2", async (args, message) => {
  const directory = emptyDirectory();
  const { code, stdout, stderr } = await start(directory, ...args).finished;
  expect(stderr).toMatch(message);
  expect([code, stdout]).toEqual([2, ""]);
  expect(readdirSync(directory)).toEqual([]);
});
