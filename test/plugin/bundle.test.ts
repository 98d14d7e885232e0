/** Marked functions in programs built and minified by each bundler: same values, and records that agree with themselves. */

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundlers } from "./bundlers.ts";

const run = promisify(execFile);
const entry = fileURLToPath(new URL("./fixtures/app/main.ts", import.meta.url));
// No more of Nabla than the marks: what is tested is how bundlers and plugin get along.
const nabla = fileURLToPath(new URL("../../src/expression/differentiable.ts", import.meta.url));
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nabla-bundle-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the program prints of a function's record; captured functions are shown by theirs. */
interface Inspected {
  readonly source: string;
  readonly scope: Readonly<Record<string, number>>;
}

interface Printed {
  readonly before: { readonly value: number; readonly decay: Decay };
  readonly after: { readonly value: number; readonly decay: Decay };
  readonly quadratic: Inspected;
  readonly times: Inspected;
  readonly five: number;
}

interface Decay {
  readonly source: string;
  readonly scope: {
    readonly rate: number;
    readonly shifted: {
      readonly source: string;
      readonly scope: { readonly offset: number; readonly half: Inspected };
    };
  };
}

async function output(name: string): Promise<Printed> {
  const bundle = bundlers[name];
  const file = `${name.replaceAll(" ", "-")}.mjs`;
  await bundle?.(entry, { folder, file, nabla });
  const { stdout } = await run(process.execPath, [join(folder, file)]);
  return JSON.parse(stdout);
}

describe.each(Object.keys(bundlers))("%s", (name) => {
  test("keeps values, sources and scopes together", async () => {
    const { before, after, quadratic, five, times } = await output(name);

    expect(before.value).toBe(2 * Math.exp(-0.5) + 0.5 + 0.25);
    expect(after.value).toBe(2 * Math.exp(-2) + 2 + 0.25);
    expect(five).toBe(10);

    expect(compact(before.decay.source)).toBe("(amount,time)=>amount*Math.exp(-rate*time)+shifted(time)");
    expect(after.decay.source).toBe(before.decay.source);
    expect(before.decay.scope.rate).toBe(0.5);
    expect(after.decay.scope.rate).toBe(2);
    const { shifted } = after.decay.scope;
    expect(compact(shifted.source)).toBe("functionshifted(value){returnhalf(value)+offset;}");
    expect(shifted.scope.offset).toBe(0.25);
    expect(compact(shifted.scope.half.source)).toBe("(value)=>value*rate");
    expect(shifted.scope.half.scope).toEqual({ rate: 2 });

    // esbuild gives a local that hides an outer name another one, here `rate2`.
    expect(compact(quadratic.source)).toMatch(
      /^functionquadratic\(x\)\{const(rate2?)=3;return\1\*x\*x\+offset;\}$/,
    );
    expect(quadratic.scope).toEqual({ offset: 0.25 });
    expect(times).toEqual({ source: "(x) => factor * x", scope: { factor: 5 } });
  });
});

/** Bundlers print stripped TypeScript with spaces of their own. */
const compact = (source: string): string => source.replace(/\s/g, "");
