/** Where samples get their random choices from: seeded, so that a failure can be repeated. */
import { Tensor } from "../../src/tensor/tensor.ts";

/** A stream of random choices. */
export interface Source {
  readonly uniform: (low: number, high: number) => number;
  /** A whole number, both ends included. */
  readonly integer: (low: number, high: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly flip: () => boolean;
}

/** Mulberry32 (Tommy Ettinger, 2017): small, and good enough to choose samples. */
export function sourceOf(seed: number): Source {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    uniform: (low, high) => low + next() * (high - low),
    integer,
    pick: (list) => {
      const item = list[integer(0, list.length - 1)];
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
    flip: () => next() < 0.5,
  };
}

const count = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** float64 elements from `next`. */
export function floats(shape: readonly number[], next: () => number): Tensor {
  return new Tensor({ dtype: "float64", shape }, Float64Array.from({ length: count(shape) }, next));
}

/** int32 elements from `next`. */
export function integers(shape: readonly number[], next: () => number): Tensor {
  return new Tensor({ dtype: "int32", shape }, Int32Array.from({ length: count(shape) }, next));
}

/** bool elements from `next`. */
export function booleans(shape: readonly number[], next: () => boolean): Tensor {
  return new Tensor(
    { dtype: "bool", shape },
    Uint8Array.from({ length: count(shape) }, () => Number(next())),
  );
}

/** Elements at least 0.3 apart, in random order. */
export function distinct(source: Source, shape: readonly number[]): Tensor {
  const size = count(shape);
  const order = Array.from({ length: size }, (_, i) => i - size / 2);
  for (let i = size - 1; i > 0; i--) {
    const j = source.integer(0, i);
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  let next = 0;
  return floats(shape, () => 0.5 * (order[next++] ?? 0) + source.uniform(-0.1, 0.1));
}

/** A random shape; scalars and empty axes come up too. */
export function shapeOf(source: Source, least = 0, most = 3): number[] {
  return Array.from({ length: source.integer(least, most) }, () => source.pick([0, 1, 2, 2, 3, 3, 4, 4]));
}

/** A random shape without empty axes. */
export function fullShape(source: Source, least = 0, most = 3): number[] {
  return Array.from({ length: source.integer(least, most) }, () => source.integer(1, 4));
}

/** Shapes that broadcast against each other. */
export function meetingShapes(source: Source, operands: number): number[][] {
  const common = shapeOf(source);
  return Array.from({ length: operands }, () => {
    const kept = common.slice(source.pick([0, 0, source.integer(0, common.length)]));
    return kept.map((n) => (source.integer(0, 3) === 0 ? 1 : n));
  });
}
