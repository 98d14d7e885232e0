/** A long training of a small network: `node --expose-gc long-run.mjs` prints the bytes in use after ten thousand steps and after a hundred thousand. */

import { adam, dense, normal, randomKey, relu, sequential, train } from "../../dist/node/src/index.js";

const model = sequential([dense({ inputs: 4, outputs: 8 }), relu, dense({ inputs: 8, outputs: 2 })]);
const inputs = normal(randomKey(1), [400, 4], { dtype: "float32" });
const targets = Int32Array.from({ length: 400 }, (_, i) => i % 2);
const measured = [];
await train(
  model,
  { inputs, targets },
  {
    optimizer: adam(),
    steps: 100_000,
    batchSize: 16,
    average: 0.9,
    validation: 0.1,
    onStep: ({ step }) => {
      if (step !== 10_000 && step !== 100_000) return;
      globalThis.gc?.();
      const { heapUsed, external } = process.memoryUsage();
      measured.push(heapUsed + external);
    },
  },
);
process.stdout.write(`${measured.join(" ")}\n`);
