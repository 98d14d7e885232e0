/** Gradients of scalar functions, by reverse mode: the cost is a small multiple of the function's, whatever the dimension. */
import { showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { isPlainObject } from "../core/tree.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkDifferentiable, readData, readTree } from "./reading.ts";
import { checkScalar, inputsOf, perTrace, pointMask, run, tracer } from "./traced.ts";
import { gradientGraph } from "./transforms.ts";

/** What a scalar function returns: a number in plain arithmetic, a tensor of shape `[]` in tensor form. */
export type Scalar = number | Tensor;

/** Value and gradient at one point. */
export interface ValueAndGrad<X, R> {
  readonly value: R;
  /** ∂f/∂x with the structure of x. */
  readonly grad: X;
}

/** Says that the function returns `[value, aux]`: only the value is differentiated, aux is handed through. */
export interface WithAux {
  readonly aux: true;
}

/**
 * What derivatives are taken by: a number, a tensor, a float array, or a tree (nested arrays, plain objects) of them. The
 * compiler refuses strings and the like; what a tree holds is checked when the function is called, because TypeScript has no
 * bound that admits interfaces and looks at their members.
 */
export type Point = number | object;

/** A function of a point and further arguments. */
export type Differentiable<X, Rest extends readonly unknown[], R> = (x: X, ...rest: Rest) => R;

/**
 * The function that gives value and gradient of a scalar function at a point.
 *
 * The point is the first argument: a number, a tensor, or a tree of them. Tensors among further arguments are inputs of the
 * graph; anything else there is a constant of the trace, compared by value. The function is traced once for each kind of
 * call, so it must be pure.
 *
 * ```ts
 * import { valueAndGrad } from "nabla";
 * const f = valueAndGrad(([x, y]: [number, number]) => x * x * y);
 * f([3, 2]); // → { value: 18, grad: [12, 9] }
 * ```
 *
 * @throws TraceError when the function cannot be traced; ShapeError when it does not return a scalar.
 */
export function valueAndGrad<X extends Point, Rest extends readonly unknown[], R extends Scalar>(
  f: Differentiable<X, Rest, R>,
): Differentiable<X, Rest, ValueAndGrad<X, R>>;
export function valueAndGrad<X extends Point, Rest extends readonly unknown[], R extends Scalar, Aux>(
  f: Differentiable<X, Rest, readonly [R, Aux]>,
  options: WithAux,
): Differentiable<X, Rest, ValueAndGrad<X, R> & { readonly aux: Aux }>;
export function valueAndGrad(
  f: (x: never, ...rest: never[]) => unknown,
  options?: WithAux,
): (x: unknown, ...rest: unknown[]) => object {
  return gradientOf("valueAndGrad", f, options);
}

/**
 * The function that gives the gradient of a scalar function at a point, with the structure of the point.
 *
 * ```ts
 * import { grad } from "nabla";
 * const booth = ({ x, y }: { x: number; y: number }) => (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2;
 * grad(booth)({ x: 9, y: 8 }); // → { x: 120, y: 114 }
 * ```
 *
 * @throws TraceError when the function cannot be traced; ShapeError when it does not return a scalar.
 */
export function grad<X extends Point, Rest extends readonly unknown[]>(
  f: Differentiable<X, Rest, Scalar>,
): Differentiable<X, Rest, X>;
export function grad<X extends Point, Rest extends readonly unknown[], Aux>(
  f: Differentiable<X, Rest, readonly [Scalar, Aux]>,
  options: WithAux,
): Differentiable<X, Rest, { readonly grad: X; readonly aux: Aux }>;
export function grad(
  f: (x: never, ...rest: never[]) => unknown,
  options?: WithAux,
): (x: unknown, ...rest: unknown[]) => unknown {
  const both = gradientOf("grad", f, options);
  return (x, ...rest) => {
    const { grad, aux } = both(x, ...rest);
    return options?.aux ? { grad, aux } : grad;
  };
}

/** Options are `{ aux: true }`; a point here means that the derivative was not called. */
function checkAux(call: string, options: unknown): void {
  if (
    typeof options !== "object" ||
    options === null ||
    Array.isArray(options) ||
    !isPlainObject(options) ||
    Object.keys(options).some((key) => key !== "aux")
  ) {
    throw new ArgumentError(
      `${call}(f, options): the only option is { aux: true }; got ${showValue(options)}; ${call} returns a function, so a point is passed to that: ${call}(f)(x)`,
    );
  }
}

interface GradientResult {
  readonly value: unknown;
  readonly grad: unknown;
  readonly aux?: unknown;
}

function gradientOf(
  call: string,
  f: (x: never, ...rest: never[]) => unknown,
  options: WithAux | undefined,
): (x: unknown, ...rest: unknown[]) => GradientResult {
  if (options !== undefined && typeof f === "function") checkAux(call, options);
  const trace = tracer(call, f, options ?? {});
  const derivative = perTrace((traced) => {
    checkScalar(call, traced);
    return gradientGraph(traced.graph, pointMask(traced));
  });
  return (x, ...rest) => {
    const point = readTree(x, call);
    checkDifferentiable(call, point);
    const readings = [point, ...rest.map(readData)];
    const traced = trace(readings);
    const outputs = run(derivative(traced), inputsOf(readings, traced));
    const end = 1 + traced.pointInputs;
    const value = traced.output.restore(outputs.slice(0, 1));
    const gradient = point.restore(outputs.slice(1, end));
    if (traced.aux === undefined) return { value, grad: gradient };
    return { value, grad: gradient, aux: traced.aux.restore(outputs.slice(end)) };
  };
}
