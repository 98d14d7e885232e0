/**
 * `npm run bench`: times and ratios, beside PyTorch's from the same run where Python has it.
 * Options: `--quick` (fewer and shorter rounds), `--json`, and names of benchmarks to run only these.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ensureBuilt, ensureInstalled } from "../scripts/prepare.mjs";

const names = ["gradient-cost", "tracing", "memory", "plain-functions", "training-step", "loop"];

const args = process.argv.slice(2);
const isJson = args.includes("--json");
const quick = args.includes("--quick");
const chosen = args.filter((arg) => !arg.startsWith("--"));
const unknown = [
  ...chosen.filter((name) => !names.includes(name)),
  ...args.filter((arg) => arg.startsWith("--") && arg !== "--json" && arg !== "--quick"),
];
const timing = quick
  ? { rounds: 5, roundTime: 20, warmUp: 200 }
  : { rounds: 9, roundTime: 100, warmUp: 1000 };

if (unknown.length > 0) {
  console.error(`bench: unknown ${unknown.join(", ")}; known are ${names.join(", ")}, --quick and --json`);
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
  const peer = askPeer();
  const rows = [];
  if (!isJson) console.log(`Node ${process.version}; PyTorch ${peer.version ?? "absent"}`);
  for (const name of chosen.length > 0 ? chosen : names) {
    const { title, measure } = await import(`./${name}.mjs`);
    if (!isJson) console.log(`\n${heading(title)}`);
    for (const row of measure({ timing, quick, peer })) {
      rows.push({ benchmark: name, ...row });
      if (!isJson) console.log(line(row));
    }
  }
  if (isJson)
    console.log(JSON.stringify({ node: process.version, torch: peer.version ?? null, rows }, null, 2));
}

function heading(title) {
  return `${title.padEnd(62)}${"Nabla".padStart(14)}${"PyTorch".padStart(14)}${"ratio".padStart(9)}`;
}

function line({ what, ours, unit, peer }) {
  const ratio = peer === undefined ? "" : `${show(ours / peer)}×`;
  const theirs = peer === undefined ? "" : `${show(peer)} ${unit}`;
  return `  ${what.padEnd(60)}${`${show(ours)} ${unit}`.padStart(14)}${theirs.padStart(14)}${ratio.padStart(9)}`;
}

function show(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** PyTorch's times, or nothing where no Python has it. */
function askPeer() {
  const script = fileURLToPath(new URL("./peer.py", import.meta.url));
  for (const python of ["python3", "/usr/bin/python3"]) {
    const options = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
    const asked = spawnSync(python, [script, String(timing.rounds), String(timing.roundTime)], options);
    if (asked.status === 0) return JSON.parse(asked.stdout);
  }
  return {};
}
