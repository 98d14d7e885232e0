/** Random values from explicit keys. A key is used once: split it where more are needed. */

import { checkOptions, showValue } from "../../core/checks.ts";
import { ArgumentError, DtypeError, ShapeError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { seedKey } from "../../core/random/index.ts";
import { checkDtype, isFloat } from "../dtype.ts";
import { checkShape, type Shape, showShape } from "../shape.ts";
import { apply, type Operand, Tensor, toTensor } from "../tensor.ts";
import { gather } from "./indexing.ts";

/** A random key: an int32 tensor of shape `[2]`, made by `randomKey` or `splitKey`. */
export type Key = Tensor;

/** The dtypes of continuous random values. */
export type FloatDtype = "float64" | "float32";

/**
 * A key from a seed; the same seed gives the same values everywhere.
 *
 * @throws ArgumentError unless the seed is a finite number.
 *
 * ```ts
 * randomKey(7); // → Tensor(int32 [2]) [-902121113, -1141662222]
 * ```
 */
export function randomKey(seed: number): Key {
  const [high, low] = seedKey(seed);
  return new Tensor({ dtype: "int32", shape: [2] }, Int32Array.of(high | 0, low | 0));
}

function checkKey(call: string, key: Key): Key {
  if (!(key instanceof Tensor) || key.dtype !== "int32" || key.rank !== 1 || key.size !== 2) {
    const got = key instanceof Tensor ? `${key.dtype} ${showShape(key.shape)}` : typeof key;
    throw new ArgumentError(`${call}: needs a key from randomKey(seed) or splitKey(key); got ${got}`);
  }
  return key;
}

function checkFloat(call: string, dtype: FloatDtype): void {
  checkDtype(call, dtype);
  if (!isFloat(dtype))
    throw new DtypeError(`${call}: draws float64 or float32; got ${showValue(dtype)}; cast the result`);
}

/**
 * `count` independent keys from one; the parent is not to be used again. Default: two.
 *
 * @throws ArgumentError for what is no key, or a count that is not whole and ≥ 0.
 *
 * ```ts
 * const [forWeights, forBias] = splitKey(randomKey(7));
 * forWeights?.shape; // → [ 2 ]
 * ```
 */
export function splitKey(key: Key, count?: 2): [Key, Key];
export function splitKey(key: Key, count: 3): [Key, Key, Key];
export function splitKey(key: Key, count: number): Key[];
export function splitKey(key: Key, count = 2): Key[] {
  if (!Number.isSafeInteger(count) || count < 0)
    throw new ArgumentError(`splitKey: count must be a whole number ≥ 0; got ${count}`);
  const children = at(apply("randomSplit", [checkKey("splitKey", key)], { count }), 0);
  return [...children];
}

/** Options of `uniform`. */
export interface UniformOptions {
  /** The smallest value. Default 0. */
  readonly low?: Operand;
  /** The bound that is not reached, but for rounding (as in NumPy). Default 1. */
  readonly high?: Operand;
  /** Default float64. */
  readonly dtype?: FloatDtype;
}

/**
 * Uniform on [low, high). Default: one float64 in [0, 1).
 *
 * @throws ArgumentError for what is no key, or low ≥ high.
 *
 * ```ts
 * uniform(randomKey(7), [2]); // → Tensor(float64 [2]) [0.967025, 0.823362]
 * ```
 */
export function uniform(key: Key, shape: Shape = [], options: UniformOptions = {}): Tensor {
  checkShape("uniform", shape);
  checkOptions("uniform", options, ["low", "high", "dtype"]);
  const { low = 0, high = 1, dtype = "float64" } = options;
  checkFloat("uniform", dtype);
  if (typeof low === "number" && typeof high === "number" && !(low < high)) {
    throw new ArgumentError(`uniform({ low, high }) needs low < high; got ${low} and ${high}`);
  }
  const unit = at(apply("randomUniform", [checkKey("uniform", key)], { shape, dtype }), 0);
  return low === 0 && high === 1 ? unit : unit.mul(toTensor(high).sub(low)).add(low);
}

/** Options of `normal`. */
export interface NormalOptions {
  /** Default 0. */
  readonly mean?: Operand;
  /** The standard deviation. Default 1. */
  readonly std?: Operand;
  /** Default float64. */
  readonly dtype?: FloatDtype;
}

/**
 * Normally distributed. Default: one float64 of mean 0 and standard deviation 1.
 *
 * @throws ArgumentError for what is no key, or a negative standard deviation.
 *
 * ```ts
 * normal(randomKey(7), [2]); // → Tensor(float64 [2]) [-0.0827502, -0.458319]
 * ```
 */
export function normal(key: Key, shape: Shape = [], options: NormalOptions = {}): Tensor {
  checkShape("normal", shape);
  checkOptions("normal", options, ["mean", "std", "dtype"]);
  const { mean = 0, std = 1, dtype = "float64" } = options;
  checkFloat("normal", dtype);
  if (typeof std === "number" && !(std >= 0))
    throw new ArgumentError(`normal({ std }) must not be negative; got ${std}`);
  const standard = at(apply("randomNormal", [checkKey("normal", key)], { shape, dtype }), 0);
  return mean === 0 && std === 1 ? standard : standard.mul(std).add(mean);
}

/**
 * True with the given probability. Default: one half, and the shape of the probability.
 *
 * @throws ArgumentError for what is no key, or a probability outside [0, 1].
 *
 * ```ts
 * bernoulli(randomKey(7), 0.5, [4]); // → Tensor(bool [4]) [false, false, true, false]
 * ```
 */
export function bernoulli(key: Key, probability: Operand = 0.5, shape?: Shape): Tensor {
  const p = toTensor(probability);
  if (typeof probability === "number" && !(probability >= 0 && probability <= 1)) {
    throw new ArgumentError(`bernoulli: the probability must lie in [0, 1]; got ${probability}`);
  }
  const dtype = p.dtype === "float32" ? "float32" : "float64";
  return uniform(key, shape ?? p.shape, { dtype }).less(p);
}

/**
 * 0 … n − 1 in random order, or the rows of a tensor.
 *
 * @throws ArgumentError for what is no key, or a negative length.
 * @throws ShapeError for a scalar tensor.
 *
 * ```ts
 * permutation(randomKey(7), 5); // → Tensor(int32 [5]) [4, 0, 3, 1, 2]
 * ```
 */
export function permutation(key: Key, x: number | Operand): Tensor {
  if (typeof x === "number") {
    if (!Number.isSafeInteger(x) || x < 0)
      throw new ArgumentError(`permutation: needs a whole number ≥ 0 or a tensor; got ${x}`);
    return at(apply("randomPermutation", [checkKey("permutation", key)], { length: x }), 0);
  }
  const rows = toTensor(x);
  if (rows.rank === 0)
    throw new ShapeError(
      "permutation: a scalar tensor has no rows to shuffle; pass a plain number for a permutation of indices",
    );
  return gather(rows, permutation(key, at(rows.shape, 0)), 0);
}

/**
 * 32 random bits an element, as int32.
 *
 * @throws ArgumentError for what is no key.
 *
 * ```ts
 * randomBits(randomKey(7), [2]); // → Tensor(int32 [2]) [-141626127, 1162133181]
 * ```
 */
export function randomBits(key: Key, shape: Shape = []): Tensor {
  checkShape("randomBits", shape);
  return at(apply("randomBits", [checkKey("randomBits", key)], { shape }), 0);
}
