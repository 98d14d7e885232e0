/**
 * What every command needs first: packages installed as the lock file says, and `dist/` built from the
 * sources as they are. Uses nothing but Node, since on a fresh clone there is nothing else.
 */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder; every command runs there, wherever it was called from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const builtFrom = join(root, ".cache", "built-from");

/**
 * Runs a program in the project's folder with the terminal handed through; returns its exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {number}
 */
export function run(command, args) {
  const windows = process.platform === "win32";
  const done = spawnSync(command, args, { cwd: root, stdio: "inherit", shell: windows && command === "npm" });
  if (done.error) console.error(`Could not run ${command}: ${done.error.message}`);
  return done.status ?? 1;
}

/**
 * Runs the command line of an installed package, by its script rather than through the shell.
 * @param {string} name the package, and the path of its script: "typescript/bin/tsc"
 * @param {readonly string[]} args
 * @returns {number}
 */
export function runPackage(name, args) {
  return run(process.execPath, [join(root, "node_modules", name), ...args]);
}

/** Installs the packages of the lock file unless exactly these are installed already. */
export function ensureInstalled() {
  if (isInstalled()) return true;
  console.log("Installing the packages of package-lock.json ...");
  // Not `npm ci`, which insists on the binaries of every platform, also where a registry has but some of them.
  return run("npm", ["install", "--no-save", "--no-progress"]) === 0;
}

/** Whether what npm noted in node_modules agrees with the lock file; packages for other platforms aside. */
function isInstalled() {
  const installed = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(installed, "utf8")).packages;
  return Object.keys(wanted).every(
    (path) => path === "" || wanted[path].optional || wanted[path].version === present[path]?.version,
  );
}

/** Builds `dist/` unless it was built from exactly these sources. */
export function ensureBuilt() {
  const sources = fingerprint();
  const isFresh = existsSync(join(root, "dist")) && existsSync(builtFrom);
  return (isFresh && readFileSync(builtFrom, "utf8") === sources) || build(sources);
}

/** Builds `dist/` anew, leaving none of the files of an earlier build; returns whether it succeeded. */
export function build(sources = fingerprint()) {
  console.log("Building dist ...");
  rmSync(builtFrom, { force: true });
  rmSync(join(root, "dist"), { recursive: true, force: true });
  if (runPackage("typescript/bin/tsc", ["--project", "tsconfig.build.json"]) !== 0) return false;
  if (!bundleForNode()) return false;
  chmodSync(join(root, "dist/node/cli/main.js"), 0o755);
  mkdirSync(dirname(builtFrom), { recursive: true });
  writeFileSync(builtFrom, sources);
  return true;
}

/** What Node loads: every door of the package, and the command. */
const nodeEntries = [
  "src/index.js",
  "src/tensor/index.js",
  "src/autodiff/index.js",
  "src/nn/index.js",
  "src/train/index.js",
  "src/expression/index.js",
  "src/data/index.js",
  "src/data/problems/index.js",
  "cli/main.js",
  "cli/start.js",
];

/**
 * Joins the modules that Node would load one by one, hundreds of them, into a few files in `dist/node`: importing the library takes a
 * tenth of the time. Bundlers of others are given the modules, of which they keep what is used.
 */
function bundleForNode() {
  // Only here, where the packages have been installed.
  const { buildSync } = createRequire(import.meta.url)("esbuild");
  const { errors } = buildSync({
    absWorkingDir: root,
    entryPoints: nodeEntries.map((path) => `dist/${path}`),
    outbase: "dist",
    outdir: "dist/node",
    bundle: true,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    format: "esm",
    platform: "node",
    packages: "external",
    target: "node20.19",
    sourcemap: true,
    logLevel: "warning",
  });
  return errors.length === 0;
}

/** A digest of everything the build depends on. */
function fingerprint() {
  const digest = createHash("sha256");
  const folders = ["src", "cli", "plugin"].filter((folder) => existsSync(join(root, folder)));
  const sources = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, String(name))),
  );
  const files = sources.filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts")).sort();
  for (const path of [
    ...files,
    "tsconfig.json",
    "tsconfig.build.json",
    "package-lock.json",
    "scripts/prepare.mjs",
  ]) {
    digest
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  }
  return digest.digest("hex");
}
