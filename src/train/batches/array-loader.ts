/** Batches from arrays: shuffled anew for every epoch by the seed, or all examples at once. */

import { at } from "../../core/exactly.ts";
import { permutation } from "../../core/random/index.ts";
import { entry } from "../../core/vector.ts";
import type { ExampleData } from "../../data/examples/example-array.ts";
import { gatherRows } from "../../data/examples/gather.ts";
import type { Standardization } from "../../data/examples/standardization.ts";
import { type Tensor, toTensor } from "../../tensor/tensor.ts";
import { wordsFor } from "../course/keys.ts";
import type { Batch, Loader } from "./batch.ts";

/** Examples in memory. */
export interface ArraySource {
  readonly inputs: ExampleData;
  readonly targets: ExampleData;
  readonly standardization: Standardization | undefined;
  /** One weight for each class, where classes have them. */
  readonly classWeights: readonly number[] | undefined;
  /** The examples that are meant; default all, in order. */
  readonly indices?: Int32Array;
}

/** How they are divided into batches. */
export interface Batching {
  readonly batchSize: number;
  readonly lastBatch: "keep" | "drop";
  readonly seed: number;
}

/** The number of examples of a source. */
export function countOf({ indices, inputs }: ArraySource): number {
  return indices?.length ?? inputs.shape[0] ?? 0;
}

/** The batches of a source. */
export function arrayLoader(source: ArraySource, { batchSize, lastBatch, seed }: Batching): Loader {
  const count = countOf(source);
  const stepsPerEpoch = lastBatch === "keep" ? Math.ceil(count / batchSize) : Math.floor(count / batchSize);
  // All examples are one batch in whatever order: it is gathered once.
  const whole = batchSize >= count ? batchAt(source, inOrder(count)) : undefined;
  return {
    stepsPerEpoch,
    *epoch(epoch, from) {
      if (whole !== undefined) {
        if (from === 0) yield whole;
        return;
      }
      const order = permutation(wordsFor(seed, "order", epoch), count);
      // A batch is used up before the next one is made: one room serves them all.
      const room = roomFor(source, batchSize);
      for (let step = from; step < stepsPerEpoch; step++) {
        const places = order.subarray(step * batchSize, (step + 1) * batchSize);
        yield batchAt(source, places, places.length === batchSize ? room : undefined);
      }
    },
  };
}

/** Room for the inputs of a batch. */
function roomFor({ inputs }: ArraySource, batchSize: number): Float32Array | undefined {
  if (inputs.dtype === "int32") return undefined;
  return new Float32Array(batchSize * (inputs.data.length / (inputs.shape[0] ?? 1)));
}

/** The examples at some places of a source, their inputs in a room that is given or a new one. */
export function batchAt(source: ArraySource, places: Int32Array, room?: Float32Array): Batch {
  const { inputs, targets, standardization, classWeights, indices } = source;
  const rows = indices === undefined ? places : places.map((place) => at(indices, place));
  const batch = {
    inputs: gatherRows(inputs, rows, standardization, room),
    targets: gatherRows(targets, rows),
    size: rows.length,
  };
  return classWeights === undefined ? batch : { ...batch, weights: weightsOf(batch.targets, classWeights) };
}

/** Places in order, as for examples that are only looked at. */
export function inOrder(count: number, from = 0): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => from + i);
}

/** The weight of each example: that of its class. */
export function weightsOf(classes: Tensor, classWeights: readonly number[]): Tensor {
  const weights = Float64Array.from(classWeights);
  return toTensor(Float32Array.from(classes.toTypedArray(), (label) => entry(weights, label)));
}
