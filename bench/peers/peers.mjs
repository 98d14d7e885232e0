/** Who we are measured against: PyTorch, OpenBLAS from C, TensorFlow.js, jax-js. A peer that is not there is marked absent. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startChild } from "./child.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const folder = fileURLToPath(new URL("..", import.meta.url));
const cache = fileURLToPath(new URL("../../.cache", import.meta.url));
const children = new Map();

/** `work` (words) done by PyTorch. */
export const pytorch = (threads, ...work) => contestant("PyTorch", threads, work, pythons);

/** `work` done by OpenBLAS or the C library, without any language between. */
export const native = (threads, ...work) => contestant("C", threads, work, compiled);

/** `work` done by TensorFlow.js with its WebAssembly backend, which has one thread in Node. */
export const tfjs = (...work) => contestant("tfjs-wasm", 1, work, () => script("tfjs.mjs"));

/** `work` done by jax-js with its WebAssembly backend, which has one thread in Node. */
export const jaxJs = (...work) => contestant("jax-js", 1, work, () => script("jax-js.mjs"));

/** The versions of those that were asked. */
export async function versions() {
  const known = {};
  for (const { name, child } of children.values()) known[name] = (await child).version ?? null;
  return known;
}

/** Lets the processes end. */
export async function dismiss() {
  for (const { child } of children.values()) (await child).end?.();
}

function contestant(name, threads, work, commands) {
  const key = `${name} ${threads}`;
  const variables = ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"];
  const environment = {
    PYTHONDONTWRITEBYTECODE: "1",
    ...Object.fromEntries(variables.map((variable) => [variable, String(threads)])),
  };
  const known = children.get(key) ?? { name, child: startChild(commands(), environment) };
  children.set(key, known);
  let reason = "absent";
  const ask = async (request) => {
    const { ask, reason: missing } = await known.child;
    const line = ask ? await ask(`${request} ${work.join(" ")}`) : `error ${missing}`;
    if (line !== undefined && Number.isFinite(Number(line))) return Number(line);
    reason = line?.replace(/^error /, "") ?? "ended without an answer";
    return undefined;
  };
  return {
    name:
      name === "tfjs-wasm" || name === "jax-js"
        ? name
        : `${name}, ${threads} thread${threads === 1 ? "" : "s"}`,
    measure: (milliseconds) => ask(`time ${milliseconds}`),
    answer: () => ask("check"),
    absent: () => reason,
  };
}

const pythons = () => ["python3", "/usr/bin/python3"].map((python) => [python, join(here, "pytorch.py")]);

/** The program in C, compiled when it is first needed, with threads where the compiler knows OpenMP. */
function compiled() {
  const program = join(cache, "bench-c");
  mkdirSync(cache, { recursive: true });
  for (const flags of [["-fopenmp"], []]) {
    const args = ["-O2", ...flags, join(here, "blas.c"), "-o", program, "-ldl", "-lm"];
    if (spawnSync("cc", args, { stdio: "ignore" }).status === 0) return [[program]];
  }
  return [];
}

/** A script in Node, for which the packages of bench/package.json are installed when they are missing. */
function script(name) {
  if (!existsSync(join(folder, "node_modules"))) {
    console.error("Installing the packages of bench/package.json ...");
    const options = { cwd: folder, stdio: "ignore", shell: process.platform === "win32" };
    if (spawnSync("npm", ["install", "--no-save", "--no-progress"], options).status !== 0) return [];
  }
  return [[process.execPath, join(here, name)]];
}
