/** The documents whose blocks are tested. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../tools/tsc.ts";
import { type Block, findBlocks } from "./blocks.ts";

/** All blocks of the Markdown files at the top and below docs/, and of the doc comments below src/. */
export function allBlocks(): Block[] {
  const top = readdirSync(root).filter((name) => name.endsWith(".md"));
  const files = [...top, ...below("docs", ".md"), ...below("src", ".ts"), ...below("plugin", ".ts")];
  return files
    .filter((file) => !file.endsWith(".test.ts"))
    .flatMap((file) => findBlocks(file, readFileSync(join(root, file), "utf8")));
}

function below(folder: string, ending: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${String(name).replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(ending))
    .sort();
}
