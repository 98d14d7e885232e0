/** One plugin for every bundler, by unplugin. */

import { createUnplugin, type FilterPattern, type UnpluginInstance, type UnpluginOptions } from "unplugin";
import { setupEsbuild } from "./esbuild.ts";
import { transform } from "./transform.ts";

/** Which files the plugin reads. */
export interface NablaPluginOptions {
  /** Files to rewrite; by default every JavaScript and TypeScript file, and what Vue and Svelte make of theirs. */
  readonly include?: readonly RegExp[];
  /** Files to leave alone; by default those of installed packages. */
  readonly exclude?: readonly RegExp[];
}

const DEFAULT_INCLUDE = [/\.(?:[cm]?[jt]sx?|vue|svelte)(?:\?|$)/];
const DEFAULT_EXCLUDE = [/[\\/]node_modules[\\/]/];

/**
 * The build plugin: lets functions marked with `differentiable` be traced with their captured variables, whatever
 * the minifier makes of them.
 *
 * ```ts no-run
 * import { nablaPlugin } from "nabla/plugin";
 * import { defineConfig } from "vite";
 *
 * export default defineConfig({ plugins: [nablaPlugin.vite()] });
 * ```
 *
 * `nablaPlugin.rollup()`, `.rolldown()`, `.webpack()`, `.rspack()` and `.esbuild()` are the same for those bundlers.
 */
export const nablaPlugin: UnpluginInstance<NablaPluginOptions | undefined, false> = createUnplugin(
  (options: NablaPluginOptions | undefined, { framework }): UnpluginOptions => {
    const include = [...(options?.include ?? DEFAULT_INCLUDE)];
    const exclude = [...(options?.exclude ?? DEFAULT_EXCLUDE)];
    if (framework === "esbuild") {
      // esbuild compiles TypeScript last, so there the plugin has to have it compiled before.
      return { name: "nabla", esbuild: { setup: (build) => setupEsbuild(build, { include, exclude }) } };
    }
    return { name: "nabla", ...order(framework), transform: { filter: filter(include, exclude), handler } };
  },
);

function handler(
  this: { warn: (message: string) => void },
  code: string,
  id: string,
): ReturnType<typeof transform> {
  return transform(code, id, ({ message }) => this.warn(message));
}

function filter(include: FilterPattern, exclude: FilterPattern): { id: object; code: FilterPattern } {
  return { id: { include, exclude }, code: "differentiable" };
}

/**
 * The place among other plugins where TypeScript is stripped but coverage tools have not yet added their counters.
 * webpack's loaders run before the ordinary ones unless told otherwise.
 */
function order(framework: string): { enforce?: "post" } {
  return framework === "webpack" || framework === "rspack" || framework === "rsbuild"
    ? { enforce: "post" }
    : {};
}
