/** Second derivatives by finite differences: Hessians from values alone, products with them from gradients. */
import { at } from "../core/exactly.ts";
import { isFlat, moved, quotient, rounder, type Scale } from "./differences.ts";
import { type Call, gather, type Work } from "./work.ts";

/** ½(A + Aᵀ), in place. */
export function symmetrize(a: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const mean = (at(a, i * n + j) + at(a, j * n + i)) / 2;
      a[i * n + j] = mean;
      a[j * n + i] = mean;
    }
  return a;
}

/** The Hessian from values alone, 2n² calls, with steps ε^¼ (Nocedal & Wright 2006, equation 8.21, made central). */
export function* hessianByValues(
  f: (x: Float64Array) => Call<number>,
  x: Float64Array,
  centre: number,
  scale: Scale,
): Work<Float64Array> {
  const n = x.length;
  const round = rounder(scale);
  const steps = scale.typical.map(
    (typical, i) => scale.epsilon ** 0.25 * Math.max(Math.abs(at(x, i)), typical),
  );
  const shift = (i: number, t: number): number => round(at(x, i) + t * at(steps, i));
  const calls: Call<number>[] = [];
  for (let i = 0; i < n; i++) {
    for (const s of [1, -1]) calls.push(() => f(moved(x, i, shift(i, s)))());
    for (let j = 0; j < i; j++)
      for (const [s, t] of corners) calls.push(() => f(moved(moved(x, i, shift(i, s)), j, shift(j, t)))());
  }
  const values = yield* gather(calls);
  const hessian = new Float64Array(n * n);
  const width = (i: number): number => shift(i, 1) - shift(i, -1);
  let next = 0;
  const take = (): number => at(values, next++);
  for (let i = 0; i < n; i++) {
    const [right, left] = [shift(i, 1) - at(x, i), at(x, i) - shift(i, -1)];
    const [plus, minus] = [take(), take()];
    hessian[i * n + i] = (2 * ((plus - centre) / right - (centre - minus) / left)) / (right + left);
    for (let j = 0; j < i; j++) {
      const mixed = (take() - take() - take() + take()) / (width(i) * width(j));
      hessian[i * n + j] = mixed;
      hessian[j * n + i] = mixed;
    }
  }
  return hessian;
}

const corners = [
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
] as const;

/**
 * The derivative of gradients along a direction.
 *
 * @param noise The relative error of the gradients: ε where they are given, ε^⅔ where they are differences themselves.
 */
export function* alongDirection(
  gradient: (x: Float64Array) => Work<Float64Array>,
  x: Float64Array,
  v: Float64Array,
  scale: Scale,
  noise: number,
): Work<Float64Array> {
  if (v.every((vi) => vi === 0)) return new Float64Array(x.length);
  const round = rounder(scale);
  /** So far that no variable moves by more than its share of its own size. */
  const reach = (floor: (i: number) => number): number =>
    Math.cbrt(noise) /
    v.reduce((most, vi, i) => Math.max(most, Math.abs(vi) / Math.max(Math.abs(at(x, i)), floor(i))), 0);
  const moveBy = (t: number): Float64Array => x.map((xi, i) => round(xi + t * at(v, i)));
  let t = reach((i) => at(scale.typical, i));
  let plus = yield* gradient(moveBy(t));
  let minus = yield* gradient(moveBy(-t));
  const far = reach(() => 1);
  if (isFlat(plus, minus) && t < far) {
    t = far;
    plus = yield* gradient(moveBy(t));
    minus = yield* gradient(moveBy(-t));
  }
  const product = quotient(plus, minus, 2 * t);
  if (product.every(Number.isFinite)) return product;
  const middle = yield* gradient(x);
  return product.map((slope, i) => {
    if (Number.isFinite(slope)) return slope;
    const right = (at(plus, i) - at(middle, i)) / t;
    return Number.isFinite(right) ? right : (at(middle, i) - at(minus, i)) / t;
  });
}
