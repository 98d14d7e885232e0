/** What the loader hook does to a module that Node has loaded: rewrite it, if it is the user's and an ES module. */

import * as nodeModule from "node:module";
import { transform } from "./transform.ts";

/** The part of a `load` hook's result that matters here. */
export interface LoadedModule {
  readonly format?: string | null | undefined;
  readonly source?: string | ArrayBuffer | NodeJS.TypedArray | null | undefined;
}

/** `loaded` with marked functions rewritten; `loaded` itself when there is nothing to rewrite. */
export function rewriteLoaded<Loaded extends LoadedModule>(
  url: string,
  loaded: Loaded,
): Loaded | RewrittenModule {
  const { format, source } = loaded;
  const isTypeScript = format === "module-typescript";
  if ((format !== "module" && !isTypeScript) || !source || !isUserFile(url)) return loaded;
  const text = typeof source === "string" ? source : new TextDecoder().decode(source);
  if (!text.includes("differentiable")) return loaded;
  const code = isTypeScript ? stripTypes(text) : text;
  const result =
    code === undefined ? null : transform(code, url, ({ message }) => process.emitWarning(message));
  if (result === null) return loaded;
  // A compiled file brings its own map, which stays right to the line; a second one would hide it.
  const hasMap = /^\/\/[#@] sourceMappingURL=/m.test(text);
  const map = hasMap ? "" : `\n//# sourceMappingURL=${result.map.toUrl()}`;
  return { ...loaded, format: "module", source: result.code + map };
}

/** A module as the hook hands it on. */
export interface RewrittenModule {
  readonly format: "module";
  readonly source: string;
}

function isUserFile(url: string): boolean {
  return url.startsWith("file:") && !url.includes("/node_modules/");
}

/** Node's own type stripping, where this Node has it; it puts spaces for types, so that every position stays. */
function stripTypes(text: string): string | undefined {
  return canStripTypes(nodeModule) ? nodeModule.stripTypeScriptTypes(text) : undefined;
}

function canStripTypes(module: object): module is { stripTypeScriptTypes: (code: string) => string } {
  return "stripTypeScriptTypes" in module;
}
