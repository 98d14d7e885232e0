/**
 * `npm run bench`: times, ratios and bars, beside peers measured in turn with us. Options: names of benchmarks to run only these,
 * `--quick` (fewer and shorter rounds), `--json`, `--markdown` (writes the table into docs/performance.md).
 */
import { cpus, loadavg, release, totalmem } from "node:os";
import { ensureBuilt, ensureInstalled } from "../scripts/prepare.mjs";
import { makeFloors } from "./floors.mjs";
import { writePage } from "./page.mjs";
import { dismiss, versions } from "./peers/peers.mjs";
import { heading, lines, show, verdicts } from "./table.mjs";

const names = [
  "adam-step",
  "cnn-step",
  "training",
  "updates",
  "gemm",
  "elementwise-chain",
  "softmax-cross-entropy",
  "rosenbrock",
  "adbench",
  "compile-time",
  "gradient-cost",
  "tracing",
  "memory",
  "plain-functions",
  "loop",
];
const flags = ["--quick", "--json", "--markdown"];

// Before anything is built, which loads the machine too.
const busy = loadavg()[0];
const args = process.argv.slice(2);
const [isQuick, isJson, isMarkdown] = flags.map((flag) => args.includes(flag));
const chosen = args.filter((arg) => !arg.startsWith("--"));
const unknown = args.filter((arg) => !(arg.startsWith("--") ? flags : names).includes(arg));
const timing = isQuick
  ? { rounds: 5, roundTime: 20, warmUp: 200 }
  : { rounds: 9, roundTime: 100, warmUp: 1000 };

if (unknown.length > 0) {
  console.error(`bench: unknown ${unknown.join(", ")}; known are ${[...names, ...flags].join(", ")}`);
  process.exitCode = 2;
} else if (prepare()) await main();
else process.exitCode = 1;

/** Builds first; what that says must not get between the lines of JSON. */
function prepare() {
  const { log } = console;
  if (isJson) console.log = console.error;
  const isReady = ensureInstalled() && ensureBuilt();
  console.log = log;
  return isReady;
}

async function main() {
  const say = isJson ? () => {} : console.log;
  const { floors, measured } = makeFloors(timing);
  const benchmarks = [];
  for (const name of chosen.length > 0 ? chosen : names)
    benchmarks.push({ name, ...(await measureOne(name, { timing, quick: isQuick, floors }, say)) });
  const { descriptions } = await import("./ours.mjs");
  const kernels = [...new Set(descriptions.values())];
  const report = {
    machine: { ...machine(), load: busy.toFixed(1), rounds: `${timing.rounds} of ${timing.roundTime} ms` },
    kernels,
    peers: await versions(),
    floors: measured(),
    benchmarks,
  };
  await dismiss();
  say(`\n${footing(report)}`);
  if (isJson) console.log(JSON.stringify(report, null, 2));
  if (isMarkdown) writePage(report);
  // Workers of our own kernels may still wait for work.
  process.exit();
}

/** One benchmark's rows, shown as they come; one that fails says so and lets the others run. */
async function measureOne(name, run, say) {
  const { title, measure } = await import(`./works/${name}.mjs`);
  const rows = [];
  say(heading(title));
  try {
    for await (const row of measure(run)) {
      rows.push(row);
      for (const line of lines(row)) say(line);
    }
  } catch (error) {
    console.error(
      `bench: ${name} ended early: ${process.env.NABLA_BENCH_DEBUG ? error.stack : error.message}`,
    );
    process.exitCode = 1;
  }
  return { title, rows };
}

function machine() {
  const [{ model = "unknown" } = {}] = cpus();
  return {
    processor: model.trim(),
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    system: `${process.platform} ${process.arch} ${release()}`,
    node: process.version,
    v8: process.versions.v8,
  };
}

function footing({ machine, kernels, peers, floors, benchmarks }) {
  const { processor, cores, memory, node, load } = machine;
  const known = Object.entries(peers).map(([name, version]) => `${name} ${version ?? "absent"}`);
  const rates = floors.map(
    ({ what, unit, rate }) => `  ${what}: ${rate ? `${show(rate)} ${unit}` : "absent"}`,
  );
  const { met, missed } = verdicts(benchmarks);
  return [
    ...(met + missed > 0 ? [`Bars: ${met} met, ${missed} missed`] : []),
    `${processor}, ${cores} cores, ${memory}; Node ${node}`,
    ...(load > 0.5 ? [`The machine was busy before (load ${load}): figures of two threads say little.`] : []),
    ...(kernels.length > 0 ? [`Kernels: ${kernels.join("; ")}`] : []),
    ...(known.length > 0 ? [`Peers: ${known.join("; ")}`] : []),
    ...(rates.length > 0 ? ["Floors are made of:", ...rates] : []),
  ].join("\n");
}
