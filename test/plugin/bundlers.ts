/** Each bundler with the plugin in it, building one TypeScript program into one minified file. */

import { fileURLToPath } from "node:url";
import { build as esbuild, transform as esbuildTransform } from "esbuild";
import { createInstrumenter } from "istanbul-lib-instrument";
import { type Plugin, rollup } from "rollup";
import { minify } from "terser";
import { build as vite } from "vite";
import webpack from "webpack";
import { nablaPlugin } from "../../plugin/index.ts";

/** Builds `entry` into `output`, an ES module for Node. */
export type Bundle = (entry: string, output: Output) => Promise<void>;

/** The one file a build leaves, and which of the project's sources the program means by "nabla". */
export interface Output {
  readonly folder: string;
  readonly file: string;
  readonly nabla: string;
}

const stripTypesLoader = fileURLToPath(new URL("./fixtures/strip-types-loader.cjs", import.meta.url));

/** The builds to try, by name. */
export const bundlers: Readonly<Record<string, Bundle>> = {
  vite: (entry, output) => buildWithVite(entry, output, true),
  "vite with terser": (entry, output) => buildWithVite(entry, output, "terser"),
  rollup: (entry, output) => buildWithRollup(entry, output, [stripTypes, nablaPlugin.rollup(), terserChunks]),
  "rollup with coverage": (entry, output) =>
    buildWithRollup(entry, output, [stripTypes, nablaPlugin.rollup(), instrument]),
  esbuild: async (entry, { folder, file, nabla }) => {
    await esbuild({
      entryPoints: [entry],
      outfile: `${folder}/${file}`,
      bundle: true,
      minify: true,
      format: "esm",
      platform: "node",
      alias: { nabla },
      plugins: [nablaPlugin.esbuild()],
      sourcemap: true,
      logLevel: "warning",
    });
  },
  webpack: buildWithWebpack,
};

async function buildWithVite(
  entry: string,
  { folder, file, nabla }: Output,
  minify: true | "terser",
): Promise<void> {
  await vite({
    configFile: false,
    logLevel: "warn",
    plugins: [nablaPlugin.vite()],
    resolve: { alias: { nabla } },
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      minify,
      outDir: folder,
      emptyOutDir: false,
      sourcemap: true,
      rollupOptions: { output: { entryFileNames: file } },
    },
  });
}

async function buildWithRollup(
  entry: string,
  { folder, file, nabla }: Output,
  plugins: Plugin[],
): Promise<void> {
  const resolveNabla: Plugin = { name: "resolve-nabla", resolveId: (id) => (id === "nabla" ? nabla : null) };
  const bundle = await rollup({ input: entry, plugins: [resolveNabla, ...plugins] });
  await bundle.write({ file: `${folder}/${file}`, format: "es", sourcemap: true });
  await bundle.close();
}

const stripTypes: Plugin = {
  name: "strip-types",
  async transform(code, id) {
    if (!id.endsWith(".ts")) return null;
    const result = await esbuildTransform(code, {
      loader: "ts",
      target: "esnext",
      sourcemap: true,
      sourcefile: id,
    });
    return { code: result.code, map: result.map };
  },
};

const terserChunks: Plugin = {
  name: "terser",
  async renderChunk(code) {
    return { code: (await minify(code, { module: true, toplevel: true })).code ?? "", map: null };
  },
};

const instrument: Plugin = {
  name: "instrument",
  transform(code, id) {
    if (!id.includes("fixtures")) return null;
    return { code: createInstrumenter({ esModules: true }).instrumentSync(code, id), map: null };
  },
};

function buildWithWebpack(entry: string, { folder, file, nabla }: Output): Promise<void> {
  const compiler = webpack({
    mode: "production",
    target: "node20",
    entry,
    context: fileURLToPath(new URL("../..", import.meta.url)),
    output: { path: folder, filename: file, module: true, chunkFormat: "module" },
    experiments: { outputModule: true },
    resolve: { alias: { nabla } },
    module: { rules: [{ test: /\.ts$/, loader: stripTypesLoader }] },
    plugins: [nablaPlugin.webpack()],
  });
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      const failure = error ?? (stats?.hasErrors() ? new Error(stats.toString("errors-only")) : undefined);
      compiler.close(() => (failure ? reject(failure) : resolve()));
    });
  });
}
