/** The build plugin for Vite, Rollup, Rolldown, webpack, Rspack and esbuild. */

export type { NablaPluginOptions } from "./nabla-plugin.ts";
export { nablaPlugin } from "./nabla-plugin.ts";
export type { Transformed, TransformWarning } from "./transform.ts";
export { transform } from "./transform.ts";
