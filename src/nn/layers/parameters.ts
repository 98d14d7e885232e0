/** What layers do with what they are given: inputs and parameters, refused in sentences where they do not fit. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { type Shape, sameShape, showShape } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** The parameters of layers that have none. */
export type NoParameters = Readonly<Record<string, never>>;

/** Refuses inputs that are no tensor. */
export function checkInputs(title: string, x: unknown): asserts x is Tensor {
  if (!(x instanceof Tensor))
    throw new ArgumentError(
      `${title}: inputs are a tensor [n, …], with one row for each example; got ${showValue(x)}; use tensor(...)`,
    );
}

/** The parameter of a name. @throws ArgumentError where there is none; ShapeError for one of another layer. */
export function parameterOf<K extends string>(
  title: string,
  parameters: { readonly [P in K]: Tensor },
  name: K,
  shape: Shape,
): Tensor {
  const tree: unknown = parameters;
  const found: unknown = typeof tree === "object" && tree !== null ? Reflect.get(tree, name) : undefined;
  if (!(found instanceof Tensor))
    throw new ArgumentError(
      `${title}: the parameters must hold a tensor ${name}; got ${showValue(tree)}; make parameters with init(key)`,
    );
  if (!sameShape(found.shape, shape))
    throw new ShapeError(
      `${title}: ${name} must be ${showShape(shape)}; got ${showShape(found.shape)}; these are the parameters of another layer`,
    );
  return found;
}
