/** Weights go to PyTorch and come from it, and say the same there and here; `pytorch-weights.py` is its side. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  batchNorm,
  convolution2d,
  dense,
  flattening,
  gelu,
  layerNorm,
  loadParameters,
  maxPooling2d,
  normal,
  randomKey,
  readSafetensors,
  relu,
  saveParameters,
  sequential,
  type Tensor,
  uniform,
  writeSafetensors,
} from "../../src/index.ts";

const script = join(import.meta.dirname, "pytorch-weights.py");
const python = ["/usr/bin/python3", "python3"].find(
  (command) =>
    spawnSync(command, [
      "-c",
      "from importlib.util import find_spec; assert find_spec('torch') and find_spec('numpy')",
    ]).status === 0,
);

const network = sequential([
  convolution2d({ inputs: 2, outputs: 4, kernel: [3, 2], padding: [1, 0], stride: [1, 2] }),
  batchNorm({ features: 4 }),
  relu,
  maxPooling2d({ window: 2 }),
  flattening(),
  layerNorm({ shape: 16 }),
  dense({ inputs: 16, outputs: 8, bias: false }),
  batchNorm({ features: 8 }),
  gelu,
  dense({ inputs: 8, outputs: 3 }),
]);

let folder = "";
const run = (what: "read" | "write"): Buffer => execFileSync(python ?? "", [script, what, folder]);
const tensorIn = (file: string, name: string): Tensor => {
  const found = readSafetensors(readFileSync(join(folder, file)), file).tensors.get(name);
  if (found === undefined) throw new Error(`${file} has no tensor ${name}`);
  return found;
};

/** float32 on both sides, whose sums are in other orders. */
function expectSame(y: Tensor, theirs: Tensor): void {
  expect(y.shape).toEqual(theirs.shape);
  expect(y.sub(theirs).abs().max().item()).toBeLessThan(1e-5);
  expect(theirs.abs().max().item()).toBeGreaterThan(0.1);
}

// Loading PyTorch takes its time on a machine that is busy.
describe.skipIf(python === undefined)(
  "with PyTorch (skipped without python3-torch)",
  { timeout: 120_000 },
  () => {
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "nabla-pytorch-"));
      run("write");
    }, 120_000);
    afterAll(() => rmSync(folder, { recursive: true }));

    test("a network that PyTorch trained says the same here", () => {
      const parameters = loadParameters(join(folder, "theirs.safetensors"), network.init(randomKey(1)));
      expectSame(
        network.apply(parameters, tensorIn("said.safetensors", "x")),
        tensorIn("said.safetensors", "y"),
      );
    });

    test("a network from here says the same in PyTorch", () => {
      const [first, norm, ...rest] = network.init(randomKey(2));
      const statistics = {
        ...norm,
        runningMean: normal(randomKey(3), [4], { dtype: "float32" }),
        runningVar: uniform(randomKey(4), [4], { low: 0.5, high: 2, dtype: "float32" }),
      };
      const parameters: ReturnType<typeof network.init> = [first, statistics, ...rest];
      saveParameters(join(folder, "ours.safetensors"), parameters);
      const x = normal(randomKey(5), [5, 2, 4, 8], { dtype: "float32" });
      writeFileSync(join(folder, "inputs.safetensors"), writeSafetensors({ x }));
      run("read");
      expectSame(network.apply(parameters, x), tensorIn("said.safetensors", "y"));
    });

    test("every number of 16 bits is what it is there", () => {
      for (const name of ["half", "brain"]) {
        const [ours, theirs] = [name, `${name}.exact`].map((key) =>
          tensorIn("numbers.safetensors", key).toTypedArray(),
        );
        // Typed arrays are compared by Object.is, so that −0 and NaN count.
        expect(ours).toEqual(theirs);
      }
    });
  },
);
