/** Comparison, logic and choice, element by element. Results are bool. */

import { at } from "../../core/exactly.ts";
import { checkDtype, type Dtype } from "../dtype.ts";
import { apply, combine, type Operand, type Tensor, toTensor } from "../tensor.ts";

/**
 * a = b; NaN equals nothing.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * equal([1, 2], 2); // → Tensor(bool [2]) [false, true]
 * ```
 */
export function equal(a: Operand, b: Operand): Tensor {
  return combine("equal", a, b);
}

/**
 * a ≠ b. NaN differs from everything.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * notEqual([1, 2], 2); // → Tensor(bool [2]) [true, false]
 * ```
 */
export function notEqual(a: Operand, b: Operand): Tensor {
  return combine("notEqual", a, b);
}

/**
 * a < b.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * less([1, 2], 2); // → Tensor(bool [2]) [true, false]
 * ```
 */
export function less(a: Operand, b: Operand): Tensor {
  return combine("less", a, b);
}

/**
 * a ≤ b.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * lessEqual([1, 2], 2); // → Tensor(bool [2]) [true, true]
 * ```
 */
export function lessEqual(a: Operand, b: Operand): Tensor {
  return combine("lessEqual", a, b);
}

/**
 * a > b.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * greater([1, 3], 2); // → Tensor(bool [2]) [false, true]
 * ```
 */
export function greater(a: Operand, b: Operand): Tensor {
  return combine("greater", a, b);
}

/**
 * a ≥ b.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * greaterEqual([1, 2], 2); // → Tensor(bool [2]) [false, true]
 * ```
 */
export function greaterEqual(a: Operand, b: Operand): Tensor {
  return combine("greaterEqual", a, b);
}

/**
 * Both are true (not 0).
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * logicalAnd([true, false], true); // → Tensor(bool [2]) [true, false]
 * ```
 */
export function logicalAnd(a: Operand, b: Operand): Tensor {
  return combine("logicalAnd", a, b);
}

/**
 * At least one is true.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * logicalOr([true, false], false); // → Tensor(bool [2]) [true, false]
 * ```
 */
export function logicalOr(a: Operand, b: Operand): Tensor {
  return combine("logicalOr", a, b);
}

/**
 * Exactly one is true.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * logicalXor([true, false], true); // → Tensor(bool [2]) [false, true]
 * ```
 */
export function logicalXor(a: Operand, b: Operand): Tensor {
  return combine("logicalXor", a, b);
}

/**
 * x is false (0).
 *
 * ```ts
 * logicalNot([true, false]); // → Tensor(bool [2]) [false, true]
 * ```
 */
export function logicalNot(x: Operand): Tensor {
  return toTensor(x).logicalNot();
}

/**
 * x is NaN.
 *
 * ```ts
 * isNaN([1, Number.NaN]); // → Tensor(bool [2]) [false, true]
 * ```
 */
export function isNaN(x: Operand): Tensor {
  return toTensor(x).isNaN();
}

/**
 * x is neither NaN nor infinite.
 *
 * ```ts
 * isFinite([1, Number.NaN, Infinity]); // → Tensor(bool [3]) [true, false, false]
 * ```
 */
export function isFinite(x: Operand): Tensor {
  return toTensor(x).isFinite();
}

/**
 * `a` where the condition holds, else `b`. Both are evaluated; derivatives flow only into the side taken,
 * but 0 · ∞ is NaN: put a safe value into the argument of a function that is infinite on the side not
 * taken. Shapes broadcast, dtypes of the sides promote.
 *
 * @throws ShapeError when the shapes do not broadcast.
 *
 * ```ts
 * where([true, false], [1, 2], 0); // → Tensor(float64 [2]) [1, 0]
 * ```
 */
export function where(condition: Operand, a: Operand, b: Operand): Tensor {
  return toTensor(condition).where(a, b);
}

/**
 * The same values as another dtype; fractions are cut off.
 *
 * @throws DtypeError for an unknown dtype, or when an int32 cannot hold a value (NaN, infinities, out of
 * range).
 *
 * ```ts
 * cast([1.7, -1.7], "int32"); // → Tensor(int32 [2]) [1, -1]
 * cast([0, 2], "bool"); // → Tensor(bool [2]) [false, true]
 * ```
 */
export function cast(x: Operand, dtype: Dtype): Tensor {
  checkDtype("cast", dtype);
  return toTensor(x).cast(dtype);
}

/**
 * The same value, a constant to every derivative.
 *
 * ```ts
 * stopGradient([1, 2]); // → Tensor(float64 [2]) [1, 2]
 * ```
 */
export function stopGradient(x: Operand): Tensor {
  const value = toTensor(x);
  return at(apply("stopGradient", [value], {}, value.isWeak), 0);
}
