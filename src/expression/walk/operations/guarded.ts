/**
 * Traced operations, and the safe values that keep the side not taken harmless.
 *
 * Both sides of a traced condition are computed and joined by `where`, whose derivative gives the other side the
 * cotangent 0. But 0 · ∞ is NaN, so under a mask every operand of a nonlinear operation is itself replaced, in the
 * lanes not taken, by a value inside the operation's domain where it and all its derivatives are finite.
 */
import * as tensors from "../../../tensor/index.ts";
import { isNaN as isNan, logicalAnd, logicalNot, notEqual, Tensor, where } from "../../../tensor/index.ts";
import { type Mask, relative, rootOf } from "../branching/mask.ts";
import { refuse } from "../refuse.ts";
import type { AnyFunction } from "../source.ts";
import type { Walker } from "../types.ts";

/** Beyond this many traced operations a graph no longer fits comfortably in memory. */
const MOST_OPERATIONS = 4_000_000;

/** For each operand, a value at which the operation is smooth. Operations not listed are linear or piecewise constant. */
const safeValues: Readonly<Record<string, readonly number[]>> = {
  mul: [1, 1],
  div: [1, 1],
  pow: [1, 1],
  rem: [0, 1],
  mod: [0, 1],
  atan2: [0, 1],
  hypot: [1, 1],
  logAddExp: [0, 0],
  matmul: [1, 1],
  dot: [1, 1],
  outer: [1, 1],
  abs: [1],
  square: [1],
  sqrt: [1],
  cbrt: [1],
  reciprocal: [1],
  exp: [0],
  expm1: [0],
  exp2: [0],
  log: [1],
  log1p: [0],
  log2: [1],
  log10: [1],
  sin: [0],
  cos: [0],
  tan: [0],
  asin: [0],
  acos: [0],
  atan: [0],
  sinh: [0],
  cosh: [0],
  tanh: [0],
  asinh: [0],
  acosh: [2],
  atanh: [0],
  erf: [0],
  erfc: [0],
  lgamma: [1],
  digamma: [1],
  sigmoid: [0],
  softplus: [0],
  elu: [1],
  gelu: [1],
  silu: [0],
  logSigmoid: [0],
  prod: [1],
  norm: [1],
  logSumExp: [0],
  softmax: [0],
  logSoftmax: [0],
};

/** Nabla's own functions by identity, for calls out of walked code. */
const safeByFunction = new Map<unknown, readonly number[]>(
  Object.entries(tensors).flatMap(([name, value]) => {
    const safe = safeValues[name];
    return safe === undefined || typeof value !== "function" ? [] : [[value, safe] as const];
  }),
);

/** The safe operands of one of Nabla's own functions; undefined for every other function. */
export function safeOperandsOf(f: AnyFunction): readonly number[] | undefined {
  return safeByFunction.get(f);
}

/** The safe operands of a method of `Tensor`, the tensor itself first. */
export function safeOperandsOfMethod(name: string): readonly number[] | undefined {
  return Object.hasOwn(safeValues, name) ? safeValues[name] : undefined;
}

/** `operand`, replaced by `safe` in the lanes that are not followed. */
export function guard(mask: Mask, operand: Tensor | number, safe: number): Tensor | number {
  if (mask.parent === undefined || mask.condition === undefined || isKnownTensor(operand)) return operand;
  if (mask.depth === 1 && mask.negated) return where(mask.condition, safe, operand);
  return where(relative(mask, rootOf(mask)), operand, safe);
}

function isKnownTensor(operand: Tensor | number): boolean {
  return typeof operand !== "number" && !operand.isTraced;
}

/** Counts an operation that enters the graph. */
export function count(walker: Walker): void {
  walker.operations += 1;
  if (walker.operations > MOST_OPERATIONS) {
    refuse(
      walker,
      `the function needs more than ${MOST_OPERATIONS.toLocaleString("en")} traced operations`,
      "use tensor operations for its loops",
    );
  }
}

/** A unary function of a traced value, under the present mask. */
export function unary(walker: Walker, name: string, run: (x: Tensor) => Tensor, x: Tensor): Tensor {
  count(walker);
  const safe = safeValues[name]?.[0];
  if (safe === undefined || walker.mask.parent === undefined) return run(x);
  const operand = guard(walker.mask, x, safe);
  return operand instanceof Tensor ? run(operand) : run(x);
}

/** A binary function of which at least one operand is a tensor, under the present mask. */
export function binary(
  walker: Walker,
  name: string,
  run: (a: Tensor | number, b: Tensor | number) => Tensor,
  a: Tensor | number,
  b: Tensor | number,
): Tensor {
  count(walker);
  const safe = safeValues[name];
  if (safe === undefined || walker.mask.parent === undefined || isLinear(name, a, b)) return run(a, b);
  const left = isHarmless(a) ? a : guard(walker.mask, a, safe[0] ?? 1);
  const right = isHarmless(b) ? b : guard(walker.mask, b, safe[1] ?? 1);
  return run(left, right);
}

/** A product with a known finite factor, a quotient by a known finite divisor: constant derivatives need no guard. */
function isLinear(name: string, a: Tensor | number, b: Tensor | number): boolean {
  if (name === "mul") return isHarmless(a) || isHarmless(b) || a === 0 || b === 0;
  if (name === "div" || name === "rem") return isHarmless(b);
  return false;
}

/** A known operand at which no operation or derivative is infinite: 0 may be divided by or raised to a power. */
function isHarmless(operand: Tensor | number): boolean {
  return typeof operand === "number" && operand !== 0 && Number.isFinite(operand);
}

/** The arithmetic value of anything: truth values are 1 and 0, undefined is NaN, as in JavaScript. */
export function toNumber(walker: Walker, value: unknown): number | Tensor {
  if (typeof value === "number") return value;
  if (value instanceof Tensor) return value.dtype === "bool" ? where(value, 1, 0) : value;
  if (typeof value === "boolean" || typeof value === "string" || value === null) return Number(value);
  if (value === undefined) {
    // JavaScript would go on with NaN, and so would every derivative.
    return refuse(
      walker,
      "undefined is used as a number",
      "an index out of range or a missing property gives undefined: check which",
    );
  }
  const what = Array.isArray(value)
    ? "an array"
    : typeof value === "function"
      ? "a function"
      : `a ${typeof value}`;
  return refuse(walker, `${what} is used as a number`, "compute with its elements");
}

/** Whether a value counts as true: known, or a traced condition. NaN and 0 are false. */
export function truth(walker: Walker, value: unknown): boolean | Tensor {
  if (!(value instanceof Tensor)) return Boolean(value);
  if (value.rank > 0) {
    refuse(
      walker,
      `a tensor of shape [${value.shape.join(", ")}] is used as a condition`,
      "use `any`, `all` or `where`",
    );
  }
  if (!value.isTraced) return Boolean(value.item());
  if (value.dtype === "bool") return value;
  count(walker);
  return logicalAnd(notEqual(value, 0), logicalNot(isNan(value)));
}

/** Negation of a truth value. */
export function not(walker: Walker, value: unknown): boolean | Tensor {
  const condition = truth(walker, value);
  return condition instanceof Tensor ? logicalNot(condition) : !condition;
}
