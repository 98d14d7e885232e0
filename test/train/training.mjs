/**
 * A training that can be killed: `node training.mjs <folder>` continues what the folder holds, says "step N" after every step, and at the end
 * prints a digest of all parameters. Dropout, batch norm, clipping, averaging and a schedule all take part.
 */

import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import {
  adamw,
  batchNorm,
  cosineDecay,
  dense,
  dropout,
  flattenTree,
  normal,
  randomKey,
  relu,
  sequential,
  train,
} from "../../dist/node/src/index.js";

const [folder = ""] = process.argv.slice(2);
const count = 512;
const inputs = normal(randomKey(1), [count, 16], { dtype: "float32" });
const targets = Int32Array.from({ length: count }, (_, i) => (inputs.toTypedArray()[16 * i] > 0 ? 1 : 0));
const model = sequential([
  dense({ inputs: 16, outputs: 64 }),
  batchNorm({ features: 64 }),
  relu,
  dropout({ rate: 0.2 }),
  dense({ inputs: 64, outputs: 2 }),
]);
const isBegun = existsSync(folder) && readdirSync(folder).some((name) => name.startsWith("step-"));
const result = await train(
  model,
  { inputs, targets },
  {
    optimizer: adamw({ rate: cosineDecay({ from: 0.01, steps: 600 }) }),
    steps: 600,
    batchSize: 24,
    validation: 0.1,
    clip: 1,
    average: 0.95,
    seed: 7,
    checkpoint: { folder, everySteps: 5, keep: 2 },
    ...(isBegun && { resume: folder }),
    onStep: ({ step }) => void process.stdout.write(`step ${step}\n`),
  },
);
const digest = createHash("sha256");
for (const leaf of flattenTree(result.parameters).leaves)
  digest.update(new Uint8Array(leaf.toTypedArray().buffer));
for (const { loss, validation } of result.epochs) digest.update(`${loss} ${validation?.loss}`);
process.stdout.write(`${result.reason} ${result.steps} ${digest.digest("hex")}\n`);
