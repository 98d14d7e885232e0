/**
 * `node scripts/kernels.mjs` compiles kernels-assembly to WebAssembly and writes the bytes to
 * src/kernels/wasm/bytes.ts.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import asc from "assemblyscript/asc";
import { root } from "./prepare.mjs";

/** The file that holds the bytes. */
export const bytesFile = join(root, "src", "kernels", "wasm", "bytes.ts");

const flags =
  "--runtime stub --noAssert -O3 --importMemory --noExportMemory --disableWarning 112 --enable simd".split(
    " ",
  );

/**
 * The module, with products and sums rounded together (relaxed) or apart.
 * @param {boolean} isRelaxed
 * @returns {Promise<Uint8Array>}
 */
async function compile(isRelaxed) {
  /** @type {Uint8Array | undefined} */
  let bytes;
  const relaxed = isRelaxed ? ["--enable", "relaxed-simd"] : [];
  const { error, stderr } = await asc.main(
    ["kernels-assembly/index.ts", "--outFile", "kernels.wasm", ...flags, ...relaxed],
    {
      readFile: (name) => (existsSync(join(root, name)) ? readFileSync(join(root, name), "utf8") : null),
      writeFile: (_, contents) => {
        if (typeof contents !== "string") bytes = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null || bytes === undefined) throw new Error(`kernels-assembly did not compile: ${stderr}`);
  const warnings = stderr.toString();
  if (warnings !== "") throw new Error(`kernels-assembly compiles with warnings; mend them: ${warnings}`);
  return bytes;
}

/**
 * The text of the file, made from the sources as they are.
 * @returns {Promise<string>}
 */
export async function bytesText() {
  /** @param {boolean} isRelaxed */
  const text = async (isRelaxed) => Buffer.from(await compile(isRelaxed)).toString("base64");
  return `/** The kernels as WebAssembly, in base64. Made from kernels-assembly by \`node scripts/kernels.mjs\`. */

/** Products are rounded before they are added: the same bits on every machine. */
export const plain: string =
  "${await text(false)}";

/** Products and sums are rounded once, where the machine can: needs relaxed SIMD instructions. */
export const relaxed: string =
  "${await text(true)}";
`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(bytesFile, await bytesText());
  console.log(`Wrote ${bytesFile}.`);
}
