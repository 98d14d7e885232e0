/** Proposals: where a chain might go next. A proposal judges nothing; Hastings' ratio makes up for its asymmetry. */
import type { Settings } from "../solver/card.ts";

/** What a proposal knows of the target: plain data. */
export interface Learned {
  /** The lower triangular factor L of a covariance, `[n, n]`, row-major. */
  readonly factor: Float64Array;
  /** By what L is multiplied for a step. */
  readonly scale: number;
  /** The mean of the points seen. */
  readonly mean: Float64Array;
}

/** A way to propose. */
export interface Proposal {
  readonly name: string;
  readonly settings: Settings;
  /** What it knows at the start. @throws ArgumentError for a start from which it cannot go. */
  readonly begin: (x: Float64Array) => Learned;
  /** The point proposed from x by standard normal numbers z. */
  readonly propose: (learned: Learned, x: Float64Array, z: Float64Array) => Float64Array;
  /** log q(x | y) − log q(y | x), q(y | x) being the density of proposing y from x; 0 where proposals are symmetric. */
  readonly logRatio: (x: Float64Array, y: Float64Array) => number;
  /** What it knows after transition k = 1, 2, … of the warm-up, which led to x and was accepted with a probability. */
  readonly adapt: (learned: Learned, x: Float64Array, acceptance: number, k: number) => Learned;
}
