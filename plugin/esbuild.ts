/** The plugin's part inside esbuild, whose plugins get files as they are on disk, TypeScript and all. */

import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import type {
  BuildOptions,
  Loader,
  OnLoadResult,
  PartialMessage,
  PluginBuild,
  TransformOptions,
} from "esbuild";
import { type TransformWarning, transform } from "./transform.ts";

/** Which paths to read. */
export interface PathFilter {
  readonly include: readonly RegExp[];
  readonly exclude: readonly RegExp[];
}

/** What has to be compiled to JavaScript first; esbuild's own defaults. */
const COMPILED: Readonly<Record<string, Loader>> = {
  ".ts": "ts",
  ".mts": "ts",
  ".cts": "ts",
  ".tsx": "tsx",
  ".jsx": "jsx",
};

/** Registers the rewriting with one build. */
export function setupEsbuild(build: PluginBuild, { include, exclude }: PathFilter): void {
  build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, async ({ path }) => {
    if (!include.some((pattern) => pattern.test(path)) || exclude.some((pattern) => pattern.test(path)))
      return null;
    const source = await readFile(path, "utf8");
    return source.includes("differentiable") ? loadMarked(build, path, source) : null;
  });
}

/** The rewritten module; without contents where nothing was rewritten, so that esbuild reads the file its own way. */
async function loadMarked(build: PluginBuild, path: string, source: string): Promise<OnLoadResult | null> {
  const { initialOptions, esbuild } = build;
  const loader = initialOptions.loader?.[extname(path)] ?? COMPILED[extname(path)] ?? "js";
  const isCompiled = loader !== "js";
  let code = source;
  if (isCompiled) {
    try {
      code = (await esbuild.transform(source, compileOptions(initialOptions, loader, path))).code;
    } catch {
      // esbuild meets the same mistake when it reads the file itself, and reports it better.
      return null;
    }
  }
  const warnings: PartialMessage[] = [];
  const result = transform(code, path, (warning) => warnings.push(toMessage(warning)));
  if (result === null) return { warnings };
  // A compiled file brings its map, which stays right to the line; only a plain one needs ours.
  const map = isCompiled ? "" : `\n//# sourceMappingURL=${result.map.toUrl()}`;
  return { contents: result.code + map, loader: "js", warnings };
}

/** Compiles away types and JSX only; the build itself lowers syntax later. */
function compileOptions(options: BuildOptions, loader: Loader, path: string): TransformOptions {
  const { jsx, jsxFactory, jsxFragment, jsxImportSource, jsxDev, jsxSideEffects, tsconfigRaw } = options;
  const asked = { jsx, jsxFactory, jsxFragment, jsxImportSource, jsxDev, jsxSideEffects, tsconfigRaw };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return { ...given, loader, sourcefile: path, sourcemap: "inline", target: "esnext" };
}

function toMessage({ message, id, line, column }: TransformWarning): PartialMessage {
  return { text: message, location: { file: id, line, column } };
}
