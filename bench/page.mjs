/** Writes the last table into docs/performance.md, between its two marks. */
import { readFileSync, writeFileSync } from "node:fs";
import { markdown, show } from "./table.mjs";

const page = new URL("../docs/performance.md", import.meta.url);
const [opening, closing] = ["<!-- measured: npm run bench -- --markdown -->", "<!-- end of measured -->"];

/** Replaces what was measured before. */
export function writePage({ machine, kernels, peers, floors, benchmarks }) {
  const text = readFileSync(page, "utf8");
  const [start, end] = [text.indexOf(opening), text.indexOf(closing)];
  if (start < 0 || end < start)
    throw new Error(`docs/performance.md has lost its marks ${opening} … ${closing}`);
  const known = Object.entries(peers).map(([name, version]) => [name, version ?? "absent"]);
  const parts = [
    table(["machine", ""], [...Object.entries(machine), ["kernels", kernels.join("; ")], ...known]),
    table(
      ["floor", "rate"],
      floors.map(({ what, unit, rate }) => [what, rate ? `${show(rate)} ${unit}` : "absent"]),
    ),
    ...benchmarks.map(({ title, rows }) => markdown(title, rows)),
  ];
  writeFileSync(page, `${text.slice(0, start)}${opening}\n\n${parts.join("\n\n")}\n\n${text.slice(end)}`);
}

const table = (head, rows) =>
  [head, ["---", "---"], ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
