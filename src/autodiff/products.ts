/** Products of derivatives with vectors, without forming matrices: J v forwards, Jᵀ w backwards, H v both. */
import { ShapeError } from "../core/errors.ts";
import { describeStructure, sameStructure } from "../core/tree.ts";
import { sameShape, showShape } from "../tensor/shape.ts";
import { toTensor } from "../tensor/tensor.ts";
import { flattenTree } from "../tensor/tree.ts";
import type { Differentiable, Point, Scalar } from "./gradient.ts";
import { checkDifferentiable, readData, readTree } from "./reading.ts";
import { checkScalar, inputsOf, perTrace, pointMask, readDirection, run, tracer } from "./traced.ts";
import { gradientGraph, pull, tangentGraph } from "./transforms.ts";

/** A function's value and its derivative along a direction. */
export interface ValueAndTangent<R> {
  readonly value: R;
  /** J v, with the structure of the value. */
  readonly tangent: R;
}

/**
 * Forward mode: value and J v at a point, for a direction with the structure of the point.
 *
 * ```ts
 * import { jvp } from "nabla";
 * const polar = ([r, t]: [number, number]) => [r * Math.cos(t), r * Math.sin(t)];
 * jvp(polar)([2, 0], [0, 1]); // → { value: [2, 0], tangent: [0, 2] }
 * ```
 *
 * @throws ShapeError when the direction has another structure; TraceError when the function cannot be traced.
 */
export function jvp<X extends Point, Rest extends readonly unknown[], R>(
  f: Differentiable<X, Rest, R>,
): (x: X, direction: X, ...rest: Rest) => ValueAndTangent<R>;
export function jvp(
  f: (x: never, ...rest: never[]) => unknown,
): (x: unknown, v: unknown, ...rest: unknown[]) => ValueAndTangent<unknown> {
  return pushAlong("jvp", f);
}

/**
 * The derivative of a function along a direction (not normalised): lim (f(x + t v) − f(x))/t.
 *
 * ```ts
 * import { directionalDerivative } from "nabla";
 * const f = ([x, y]: [number, number]) => x * y;
 * directionalDerivative(f)([2, 3], [1, 0]); // → 3
 * ```
 */
export function directionalDerivative<X extends Point, Rest extends readonly unknown[], R>(
  f: Differentiable<X, Rest, R>,
): (x: X, direction: X, ...rest: Rest) => R;
export function directionalDerivative(
  f: (x: never, ...rest: never[]) => unknown,
): (x: unknown, v: unknown, ...rest: unknown[]) => unknown {
  const along = pushAlong("directionalDerivative", f);
  return (x, direction, ...rest) => along(x, direction, ...rest).tangent;
}

function pushAlong(
  call: string,
  f: (x: never, ...rest: never[]) => unknown,
): (x: unknown, v: unknown, ...rest: unknown[]) => ValueAndTangent<unknown> {
  const trace = tracer(call, f);
  const derivative = perTrace((traced) => tangentGraph(traced.graph, pointMask(traced)));
  return (x, v, ...rest) => {
    const point = readTree(x, call);
    checkDifferentiable(call, point);
    const direction = readDirection(call, point, v);
    const readings = [point, ...rest.map(readData)];
    const traced = trace(readings);
    const outputs = run(derivative(traced), [...inputsOf(readings, traced), ...direction]);
    const count = traced.output.isNumber.length;
    return {
      value: traced.output.restore(outputs.slice(0, count)),
      tangent: traced.output.restore(outputs.slice(count)),
    };
  };
}

/** A function's value and the map from cotangents of the value to those of the point. */
export interface ValueAndPullback<X, R> {
  readonly value: R;
  /** w ↦ Jᵀ w, for w with the structure of the value. */
  readonly pullback: (cotangent: R) => X;
}

/**
 * Reverse mode: value and the map w ↦ Jᵀ w at a point. The function is evaluated once, however often the map is used.
 *
 * ```ts
 * import { vjp } from "nabla";
 * const { value, pullback } = vjp(([x, y]: [number, number]) => [x * y, x + y])([2, 3]);
 * value; // → [6, 5]
 * pullback([1, 0]); // → [3, 2]
 * ```
 *
 * @throws ShapeError when the cotangent has another structure than the value.
 */
export function vjp<X extends Point, Rest extends readonly unknown[], R>(
  f: Differentiable<X, Rest, R>,
): Differentiable<X, Rest, ValueAndPullback<X, R>>;
export function vjp(
  f: (x: never, ...rest: never[]) => unknown,
): (x: unknown, ...rest: unknown[]) => ValueAndPullback<unknown, unknown> {
  const trace = tracer("vjp", f);
  return (x, ...rest) => {
    const point = readTree(x, "vjp");
    checkDifferentiable("vjp", point);
    const readings = [point, ...rest.map(readData)];
    const traced = trace(readings);
    const { outputs, pullback } = pull(traced.graph, inputsOf(readings, traced), pointMask(traced));
    return {
      value: traced.output.restore(outputs),
      pullback: (cotangent) => {
        const { leaves, structure } = flattenTree(cotangent, "vjp's pullback");
        if (!sameStructure(structure, traced.output.structure)) {
          throw new ShapeError(
            `vjp's pullback: needs a cotangent with the structure of the value, ${describeStructure(traced.output.structure)}; got ${describeStructure(structure)}`,
          );
        }
        const cotangents = leaves.map((leaf, i) => {
          const g = toTensor(leaf);
          const y = outputs[i];
          if (y === undefined || !sameShape(g.shape, y.shape)) {
            throw new ShapeError(
              `vjp's pullback: leaf ${i} of the cotangent has shape ${showShape(g.shape)}; that of the value ${showShape(y?.shape ?? [])}`,
            );
          }
          return g.cast(y.dtype);
        });
        const slopes = pullback(cotangents);
        return point.restore(point.inputs.map((input, i) => slopes[i] ?? input.zerosLike()));
      },
    };
  };
}

/**
 * The product of the Hessian of a scalar function with a direction, forward over reverse: a few times the cost of the
 * function and no matrix (Pearlmutter 1994).
 *
 * ```ts
 * import { hvp } from "nabla";
 * const f = ([x, y]: [number, number]) => x ** 2 * y;
 * hvp(f)([1, 2], [1, 0]); // → [4, 2]
 * ```
 *
 * @throws ShapeError when the function does not return a scalar or the direction has another structure.
 */
export function hvp<X extends Point, Rest extends readonly unknown[]>(
  f: Differentiable<X, Rest, Scalar>,
): (x: X, direction: X, ...rest: Rest) => X;
export function hvp(
  f: (x: never, ...rest: never[]) => unknown,
): (x: unknown, v: unknown, ...rest: unknown[]) => unknown {
  const trace = tracer("hvp", f);
  const derivative = perTrace((traced) => {
    checkScalar("hvp", traced);
    return tangentGraph(gradientGraph(traced.graph, pointMask(traced)), pointMask(traced));
  });
  return (x, v, ...rest) => {
    const point = readTree(x, "hvp");
    checkDifferentiable("hvp", point);
    const direction = readDirection("hvp", point, v);
    const readings = [point, ...rest.map(readData)];
    const traced = trace(readings);
    const outputs = run(derivative(traced), [...inputsOf(readings, traced), ...direction]);
    const tangents = outputs.slice(outputs.length / 2);
    return point.restore(tangents.slice(1));
  };
}
