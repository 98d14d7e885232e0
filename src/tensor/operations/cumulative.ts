/** Products over axes, and running sums and products. */
import { checkOptions } from "../../core/checks.ts";
import { at } from "../../core/exactly.ts";
import { resolveAxes, resolveAxis } from "../shape.ts";
import { apply, type Operand, scalarOf, type Tensor, toTensor } from "../tensor.ts";
import { arange } from "./creation.ts";
import type { AxisArgument, ReduceOptions } from "./reduction.ts";

/** Which way a running operation goes. */
export interface CumulativeOptions {
  /** Runs from the end of the axis to its start. Default false. */
  readonly reverse?: boolean;
}

function prepare(call: string, x: Operand, axis: number): { value: Tensor; place: number } {
  const given = toTensor(x);
  const value = given.dtype === "bool" ? given.cast("int32") : given;
  return { value, place: resolveAxis(call, axis, value.rank) };
}

/**
 * Running sums along an axis (default: the last). Shape as that of x; booleans are counted.
 *
 * @throws IndexError for an axis that x does not have.
 *
 * ```ts
 * cumsum([1, 2, 3]); // → Tensor(float64 [3]) [1, 3, 6]
 * ```
 */
export function cumsum(x: Operand, axis = -1, options: CumulativeOptions = {}): Tensor {
  checkOptions("cumsum", options, ["reverse"]);
  const { reverse = false } = options;
  const { value, place } = prepare("cumsum", x, axis);
  const one = scalarOf(1, value.dtype).broadcastTo(value.shape);
  return at(apply("linearRecurrence", [one, value], { axis: place, reverse }), 0);
}

/**
 * Running products along an axis (default: the last); exact derivatives also where factors are 0. Shape as
 * that of x.
 *
 * @throws IndexError for an axis that x does not have.
 *
 * ```ts
 * cumprod([1, 2, 3]); // → Tensor(float64 [3]) [1, 2, 6]
 * ```
 */
export function cumprod(x: Operand, axis = -1, options: CumulativeOptions = {}): Tensor {
  checkOptions("cumprod", options, ["reverse"]);
  const { reverse = false } = options;
  const { value, place } = prepare("cumprod", x, axis);
  const length = at(value.shape, place);
  const start = reverse ? length - 1 : 0;
  const isStart = arange(length)
    .equal(start)
    .reshape(value.shape.map((_, i) => (i === place ? length : 1)));
  // −0 and not 0, which would turn the product −0 into 0.
  const seed = isStart.where(value, scalarOf(-0, value.dtype));
  return at(apply("linearRecurrence", [value, seed], { axis: place, reverse }), 0);
}

/**
 * Π x over axes (default: all); exact derivatives also where factors are 0. The empty product is 1.
 *
 * @throws IndexError for axes that x does not have.
 *
 * ```ts
 * prod([[1, 2], [3, 4]], 0); // → Tensor(float64 [2]) [3, 8]
 * ```
 */
export function prod(x: Operand, axis?: AxisArgument, options: ReduceOptions = {}): Tensor {
  checkOptions("prod", options, ["keepDims"]);
  const { keepDims = false } = options;
  const given = toTensor(x);
  const value = given.dtype === "bool" ? given.cast("int32") : given;
  const axes = resolveAxes("prod", axis, value.rank);
  const kept = value.shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const count = axes.reduce((product, i) => product * at(value.shape, i), 1);
  const shape = kept.map((i) => at(value.shape, i));
  const lines = value.transpose([...kept, ...axes]).reshape([...shape, count]);
  const result =
    count === 0
      ? scalarOf(1, value.dtype).broadcastTo(shape)
      : cumprod(lines)
          .slicePrimitive([...shape.map(() => 0), count - 1], [...shape, count])
          .reshape(shape);
  return keepDims ? result.reshape(value.shape.map((n, i) => (axes.includes(i) ? 1 : n))) : result;
}
