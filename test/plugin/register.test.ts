/** `node --import nabla/register`: marked functions get their records as the modules of a program are loaded. */

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { build } from "../../scripts/prepare.mjs";
import { root, writeFolder } from "../tools/tsc.ts";

const run = promisify(execFile);

const files = new Map([
  [
    "app.mjs",
    `import { closureOf, differentiable } from "nabla";
import { marked, written } from "./library.mjs";
import common from "./common.cjs";
let rate = 2;
const f = differentiable((x) => rate * x + common.offset);
rate = 3;
differentiable(written);
const { source, scope } = closureOf(f);
console.log(JSON.stringify({ value: f(1), source, scope: scope(), library: closureOf(marked).scope() }));
`,
  ],
  [
    "library.mjs",
    `import { differentiable } from "nabla";
const k = 7;
export const marked = differentiable((x) => k * x);
export const written = (x) => x;
`,
  ],
  ["common.cjs", "// differentiable by nabla\nmodule.exports = { offset: 10 };\n"],
  [
    "thrower.mjs",
    `import { differentiable } from "nabla";
const k = 7;
differentiable((x) => k * x); throw new Error("thrown in line 3");
`,
  ],
  ["broken.mjs", `import { differentiable } from "nabla";\ndifferentiable((x) => x +);\n`],
]);
const folder = writeFolder("register", files);

const start = (file: string): Promise<{ stdout: string; stderr: string }> =>
  run(process.execPath, ["--enable-source-maps", "--import", "nabla/register", join(folder, file)], {
    cwd: root,
  });

beforeAll(() => {
  if (existsSync(join(root, "dist/plugin/register.js")) || build()) return;
  throw new Error("These tests run the built package, which could not be built; `npm run build` says why.");
}, 120_000);

describe("node --import nabla/register", () => {
  test("records what functions capture, in every module of the program, and leaves CommonJS alone", async () => {
    const { stdout } = await start("app.mjs");
    expect(JSON.parse(stdout)).toEqual({
      value: 13,
      source: "(x) => rate * x + common.offset",
      scope: { rate: 3, common: { offset: 10 } },
      library: { k: 7 },
    });
  });

  test("warns of what it had to leave, with the place", async () => {
    const { stderr } = await start("app.mjs");
    expect(stderr).toContain("app.mjs:7:1 was left as it is: `written` is written in another file");
  });

  test("keeps the places of errors", async () => {
    await expect(start("thrower.mjs")).rejects.toMatchObject({
      stderr: expect.stringMatching(/thrower\.mjs:3:(?:31|37)\)?\n/),
    });
  });

  test("leaves a syntax error to Node", async () => {
    await expect(start("broken.mjs")).rejects.toMatchObject({
      stderr: expect.stringMatching(/broken\.mjs:2\n[\s\S]*SyntaxError: Unexpected token '\)'/),
    });
  });
});
