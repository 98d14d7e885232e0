/** Functions of two elements; operands have one dtype and broadcast. */
import { ArgumentError } from "../../core/errors.ts";
import { at, exactly } from "../../core/exactly.ts";
import type { Tensor } from "../tensor.ts";
import { addSlopes, binary } from "./elementwise.ts";
import * as loops from "./loops.ts";
import { pairwise } from "./loops.ts";
import type { None, Primitive } from "./types.ts";

/** Sum and difference are linear: slopes pass through with a sign. */
function additive(sign: 1 | -1): Primitive<None> {
  const shared = binary({ loop: sign === 1 ? loops.add : loops.subtract });
  return {
    ...shared,
    jvp: ({ outputs }, tangents) => {
      const [a, b] = exactly(tangents, 2);
      return [addSlopes(a, sign === 1 ? b : b?.neg())?.broadcastTo(at(outputs, 0).shape)];
    },
    vjp: ({ inputs, wanted }, cotangents) => {
      const [a, b] = exactly(inputs, 2);
      const g = cotangents[0];
      return [
        wanted[0] ? g?.sumTo(a.shape) : undefined,
        wanted[1] ? (sign === 1 ? g : g?.neg())?.sumTo(b.shape) : undefined,
      ];
    },
  };
}

export const add: Primitive<None> = additive(1);
export const sub: Primitive<None> = additive(-1);

export const mul: Primitive<None> = binary({
  loop: loops.multiply,
  integerLoop: pairwise(Math.imul),
  partials: [(_, b) => b, (a) => a],
});

export const div: Primitive<None> = binary({
  loop: loops.divide,
  partials: [(_, b) => b.constant(1).div(b), (_, b, y) => y.neg().div(b)],
});

/** The remainder with the sign of the dividend (JavaScript's %, C's fmod); differentiable between its jumps. */
export const rem: Primitive<None> = binary({
  loop: pairwise((a, b) => a % b),
  integerLoop: pairwise((a, b) => (b === 0 ? 0 : a % b)),
  partials: [(a) => a.constant(1), (a, b) => a.div(b).trunc().neg()],
});

/** b·aᵇ⁻¹; where b = 0 the power is constant and the derivative is 0, also at a = 0. */
function powerOfBase(a: Tensor, b: Tensor): Tensor {
  const exponent = b.knownScalar();
  if (exponent === 0) return a.constant(0);
  if (exponent === 1) return a.constant(1);
  if (exponent === 2) return a.mul(2);
  if (exponent !== undefined) return a.pow(exponent - 1).mul(exponent);
  const isConstant = b.equal(0);
  return isConstant.where(0, b).mul(a.pow(isConstant.where(1, b).sub(1)));
}

/** aᵇ·log a; 0 at a = 0, where the power does not change with b > 0 (JAX, PyTorch). */
function powerOfExponent(a: Tensor, _: Tensor, y: Tensor): Tensor {
  return a.equal(0).where(1, a).log().mul(y);
}

function integerPower(base: number, exponent: number): number {
  if (exponent < 0) {
    throw new ArgumentError(
      `pow: int32 ${base} to the negative power ${exponent} is no integer; cast to a float dtype first`,
    );
  }
  let result = 1;
  for (let factor = base, rest = exponent; rest > 0; rest >>>= 1, factor = Math.imul(factor, factor)) {
    if (rest & 1) result = Math.imul(result, factor);
  }
  return result;
}

export const pow: Primitive<None> = binary({
  loop: pairwise((a, b) => a ** b),
  integerLoop: pairwise(integerPower),
  partials: [powerOfBase, powerOfExponent],
});

export const atan2: Primitive<None> = binary({
  loop: pairwise(Math.atan2),
  partials: [(y, x) => x.div(x.mul(x).add(y.mul(y))), (y, x) => y.neg().div(x.mul(x).add(y.mul(y)))],
});

/** a/h, and 0 at the origin with all its derivatives (PyTorch's norm). */
function shareOfHypotenuse(a: Tensor, h: Tensor): Tensor {
  const isOrigin = h.equal(0);
  return isOrigin.where(0, a.div(isOrigin.where(1, h)));
}

/** √(a² + b²). */
export const hypot: Primitive<None> = binary({
  loop: pairwise(Math.hypot),
  partials: [(a, _, y) => shareOfHypotenuse(a, y), (_, b, y) => shareOfHypotenuse(b, y)],
});

/** 1 where a wins, ½ at ties (JAX, PyTorch), 0 where b wins. */
function share(a: Tensor, aWins: Tensor, b: Tensor): Tensor {
  return aWins.cast(a.dtype).add(a.equal(b).cast(a.dtype).mul(0.5));
}

export const maximum: Primitive<None> = binary({
  loop: pairwise(Math.max),
  partials: [(a, b) => share(a, a.greater(b), b), (a, b) => share(a, b.greater(a), b)],
});

export const minimum: Primitive<None> = binary({
  loop: pairwise(Math.min),
  partials: [(a, b) => share(a, a.less(b), b), (a, b) => share(a, b.less(a), b)],
});

const predicate = (value: (a: number, b: number) => boolean): Primitive<None> =>
  binary({ loop: pairwise((a, b) => (value(a, b) ? 1 : 0)), dtype: "bool" });

export const equal: Primitive<None> = predicate((a, b) => a === b);
export const notEqual: Primitive<None> = predicate((a, b) => a !== b);
export const less: Primitive<None> = predicate((a, b) => a < b);
export const lessEqual: Primitive<None> = predicate((a, b) => a <= b);
export const greater: Primitive<None> = binary({ loop: loops.isGreater, dtype: "bool" });
export const greaterEqual: Primitive<None> = predicate((a, b) => a >= b);
export const logicalAnd: Primitive<None> = predicate((a, b) => a !== 0 && b !== 0);
export const logicalOr: Primitive<None> = predicate((a, b) => a !== 0 || b !== 0);
export const logicalXor: Primitive<None> = predicate((a, b) => (a !== 0) !== (b !== 0));
