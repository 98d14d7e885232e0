/** Calls leave memory where it was, and programs that nobody holds any more are collected with their memories. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../tools/tsc.ts";

const script = `
  import { compile, compileStep, grad, tensor } from "./src/index.ts";
  import { tensorProgram } from "./src/compiler/program/tensor-program.ts";
  const Memory = WebAssembly.Memory;
  let made = 0;
  let gone = 0;
  const registry = new FinalizationRegistry(() => void gone++);
  WebAssembly.Memory = new Proxy(Memory, {
    construct: (target, args) => {
      const memory = Reflect.construct(target, args);
      made++;
      registry.register(memory, 0);
      return memory;
    },
  });
  let instancesGone = 0;
  let instances = 0;
  const ofInstances = new FinalizationRegistry(() => void instancesGone++);
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct: (target, args) => {
      const instance = Reflect.construct(target, args);
      instances++;
      ofInstances.register(instance, 0);
      return instance;
    },
  });
  const collect = async () => {
    for (let i = 0; i < 8; i++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      gc();
    }
  };
  const used = async () => {
    await collect();
    const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
    return { rss, heap: heapUsed + external + arrayBuffers };
  };
  const jobs = {
    calls: async (count) => {
      const loss = (w) => w.mul(w).sub(1).exp().sum();
      const step = compileStep((w, rate) => [w.sub(grad(loss)(w).mul(rate)), loss(w)], tensor(new Float64Array(40)));
      const slope = compile(grad(loss));
      const number = compile(([x, y]) => x * y + Math.exp(x));
      const x = tensor(new Float64Array(40).fill(0.5));
      const run = (n) => {
        for (let i = 0; i < n; i++) {
          slope(x);
          step.step(0.001);
          number([i, 1]);
        }
      };
      run(2000);
      const before = await used();
      run(count);
      const after = await used();
      return { heap: after.heap - before.heap, rss: after.rss - before.rss };
    },
    programs: async (count) => {
      for (let i = 0; i < count; i++) {
        const f = compile((x) => x.mul(i).exp().matmul(x));
        f(tensor([[1, 2], [3, 4]]));
        if (i % 50 === 49) await collect();
      }
      await collect();
      return { made, alive: made - gone };
    },
    lengths: async (count) => {
      const f = compile((x) => [...x].reduce((sum, v) => sum + v * v, 0));
      for (let n = 2; n < count + 2; n++) f(new Array(n).fill(1));
      await collect();
      const kept = { made: instances, alive: instances - instancesGone };
      f([1, 2]);
      return kept;
    },
    traces: async (count) => {
      const f = compile((x) => x.mul(2).exp());
      for (let n = 1; n <= count; n++) f(tensor(new Float64Array(n)));
      await collect();
      const kept = { made, alive: made - gone, told: f.explain().split("units;").length - 1 };
      f(tensor([1]));
      return kept;
    },
  };
  const [job, count] = process.argv.slice(2);
  console.log(JSON.stringify(await jobs[job](Number(count))));
`;

const folder = mkdtempSync(join(tmpdir(), "nabla-memory-"));
const file = join(folder, "memory.mjs");
beforeAll(() =>
  build({
    stdin: { contents: script, resolveDir: root, loader: "js" },
    bundle: true,
    format: "esm",
    platform: "node",
    external: ["koffi"],
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    outfile: file,
    logLevel: "error",
  }),
);
afterAll(() => rmSync(folder, { recursive: true }));

/** What a job tells, from a process of its own in which garbage can be collected at will. */
function told(job: string, count: number): Readonly<Record<string, number>> {
  const text = execFileSync(process.execPath, ["--expose-gc", file, job, String(count)], {
    encoding: "utf8",
  });
  return JSON.parse(text);
}

const million = process.env.NABLA_MANY_CALLS === "1";

test("calls leave nothing behind", () => {
  const count = million ? 1_000_000 : 20_000;
  const { heap = NaN, rss = NaN } = told("calls", count);
  // Twenty thousand calls that left one result of 320 bytes each would leave 6 MB.
  expect(heap).toBeLessThan(2e6);
  expect(rss).toBeLessThan(6e7);
});

test("programs that nobody holds are collected", () => {
  const { made = 0, alive = NaN } = told("programs", 500);
  expect(made).toBeGreaterThanOrEqual(500);
  expect(alive).toBeLessThan(60);
});

test("a function of numbers holds programs for 32 lengths at most", () => {
  const { made = 0, alive = NaN } = told("lengths", 150);
  expect(made).toBeGreaterThanOrEqual(150);
  expect(alive).toBeLessThanOrEqual(40);
});

test("a compiled function holds programs for 32 kinds of call at most", () => {
  const { made = 0, alive = NaN, told: explained = NaN } = told("traces", 150);
  expect(made).toBeGreaterThanOrEqual(150);
  // A kernel library may hold a memory of its own.
  expect(alive).toBeLessThanOrEqual(40);
  expect(explained).toBeLessThanOrEqual(32);
});
