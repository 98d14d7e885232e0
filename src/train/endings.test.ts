/** Runs that end in the middle, and what is left of them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { sgd } from "../first-order/methods/sgd.ts";

import { dense, sequential } from "../nn/layers/index.ts";
import { lbfgs } from "../smooth/index.ts";
import { readCheckpointFolder } from "./checkpoints/index.ts";
import { earlyStoppingOf } from "./course/early-stopping.ts";
import { loadModel } from "./models/model-file.ts";
import { train } from "./train.ts";

const inputs = Array.from({ length: 20 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
const targets = inputs.map(([a = 0, b = 0]) => [a + b]);
const line = () => sequential([dense({ inputs: 2, outputs: 1 })]);
const parts = () =>
  [0, 1, 2, 3, 4].map((i) => ({
    inputs: inputs.slice(4 * i, 4 * i + 4),
    targets: targets.slice(4 * i, 4 * i + 4),
  }));

/** All parameters as text. */
const bits = (parameters: object): string => JSON.stringify(parameters);

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "nabla-endings-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return join(made, "run");
}

test("what is no data is refused with a sentence", async () => {
  const wrong = [{ inputs }, () => 5, () => undefined, async () => parts()] as never[];
  for (const data of wrong)
    await expect(train(line(), data)).rejects.toThrow(/^train: needs \{ inputs, targ/);
});

test("a stream is closed however its run ends", async () => {
  let closed = 0;
  async function* endless() {
    try {
      for (;;) yield { inputs, targets };
    } finally {
      closed += 1;
    }
  }
  await train(line(), endless, { steps: 3 });
  expect(closed).toBe(1);
  await expect(train(line(), endless, { optimizer: lbfgs() })).rejects.toThrow("needs the full batch");
  expect(closed).toBe(2);
  const wide = sequential([dense({ inputs: 2, outputs: 2 })]);
  await expect(train(wide, endless)).rejects.toThrow("targets must have the shape");
  expect(closed).toBe(3);
});

test("a stream whose next batch does not come holds up no run that has ended", async () => {
  async function* stuck() {
    for (let i = 0; i < 3; i++) yield { inputs, targets };
    await new Promise(() => {});
  }
  expect((await train(line(), stuck, { steps: 3 })).reason).toBe("max-steps");
});

test("a stream that was left after some steps is continued where it was left", async () => {
  const path = folder();
  const whole = await train(line(), parts, { steps: 12 });
  await train(line(), parts, { steps: 3, checkpoint: path });
  await train(line(), parts, { steps: 5, checkpoint: path, resume: path });
  const resumed = await train(line(), parts, { steps: 12, resume: path });
  expect(bits(resumed.parameters)).toBe(bits(whole.parameters));
  expect(resumed.epochs.map(({ step }) => step)).toEqual([5, 10, 12]);
});

test("parameters that are lost are no checkpoint", async () => {
  const path = folder();
  const options = { optimizer: sgd({ rate: 100 }), epochs: 500, batchSize: 5 };
  const result = await train(line(), { inputs, targets }, { ...options, checkpoint: path });
  expect(result.reason).toBe("non-finite");
  const last = readCheckpointFolder(path).latest();
  expect(last?.step).toBe(result.epochs.at(-1)?.step);
  expect(bits(loadModel(join(last?.path ?? "", "model.safetensors")).parameters)).toBe(
    bits(result.parameters),
  );
  const again = await train(line(), { inputs, targets }, { ...options, resume: path });
  expect([again.steps, again.detail]).toEqual([result.steps, result.detail]);
});

test("a full-batch run is continued with its own data only, and leaves its folder free when it fails", async () => {
  const path = folder();
  const options = { optimizer: lbfgs(), checkpoint: path };
  await train(line(), { inputs, targets }, { ...options, epochs: 2 });
  const other = { inputs, targets: targets.map(([y = 0]) => [1 - y]) };
  await expect(train(line(), other, { ...options, resume: path })).rejects.toThrow(/its data is/);
  const fails = { ...options, resume: path, onStep: () => Promise.reject(new Error("no")) };
  await train(line(), { inputs, targets }, fails).catch(() => {});
  const resumed = await train(line(), { inputs, targets }, { ...options, resume: path });
  expect(resumed.reason).toBe("converged");
});

test("who is told of steps and epochs may answer later", async () => {
  const told = await train(line(), { inputs, targets }, { onEpoch: async () => "stop" });
  expect([told.reason, told.epochs.length]).toEqual(["stopped", 1]);
  const onStep = () => Promise.reject(new Error("no"));
  await expect(train(line(), { inputs, targets }, { onStep })).rejects.toThrow("no");
});

test("a first loss that is no number is not the best for ever", () => {
  const stopping = earlyStoppingOf(2);
  const after = [Number.NaN, 3, 2].reduce(
    (state, loss, i) => stopping.next(state, i + 1, loss),
    stopping.init(),
  );
  expect(after).toEqual({ best: 2, bestEpoch: 3, bad: 0 });
});

test("weights of classes are asked for the classes of the validation, too, and not all of them are 0", async () => {
  const model = sequential([dense({ inputs: 2, outputs: 3 })]);
  const data = { inputs: inputs.slice(0, 2), targets: ["a", "b"], labels: ["a", "b"] };
  const numbers = { inputs: inputs.slice(0, 2), targets: Int32Array.of(0, 1) };
  const validation = { inputs: inputs.slice(0, 1), targets: Int32Array.of(2) };
  await expect(train(model, numbers, { classWeights: [1, 1], validation })).rejects.toThrow(
    "each of 3 classes",
  );
  await expect(train(model, numbers, { classWeights: "balanced", validation })).rejects.toThrow(
    "class 2 has no",
  );
  await expect(train(model, data, { classWeights: [0, 0] })).rejects.toThrow("not all of them 0");
});
