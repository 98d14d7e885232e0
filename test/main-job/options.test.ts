import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { emptyDirectory, start } from "./command.ts";

test("--help names every option", async () => {
  const { code, stdout, stderr } = await start(emptyDirectory(), "--help").finished;
  expect([code, stderr]).toEqual([0, ""]);
  const training = ["method", "epochs", "batch-size", "rate", "momentum", "seed", "limit"];
  const options = [...training, "report", "json", "help"];
  for (const option of options) expect(stdout).toContain(`--${option}`);
});

const refused: [string[], RegExp][] = [
  [["--epochs", "0"], /'--epochs <count>' argument '0' is invalid\. Give a whole number/],
  [["--rate", "0.1"], /--rate is that of one method, and 6 run; name it with --method/],
  [["--report", "."], /--report needs the path of a file that can be written: \. is a directory/],
  [["--report", "missing/report.html"], /missing is not a directory/],
];

test.each(refused)("%j is refused with a sentence and code 2", async (args, message) => {
  const directory = emptyDirectory();
  const { code, stdout, stderr } = await start(directory, ...args).finished;
  expect(stderr).toMatch(message);
  expect([code, stdout]).toEqual([2, ""]);
  expect(readdirSync(directory)).toEqual([]);
});
