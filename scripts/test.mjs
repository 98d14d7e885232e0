/**
 * `npm test`: installs, builds and checks everything. Every stage runs, so that one run tells all that is
 * wrong; only without packages or a build there is nothing to go on with. Ends in `N passed, N failed`.
 */

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { ensureBuilt, ensureInstalled, root, runPackage } from "./prepare.mjs";
import { deadCode, lint, rooms, runStage, types } from "./stages.mjs";

const report = join(root, ".cache", "vitest.json");
const counts = { passed: 0, failed: 0, skipped: 0 };

const prepared = [
  { name: "install", remedy: "npm's message above says why", run: ensureInstalled },
  { name: "build", remedy: "the compiler's messages above name file and line", run: ensureBuilt },
].every(counted);

if (prepared) {
  for (const stage of [types, lint, rooms, deadCode]) counted(stage);
  const tests = runStage({ name: "tests", remedy: "the failed tests are listed above", run: runTests });
  // A run that failed without a failed test (a file that did not load, no report) must not count as clean.
  if (!tests && counts.failed === 0) counts.failed += 1;
}

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`);
if (counts.failed > 0) process.exitCode = 1;

/**
 * Runs a stage and counts it as one test.
 * @param {import("./stages.mjs").Stage} stage
 */
function counted(stage) {
  const passed = runStage(stage);
  counts[passed ? "passed" : "failed"] += 1;
  return passed;
}

/** Runs the whole of vitest and adds its own counts. */
function runTests() {
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const passed = runPackage("vitest/vitest.mjs", ["run", ...reporters, ...process.argv.slice(2)]) === 0;
  if (!existsSync(report)) return false;
  const result = JSON.parse(readFileSync(report, "utf8"));
  counts.passed += result.numPassedTests;
  counts.failed += result.numFailedTests;
  counts.skipped += result.numPendingTests + result.numTodoTests;
  return passed && result.numTotalTests > 0;
}
