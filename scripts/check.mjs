/** `npm run check`: the quick part of `npm test`, under a minute; stops at the first stage that fails. */

import { ensureInstalled, runPackage } from "./prepare.mjs";
import { deadCode, lint, rooms, runStage, types } from "./stages.mjs";

const changed = {
  name: "tests of what changed",
  remedy: "the failed tests are listed above",
  run: () => runPackage("vitest/vitest.mjs", ["run", "--changed", "--passWithNoTests"]) === 0,
};

const stages = [lint, types, rooms, deadCode, changed];
const start = performance.now();
if (ensureInstalled() && stages.every(runStage)) {
  console.log(
    `\nAll ${stages.length} stages passed in ${((performance.now() - start) / 1000).toFixed(1)} s.`,
  );
} else {
  console.error("\nnpm run check stopped there; the stages after it did not run.");
  process.exitCode = 1;
}
