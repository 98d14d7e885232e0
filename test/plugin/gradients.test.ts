/**
 * Derivatives of marked functions in minified programs, with Nabla minified along with them.
 * The expected values are the derivatives worked out by hand.
 */

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { root, writeFolder } from "../tools/tsc.ts";
import { bundlers } from "./bundlers.ts";

const run = promisify(execFile);
// Below the project, so that the packages a bundler leaves outside are found.
const folder = writeFolder("plugin-gradients", new Map([["README", "Programs built by the tests.\n"]]));
const nabla = join(root, "src/index.ts");

/** f(a, b) = Σ a exp(-b t) + (rate a)² + b / 4 at a = 2, b = 0.1, for t = 1, 4, 9. */
const gradient = (rate: number): number[] => [
  Math.exp(-0.1) + Math.exp(-0.4) + Math.exp(-0.9) + 4 * rate ** 2,
  -2 * (Math.exp(-0.1) + 4 * Math.exp(-0.4) + 9 * Math.exp(-0.9)) + 0.25,
];

describe.each(["vite with terser", "esbuild"])("%s", (name) => {
  test("gradients see captured variables as they are now, and helpers with theirs", async () => {
    const file = `${name.replaceAll(" ", "-")}.mjs`;
    await bundlers[name]?.(join(import.meta.dirname, "fixtures/app/gradients.ts"), { folder, file, nabla });
    const { stdout } = await run(process.execPath, [join(folder, file)]);
    const { before, after, power } = JSON.parse(stdout);
    // Only the order of additions may differ.
    expect(before).toEqual(gradient(0.5).map((value) => expect.closeTo(value, 12)));
    expect(after).toEqual(gradient(2).map((value) => expect.closeTo(value, 12)));
    expect(power).toBeCloseTo(80, 12);
  });
});
