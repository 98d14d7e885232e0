/**
 * The same numbers in every language: uᵢ = frac((1000003 s + i + 1) φ), a Weyl sequence, spread evenly over [0, 1). Products and
 * remainders of doubles are exact to the bit everywhere. `peers/inputs.py` holds the same functions.
 */

const golden = 0.6180339887498949;

/** `count` numbers from [0, 1). */
export const uniform = (count, seed) =>
  Float64Array.from({ length: count }, (_, i) => ((1000003 * seed + i + 1) * golden) % 1);

/** Weights from ±1/√fanIn. */
export const weights = (count, fanIn, seed) =>
  uniform(count, seed).map((u) => (2 * u - 1) / Math.sqrt(fanIn));

/** Labels from 0 to classes − 1. */
export const labels = (count, classes) => Int32Array.from({ length: count }, (_, i) => (7 * i) % classes);

/** The rate of training steps: so small that the network stays what it is, and nothing becomes subnormal. */
export const rate = 1e-6;
