/** The corpus as build tools emit it: each tool's output is written to a temporary folder and imported from there. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type TransformOptions, transformSync } from "esbuild";
import { createInstrumenter } from "istanbul-lib-instrument";
import { minify } from "terser";

const fixtures = fileURLToPath(new URL("fixtures", import.meta.url));
const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));

/** A function of the corpus after a tool has had it. */
export interface Entry {
  readonly name: string;
  readonly f: (...args: never[]) => unknown;
  readonly points: readonly (readonly number[])[];
  readonly kinks: readonly (readonly number[])[];
  readonly data: readonly unknown[];
  readonly ulps: number;
}

function files(): string[] {
  return readdirSync(fixtures).filter((file) => file !== "types.ts");
}

const strip: TransformOptions = { loader: "ts", target: "esnext" };

function esbuilt(options: TransformOptions): (text: string) => Promise<string> {
  return (text) => Promise.resolve(transformSync(text, { ...strip, ...options }).code);
}

async function tersed(text: string): Promise<string> {
  const { code } = await minify(transformSync(text, strip).code, {
    module: true,
    ecma: 2020,
    compress: { passes: 3, pure_getters: true, keep_fargs: false },
  });
  return code ?? "";
}

/** Every tool, by name. */
export const emitters: Readonly<Record<string, (text: string, file: string) => Promise<string>>> = {
  "esbuild, types stripped": esbuilt({}),
  "esbuild for ES2020": esbuilt({ target: "es2020" }),
  "esbuild keeping names": esbuilt({ keepNames: true }),
  "esbuild minified for ES2020": esbuilt({ target: "es2020", minify: true }),
  "esbuild minified": esbuilt({ minify: true }),
  terser: tersed,
  "TypeScript for ES2020": typescript("es2020"),
  "TypeScript for ESNext": typescript("esnext"),
};

function typescript(target: string): (text: string, file: string) => Promise<string> {
  let folder: string | undefined;
  return (_text, file) => {
    folder ??= compile(target);
    return Promise.resolve(readFileSync(join(folder, `${basename(file, ".ts")}.js`), "utf8"));
  };
}

function compile(target: string): string {
  const folder = mkdtempSync(join(tmpdir(), "nabla-corpus-"));
  const inputs = files().map((file) => join(fixtures, file));
  const options = [
    "--ignoreConfig",
    "--noCheck",
    "--target",
    target,
    "--module",
    "esnext",
    "--outDir",
    folder,
  ];
  execFileSync(process.execPath, [
    tsc,
    ...options,
    "--allowImportingTsExtensions",
    "--rewriteRelativeImportExtensions",
    ...inputs,
  ]);
  return folder;
}

/** The corpus as one tool emits it. */
export async function emitted(emit: (text: string, file: string) => Promise<string>): Promise<Entry[]> {
  const folder = mkdtempSync(join(tmpdir(), "nabla-corpus-"));
  mkdirSync(folder, { recursive: true });
  try {
    const entries: Entry[] = [];
    for (const file of files()) {
      const path = join(folder, `${basename(file, ".ts")}.mjs`);
      writeFileSync(path, await emit(readFileSync(join(fixtures, file), "utf8"), file));
      const module: unknown = await import(/* @vite-ignore */ pathToFileURL(path).href);
      entries.push(...readModule(module));
    }
    return entries;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The corpus as written. */
export async function written(): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const file of files())
    entries.push(...readModule(await import(/* @vite-ignore */ join(fixtures, file))));
  return entries;
}

/** Statement counters written into every function, as `nyc` and vitest's istanbul provider do. */
export function instrumented(text: string): Promise<string> {
  const code = transformSync(text, strip).code;
  return Promise.resolve(createInstrumenter({ esModules: true }).instrumentSync(code, "corpus.js"));
}

function readModule(module: unknown): Entry[] {
  return Object.values(Object(module)).flatMap((corpus) => Object.entries(Object(corpus)).map(readEntry));
}

function readEntry([name, entry]: [string, unknown]): Entry {
  const { f, at, data, ulps, kinks } = Object(entry);
  if (typeof f !== "function") throw new TypeError(`the corpus has no function ${name}`);
  return {
    name,
    f,
    points: [...(at ?? []), ...(kinks ?? [])],
    kinks: kinks ?? [],
    data: data === undefined ? [] : [data],
    ulps: ulps ?? 0,
  };
}
