/** The verb on small problems: what must hold by construction, and by mathematics. Blobs are drawn from a seed. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { adamw } from "../first-order/methods/adamw.ts";
import { momentum } from "../first-order/methods/momentum.ts";
import { sgd } from "../first-order/methods/sgd.ts";
import { cosineDecay } from "../first-order/schedules/cosine-decay.ts";
import { plateau } from "../first-order/schedules/plateau.ts";
import { currentKernels, useKernels } from "../kernels/index.ts";
import { batchNorm, dense, dropout, sequential } from "../nn/layers/index.ts";
import { crossEntropy, squaredError } from "../nn/losses/index.ts";
import { lbfgs } from "../smooth/index.ts";
import { relu } from "../tensor/operations/activation.ts";
import { normal, randomKey, splitKey } from "../tensor/operations/random.ts";
import { Tensor, toTensor } from "../tensor/tensor.ts";
import { flattenTree, mapTree } from "../tensor/tree.ts";
import { readCheckpointFolder } from "./checkpoints/index.ts";
import { evaluate } from "./evaluate.ts";
import { decodeModel } from "./models/model-file.ts";
import { predict } from "./predict.ts";
import type { TrainResult } from "./result.ts";
import { train } from "./train.ts";

/** Two clouds of points, far enough apart that a plane tells most of them. */
function blobs(count: number, seed = 1) {
  const [a] = splitKey(randomKey(seed));
  const noise = normal(a, [count, 2], { dtype: "float32" }).toTypedArray();
  const data = Float32Array.from(noise, (x, i) => x + ((i >> 1) % 2 === 0 ? 1.5 : -1.5));
  const targets = Int32Array.from({ length: count }, (_, i) => i % 2);
  return { inputs: { data, shape: [count, 2] }, targets };
}

const net = () =>
  sequential([
    dense({ inputs: 2, outputs: 16 }),
    batchNorm({ features: 16 }),
    relu,
    dropout({ rate: 0.1 }),
    dense({ inputs: 16, outputs: 2 }),
  ]);

/** All parameters as numbers. */
function bits({ parameters }: { readonly parameters: object }): number[][] {
  return flattenTree(parameters).leaves.map((leaf) =>
    leaf instanceof Tensor ? [...leaf.toTypedArray()] : [],
  );
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "nabla-train-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return join(made, "checkpoints");
}

test("the same seed gives the same bits, another one others", async () => {
  const run = (seed: number) => train(net(), blobs(200), { epochs: 3, batchSize: 32, seed });
  const [one, same, other] = [await run(1), await run(1), await run(2)];
  expect(bits(same)).toEqual(bits(one));
  expect(bits(other)).not.toEqual(bits(one));
  expect(one.reason).toBe("max-epochs");
  expect(one.steps).toBe(21);
});

test("batches cover every example once an epoch; the last is kept or dropped", async () => {
  const seen = async (lastBatch: "keep" | "drop") => {
    const sizes: number[] = [];
    await train(net(), blobs(100), {
      epochs: 1,
      batchSize: 32,
      lastBatch,
      onStep: ({ examples }) => sizes.push(examples),
    });
    return sizes;
  };
  expect(await seen("keep")).toEqual([32, 32, 32, 4]);
  expect(await seen("drop")).toEqual([32, 32, 32]);
});

test("full-batch gradient descent on least squares takes the steps of the formula", async () => {
  // One weight, no bias: f = mean (w x − y)², so w ← w − rate · mean 2 x (w x − y).
  const [x, y] = [
    [1, 2, 3],
    [2, 3, 7],
  ];
  const model = sequential([dense({ inputs: 1, outputs: 1, bias: false })]);
  const start = model.init(randomKey(1));
  const result = await train(
    model,
    { inputs: x.map((xi) => [xi]), targets: y },
    {
      loss: squaredError(),
      optimizer: sgd({ rate: 0.05 }),
      batchSize: "full",
      epochs: 4,
      start,
    },
  );
  const weightOf = ([{ weight }]: typeof start): number => weight.toTypedArray()[0] ?? Number.NaN;
  let w = weightOf(start);
  for (let t = 0; t < 4; t++)
    w -= (0.05 * x.reduce((sum, xi, i) => sum + 2 * xi * (w * xi - (y[i] ?? 0)), 0)) / 3;
  expect(weightOf(result.parameters)).toBeCloseTo(w, 5);
});

