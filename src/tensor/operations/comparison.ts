/** Comparison, logic and choice, element by element. Results are bool. */
import { checkDtype, type Dtype } from "../dtype.ts";
import { apply, combine, type Operand, type Tensor, toTensor } from "../tensor.ts";
import { at } from "../../core/exactly.ts";

/** a = b; NaN equals nothing. */
export function equal(a: Operand, b: Operand): Tensor {
  return combine("equal", a, b);
}

/** a ≠ b. */
export function notEqual(a: Operand, b: Operand): Tensor {
  return combine("notEqual", a, b);
}

/** a < b. */
export function less(a: Operand, b: Operand): Tensor {
  return combine("less", a, b);
}

/** a ≤ b. */
export function lessEqual(a: Operand, b: Operand): Tensor {
  return combine("lessEqual", a, b);
}

/** a > b. */
export function greater(a: Operand, b: Operand): Tensor {
  return combine("greater", a, b);
}

/** a ≥ b. */
export function greaterEqual(a: Operand, b: Operand): Tensor {
  return combine("greaterEqual", a, b);
}

/** Both are true (not 0). */
export function logicalAnd(a: Operand, b: Operand): Tensor {
  return combine("logicalAnd", a, b);
}

/** At least one is true. */
export function logicalOr(a: Operand, b: Operand): Tensor {
  return combine("logicalOr", a, b);
}

/** Exactly one is true. */
export function logicalXor(a: Operand, b: Operand): Tensor {
  return combine("logicalXor", a, b);
}

/** x is false (0). */
export function logicalNot(x: Operand): Tensor {
  return toTensor(x).logicalNot();
}

/** x is NaN. */
export function isNaN(x: Operand): Tensor {
  return toTensor(x).isNaN();
}

/** x is neither NaN nor infinite. */
export function isFinite(x: Operand): Tensor {
  return toTensor(x).isFinite();
}

/**
 * `a` where the condition holds, else `b`. Both are evaluated; derivatives flow only into the side taken, but 0 · ∞ is NaN:
 * put a safe value into the argument of a function that is infinite on the side not taken.
 */
export function where(condition: Operand, a: Operand, b: Operand): Tensor {
  return toTensor(condition).where(a, b);
}

/** The same values as another dtype; fractions are cut off. */
export function cast(x: Operand, dtype: Dtype): Tensor {
  checkDtype("cast", dtype);
  return toTensor(x).cast(dtype);
}

/** The same value, a constant to every derivative. */
export function stopGradient(x: Operand): Tensor {
  const value = toTensor(x);
  return at(apply("stopGradient", [value], {}, value.isWeak), 0);
}
