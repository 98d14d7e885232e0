/** Batches, and where they come from. */
import type { Tensor } from "../../tensor/tensor.ts";

/** Examples of one step, ready for the program. */
export interface Batch {
  /** `[n, …]`. */
  readonly inputs: Tensor;
  /** Classes, int32 `[n]`, or values. */
  readonly targets: Tensor;
  /** Weights of the examples `[n]`, where classes have them. */
  readonly weights?: Tensor;
  readonly size: number;
}

/** Gives the batches of every epoch; the same epoch gives the same batches. */
export interface Loader {
  /** Undefined where it is known only at the end of an epoch. */
  readonly stepsPerEpoch: number | undefined;
  /** The batches of an epoch (from 1), those before `from` left out. */
  readonly epoch: (epoch: number, from: number) => Iterable<Batch> | AsyncIterable<Batch>;
}