describe("a run that is resumed has the bits of one that was not interrupted", () => {
  const options = {
    batchSize: 16,
    seed: 3,
    validation: 0.2,
    clip: 1,
    average: 0.9,
    optimizer: adamw({ rate: cosineDecay({ from: 0.01, steps: 60 }) }),
  } as const;

  test.each([1, 7, 10, 23])("after %i steps", async (steps) => {
    const whole = await train(net(), blobs(200), { ...options, epochs: 4 });
    const path = folder();
    await train(net(), blobs(200), { ...options, steps, checkpoint: path });
    const resumed = await train(net(), blobs(200), { ...options, epochs: 4, resume: path });
    expect(bits(resumed)).toEqual(bits(whole));
    expect(resumed.curve).toEqual(whole.curve);
    const timeless = ({ epochs }: Pick<TrainResult, "epochs">) =>
      epochs.map(({ seconds: _, examplesPerSecond: __, ...rest }) => rest);
    expect(timeless(resumed)).toEqual(timeless(whole));
  });

  test("also with early stopping and a plateau, in the folder it was written to", async () => {
    const stopping = {
      ...options,
      optimizer: momentum({ rate: 0.05 }),
      schedule: plateau({ patience: 0, factor: 0.5 }),
      earlyStopping: 2,
      epochs: 30,
    };
    const whole = await train(net(), blobs(200), stopping);
    expect(whole.reason).toBe("early-stopping");
    const path = folder();
    const part = { ...stopping, checkpoint: { folder: path, everySteps: 3 } };
    await train(net(), blobs(200), { ...part, onStep: ({ step }) => (step === 14 ? "stop" : undefined) });
    const resumed = await train(net(), blobs(200), { ...part, resume: path });
    expect(bits(resumed)).toEqual(bits(whole));
    expect(resumed.chosenEpoch).toBe(whole.chosenEpoch);
    expect(existsSync(path)).toBe(true);
  });
});

test("checkpoints of another run are refused with what differs", async () => {
  const path = folder();
  await train(net(), blobs(64), { epochs: 1, batchSize: 16, seed: 1, checkpoint: path });
  const resume = (options: object, data = blobs(64)) =>
    train(net(), data, { epochs: 2, batchSize: 16, seed: 1, resume: path, ...options });
  await expect(resume({ seed: 2 })).rejects.toThrow(/its seed is 1, here 2/);
  await expect(resume({ batchSize: 8 })).rejects.toThrow(/its batch size is 16, here 8/);
  await expect(resume({ optimizer: sgd() })).rejects.toThrow(/its optimizer is/);
  await expect(resume({}, blobs(64, 5))).rejects.toThrow(/its data is/);
  await expect(resume({ resume: join(path, "nowhere") })).rejects.toThrow(/holds no checkpoint/);
});

test("loss that is not finite ends the run, and the last sound parameters are the answer", async () => {
  const result = await train(net(), blobs(64), { optimizer: sgd({ rate: 1e30 }), epochs: 5, batchSize: 16 });
  expect(result.reason).toBe("non-finite");
  expect(bits(result).flat().every(Number.isFinite)).toBe(true);
  expect(result.advice).toMatch(/lower the rate/);
});

test("a signal, a time limit and callbacks end it", async () => {
  const controller = new AbortController();
  const aborted = await train(net(), blobs(64), {
    signal: controller.signal,
    onStep: ({ step }) => (step === 3 ? controller.abort() : undefined),
  });
  expect([aborted.reason, aborted.steps]).toEqual(["aborted", 3]);
  const stopped = await train(net(), blobs(64), {
    onEpoch: ({ epoch }) => (epoch === 2 ? "stop" : undefined),
  });
  expect([stopped.reason, stopped.epochs.length]).toEqual(["stopped", 2]);
  expect((await train(net(), blobs(64), { timeLimit: 0 })).steps).toBe(0);
  expect((await train(net(), blobs(64), { epochs: 0 })).steps).toBe(0);
});

