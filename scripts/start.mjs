/** `npm start`: installs and builds what is missing or outdated, then runs the main job. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt, ensureInstalled, root } from "./prepare.mjs";

if (!ensureInstalled()) {
  console.error("npm start: the packages could not be installed; the lines above say why.");
  process.exitCode = 1;
} else if (!ensureBuilt()) {
  console.error("npm start: the build failed; the lines above say where.");
  process.exitCode = 1;
} else {
  // In this very process, so that Ctrl-C reaches the job itself and its exit code is ours.
  const job = join(root, "dist/node/cli/start.js");
  process.argv[1] = job;
  await import(pathToFileURL(job).href);
}
