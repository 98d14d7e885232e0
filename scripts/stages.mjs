/** The stages that `npm run check` and `npm test` share, each a name and a function that says whether it passed. */

import { runPackage } from "./prepare.mjs";

/** @typedef {{ name: string, remedy: string, run: () => boolean }} Stage */

/**
 * @param {string} script
 * @param {readonly string[]} args
 */
const passes = (script, ...args) => runPackage(script, args) === 0;

/** @type {Stage} */
export const lint = {
  name: "format and lint",
  remedy: "`npm run format` mends the format and some lint; the rest is named above",
  run: () => passes("@biomejs/biome/bin/biome", "check", "--error-on-warnings", "--max-diagnostics=50", "."),
};

/** @type {Stage} */
export const types = {
  name: "types",
  remedy: "the compiler's messages above name file and line",
  run: () =>
    passes("typescript/bin/tsc", "--project", "tsconfig.build.json", "--noEmit") &&
    passes("typescript/bin/tsc", "--project", "tsconfig.json"),
};

/** @type {Stage} */
export const rooms = {
  name: "rooms",
  remedy: "each sentence above names the import and what to do",
  run: () => passes("../scripts/rooms.mjs"),
};

/** @type {Stage} */
export const deadCode = {
  name: "dead code",
  remedy: "remove what is listed above, or use it",
  run: () => passes("knip/bin/knip.js", "--no-progress"),
};

/**
 * Runs one stage under its name and time; a failure ends with a sentence that says what to do.
 * @param {Stage} stage
 * @returns {boolean}
 */
export function runStage(stage) {
  console.log(`\n-- ${stage.name}`);
  const start = performance.now();
  const passed = stage.run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (passed) console.log(`-- ${stage.name}: passed in ${seconds} s`);
  else console.error(`-- ${stage.name}: FAILED after ${seconds} s; ${stage.remedy}.`);
  return passed;
}
