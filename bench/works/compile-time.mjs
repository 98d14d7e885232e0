/** What a fresh process of Node pays before the first result: processes are started in turn, one after the other. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { figure } from "../contest.mjs";
import { summary } from "../timing.mjs";

export const title = "fresh processes of Node";

/** What the script prints, or else how long its process lived, in milliseconds. */
function inFreshProcess(script) {
  const path = fileURLToPath(new URL(`../fresh/${script}.mjs`, import.meta.url));
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [path], { encoding: "utf8" });
  const lived = performance.now() - start;
  if (status !== 0) throw new Error(`bench/fresh/${script}.mjs failed: ${stderr}`);
  return stdout === "" ? lived : Number(stdout);
}

export function* measure({ timing: { rounds } }) {
  const scripts = ["first-step", "empty", "first-minimize"];
  const times = scripts.map(() => []);
  for (let round = 0; round <= rounds; round++)
    for (const [i, script] of scripts.entries()) times[i].push(inFreshProcess(script));
  // The first round brings the files into memory.
  const [step, empty, minimized] = times.map((taken) => summary(taken.slice(1)).median);
  yield figure({ what: "compile the training step and take one", value: step, unit: "ms", bar: 60 });
  const over = minimized - empty;
  yield figure({
    what: "import and first minimize, over an empty process",
    value: over,
    unit: "ms",
    bar: 80,
  });
  yield figure({ what: "an empty process", value: empty, unit: "ms" });
}