test("labels in text, weights of classes, standardization: predict knows them", async () => {
  const { inputs } = blobs(120);
  const targets = Array.from({ length: 120 }, (_, i) => (i % 2 === 0 ? "right" : "left"));
  const shifted = { data: inputs.data.map((x) => 1000 + 300 * x), shape: inputs.shape };
  const result = await train(
    net(),
    { inputs: shifted, targets },
    { epochs: 40, standardize: "features", classWeights: "balanced", seed: 1 },
  );
  expect(result.facts.labels).toEqual(["left", "right"]);
  const { labels, probabilities } = predict(result, [
    [1450, 1450],
    [550, 550],
  ]);
  expect(labels).toEqual(["right", "left"]);
  expect(probabilities?.shape).toEqual([2, 2]);
});

test("full-batch methods are taken with all examples and refused with less, and with dropout", async () => {
  const model = sequential([dense({ inputs: 2, outputs: 8 }), relu, dense({ inputs: 8, outputs: 2 })]);
  const result = await train(model, blobs(100), { optimizer: lbfgs(), epochs: 50 });
  expect(result.loss).toBeLessThan(0.1);
  expect(result.epochs.length).toBe(result.steps);
  await expect(train(model, blobs(100), { optimizer: lbfgs(), batchSize: 10 })).rejects.toThrow(
    /needs the full batch; got batches of 10 of 100 examples.*differences of noise/,
  );
  await expect(train(net(), blobs(100), { optimizer: lbfgs() })).rejects.toThrow(
    /same function at every step/,
  );
  await expect(train(model, blobs(100), { optimizer: lbfgs(), clip: 1 })).rejects.toThrow(
    /clip.*first-order/,
  );
});

test("async batches give the bits of arrays", async () => {
  const { inputs, targets } = blobs(64);
  const model = sequential([dense({ inputs: 2, outputs: 2 })]);
  async function* batches() {
    for (let from = 0; from < 64; from += 16)
      yield {
        inputs: { data: inputs.data.slice(2 * from, 2 * (from + 16)), shape: [16, 2] },
        targets: targets.slice(from, from + 16),
      };
  }
  const streamed = await train(model, batches, { epochs: 2, seed: 1 });
  expect(streamed.steps).toBe(8);
  const again = await train(model, batches, { epochs: 2, seed: 1 });
  expect(bits(again)).toEqual(bits(streamed));
  const once = await train(model, batches(), { epochs: 2, seed: 1 });
  expect([once.reason, once.steps]).toEqual(["data-ended", 4]);
});

test("what is wrong is said at once", async () => {
  const model = net();
  const data = blobs(10);
  const wrong = (options: object, given: object = data) => train(model, given as typeof data, options);
  await expect(wrong({ epoch: 3 })).rejects.toThrow(/unknown option "epoch"/);
  await expect(wrong({ batchSize: 0 })).rejects.toThrow(
    /train\(\{ batchSize \}\): must be a whole number ≥ 1/,
  );
  await expect(wrong({ optimizer: "adam" })).rejects.toThrow(/optimizer/);
  await expect(wrong({ validation: 2 })).rejects.toThrow(/validation/);
  await expect(wrong({ batchSize: 9 })).rejects.toThrow(/leave a last batch of one.*lastBatch: "drop"/);
  await expect(wrong({}, { ...data, targets: new Int32Array(9) })).rejects.toThrow(
    /needs a target for each of the 10/,
  );
  await expect(wrong({}, { ...data, targets: new Int32Array(10).fill(2) })).rejects.toThrow(
    /2 outputs, for classes 0 to 1; target 0 is 2/,
  );
  await expect(wrong({}, { ...data, inputs: [[Number.NaN, 1]], targets: ["a"] })).rejects.toThrow(
    /example 0/,
  );
  await expect(wrong({}, { inputs: data.inputs, targets: new Float32Array(10) })).rejects.toThrow(
    /squaredError/,
  );
});

