/** What random graphs are made from: shapes, elements, and the values at hand. */
import type { TensorType } from "../../src/tensor/array.ts";
import { allocate, type Dtype } from "../../src/tensor/dtype.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { Tensor } from "../../src/tensor/tensor.ts";
import type { Source } from "../primitives/source.ts";

/** What the elements of the inputs are: small whole numbers, with which sums are exact, or anything a float can be. */
export type Elements = "whole" | "any" | "ordinary";

/** How long axes are: a few registers, or beyond what is cut, blocked or divided among threads. */
export type Size = "small" | "large";

/** Makes new values of those at hand; undefined where nothing fits. */
export type Operation = (pool: Pool) => readonly Tensor[] | undefined;

/** The values at hand while a graph is made. */
export interface Pool {
  readonly source: Source;
  readonly values: readonly Tensor[];
  readonly elements: Elements;
  /** A value that fits, the late ones more often than the early ones. */
  readonly find: (fits: (x: Tensor) => boolean) => Tensor | undefined;
}

const special = [
  0,
  -0,
  1,
  -1,
  Number.NaN,
  Infinity,
  -Infinity,
  5e-324,
  -2e-310,
  1e-45,
  1e300,
  -3e38,
  0.5,
  2.5,
  -1.5,
];

/** A random element of a dtype. */
function element(source: Source, dtype: Dtype, elements: Elements): number {
  if (dtype === "bool") return source.integer(0, 1);
  if (dtype === "int32")
    return elements === "any" && source.integer(0, 5) === 0
      ? source.pick([-(2 ** 31), 2 ** 31 - 1, 65_537, 0])
      : source.integer(-3, 3);
  if (elements === "whole") return source.integer(-3, 3);
  if (elements === "any" && source.integer(0, 3) === 0) return source.pick(special);
  return source.uniform(-3, 3);
}

/** Random elements of a type. */
export function drawn(source: Source, { dtype, shape }: TensorType, elements: Elements): Tensor {
  const data = allocate(dtype, sizeOf(shape));
  for (let i = 0; i < data.length; i++) data[i] = element(source, dtype, elements);
  return new Tensor({ dtype, shape }, data);
}

/** Lengths about those of registers. */
export const shortLengths: readonly number[] = [1, 1, 2, 2, 3, 4, 5, 7, 8, 9, 16, 17, 19, 33];

/** A shape of at most so many elements. */
export function randomShape(source: Source, size: Size): number[] {
  const most = size === "small" ? 600 : 20_000;
  const lengths = size === "small" ? shortLengths : [...shortLengths, 64, 100, 257, 1024, 2049, 5000];
  const shape: number[] = [];
  const rank = source.pick([0, 1, 1, 2, 2, 2, 3, 3, 4]);
  for (let axis = 0; axis < rank; axis++) {
    const length = source.integer(0, 60) === 0 ? 0 : source.pick(lengths);
    shape.push(sizeOf(shape) * length > most ? 1 : length);
  }
  return source.flip() ? shape : shape.reverse();
}

/** Shapes that meet a given one: some axes of length 1, some left out. */
export function meetingShape(source: Source, shape: readonly number[]): number[] {
  const kept = shape.slice(source.pick([0, 0, 0, source.integer(0, shape.length)]));
  return kept.map((n) => (source.integer(0, 3) === 0 ? 1 : n));
}

/** Whether shapes broadcast, to a result that is not too large. */
export const canMeet = (a: readonly number[], b: readonly number[]): boolean => {
  for (let i = 1; i <= Math.min(a.length, b.length); i++) {
    const [m, n] = [a[a.length - i], b[b.length - i]];
    if (m !== n && m !== 1 && n !== 1) return false;
  }
  return Math.max(sizeOf(a), 1) * Math.max(sizeOf(b), 1) <= 40_000;
};