test("a full-batch run is resumed to the same bits, in its own folder", async () => {
  const model = sequential([dense({ inputs: 2, outputs: 8 }), relu, dense({ inputs: 8, outputs: 2 })]);
  const run = (options: object) => train(model, blobs(60), { optimizer: lbfgs(), seed: 2, ...options });
  const whole = await run({ epochs: 12 });
  const path = folder();
  await run({ epochs: 5, checkpoint: path });
  const resumed = await run({ epochs: 12, checkpoint: path, resume: path });
  expect(bits(resumed)).toEqual(bits(whole));
  await expect(run({ epochs: 12, checkpoint: path })).rejects.toThrow(/holds checkpoints of a run/);
});

test("a resumed run takes the kernels it was begun with, and gives them back", async () => {
  onTestFinished(() => void useKernels());
  const options = { batchSize: 16, epochs: 2, seed: 4 };
  useKernels({ deterministic: true });
  const whole = await train(net(), blobs(100), options);
  const path = folder();
  await train(net(), blobs(100), { ...options, steps: 5, checkpoint: path });
  const { description } = useKernels();
  const resumed = await train(net(), blobs(100), { ...options, resume: path });
  expect(resumed.kernels).toBe(whole.kernels);
  expect(bits(resumed)).toEqual(bits(whole));
  expect(currentKernels()).toMatchObject({ description, deterministic: false });
});

test("classes that are numbered by labels in another order are numbered as the model does", async () => {
  const { inputs, targets } = blobs(80);
  const trained = await train(net(), { inputs, targets, labels: ["no", "yes"] }, { epochs: 40, seed: 1 });
  const turned = { inputs, targets: targets.map((one) => 1 - one), labels: ["yes", "no"] };
  const judged = await evaluate(trained, { inputs, targets });
  expect(judged.metrics.accuracy).toBeGreaterThan(0.8);
  expect(await evaluate(trained, turned)).toEqual(judged);
  const options = { epochs: 1, seed: 1, validation: turned };
  const { validation } = await train(net(), { inputs, targets, labels: ["no", "yes"] }, options);
  expect(validation).toEqual(
    (
      await train(
        net(),
        { inputs, targets, labels: ["no", "yes"] },
        { ...options, validation: { inputs, targets } },
      )
    ).validation,
  );
  await expect(evaluate(trained, { ...turned, labels: ["maybe", "no"] })).rejects.toThrow(/maybe/);
});

test("as many outputs as labels; sums are told per example", async () => {
  const { inputs, targets } = blobs(40);
  await expect(train(net(), { inputs, targets, labels: ["a", "b", "c"] })).rejects.toThrow(
    /3 labels and the model.*2 outputs/,
  );
  const model = sequential([dense({ inputs: 2, outputs: 2 })]);
  const start = model.init(randomKey(1));
  const first = async (reduction: "mean" | "sum") => {
    const run = await train(
      model,
      { inputs, targets },
      {
        loss: crossEntropy({ reduction }),
        optimizer: sgd({ rate: 1e-9 }),
        epochs: 1,
        batchSize: 8,
        start,
        validation: { inputs, targets },
      },
    );
    return [run.loss, run.validation?.loss ?? 0];
  };
  const [loss = 0, judged = 0] = await first("mean");
  const [sumLoss, sumJudged] = await first("sum");
  expect(sumLoss).toBeCloseTo(loss, 5);
  expect(sumJudged).toBeCloseTo(judged, 5);
});

test("a checkpoint's model may be written in another unit, and the run goes on as it is", async () => {
  const path = folder();
  const model = sequential([dense({ inputs: 1, outputs: 1 })]);
  const data = { inputs: [[1], [2], [3]], targets: [[1], [2], [3]] };
  const doubled = (parameters: object) => mapTree((leaf) => toTensor(leaf).mul(2), parameters);
  const options = { epochs: 4, seed: 1, checkpoint: { folder: path, asModel: doubled } };
  const part = await train(model, data, { ...options, epochs: 2 });
  const files = readCheckpointFolder(path).latest()?.files ?? {};
  const { parameters } = decodeModel(files["model.safetensors"] ?? new Uint8Array(0), "model");
  expect(bits({ parameters })).toEqual(bits(part).map((leaf) => leaf.map((x) => 2 * x)));
  const resumed = await train(model, data, { ...options, resume: path });
  expect(bits(resumed)).toEqual(bits(await train(model, data, { epochs: 4, seed: 1 })));
});
