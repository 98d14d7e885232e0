/**
 * Arithmetic on many numbers at once: a small language in which elementwise functions are written once, for every number of
 * registers. A vector is one or several registers of 128 bits side by side (four float32 or two float64 each); every
 * operation is written for all of them before the next, so that the processor has independent work.
 */
import type { Code } from "../emit/code.ts";
import type { VectorOpcode } from "../emit/instructions.ts";
import type { Constants } from "./constants.ts";

/** Numbers, masks (all bits of a lane equal) or integers in lanes: variables, or a constant in the memory. */
export type Vector =
  | { readonly kind: "registers"; readonly locals: readonly number[] }
  | { readonly kind: "constant"; readonly address: number };

/** The host's function of two doubles, as the modules import it; functions of one ignore the second. */
export type HostName = string;

/** What lanes are written with. */
export interface LaneContext {
  readonly code: Code;
  readonly constants: Constants;
  /** Whether a·b + c may be rounded once (relaxed SIMD). */
  readonly isFused: boolean;
  /** The number of the imported function of a name. */
  readonly host: (name: HostName) => number;
}

/** The operations of one element type. All comparisons give masks. */
export interface Lanes {
  readonly dtype: "float32" | "float64";
  /** Registers in a vector. */
  readonly count: number;
  readonly context: LaneContext;
  readonly constant: (value: number) => Vector;
  /** An integer as wide as a lane, in every lane. */
  readonly integer: (value: number | bigint) => Vector;
  readonly add: (a: Vector, b: Vector) => Vector;
  readonly sub: (a: Vector, b: Vector) => Vector;
  readonly mul: (a: Vector, b: Vector) => Vector;
  readonly div: (a: Vector, b: Vector) => Vector;
  /** As IEEE 754-2019 minimum: NaN wins, −0 < +0. */
  readonly min: (a: Vector, b: Vector) => Vector;
  readonly max: (a: Vector, b: Vector) => Vector;
  /** `b < a ? b : a`, so a where either is NaN: one instruction, where min takes six. */
  readonly pseudoMin: (a: Vector, b: Vector) => Vector;
  /** `a < b ? b : a`, so a where either is NaN. */
  readonly pseudoMax: (a: Vector, b: Vector) => Vector;
  readonly sqrt: (x: Vector) => Vector;
  readonly abs: (x: Vector) => Vector;
  readonly neg: (x: Vector) => Vector;
  readonly floor: (x: Vector) => Vector;
  readonly ceil: (x: Vector) => Vector;
  readonly trunc: (x: Vector) => Vector;
  /** To the nearest whole number, halves to the even one. */
  readonly nearest: (x: Vector) => Vector;
  /** a·b + c, rounded once where the host can and that is allowed: no result may rely on either. */
  readonly multiplyAdd: (a: Vector, b: Vector, c: Vector) => Vector;
  /** c₀ + c₁x + c₂x² + …, by Horner's rule. */
  readonly polynomial: (x: Vector, coefficients: readonly number[]) => Vector;
  readonly equal: (a: Vector, b: Vector) => Vector;
  readonly notEqual: (a: Vector, b: Vector) => Vector;
  readonly less: (a: Vector, b: Vector) => Vector;
  readonly lessEqual: (a: Vector, b: Vector) => Vector;
  readonly greater: (a: Vector, b: Vector) => Vector;
  readonly greaterEqual: (a: Vector, b: Vector) => Vector;
  readonly and: (a: Vector, b: Vector) => Vector;
  readonly or: (a: Vector, b: Vector) => Vector;
  readonly xor: (a: Vector, b: Vector) => Vector;
  /** a and not b. */
  readonly andNot: (a: Vector, b: Vector) => Vector;
  readonly not: (x: Vector) => Vector;
  /** Lane by lane `mask ? a : b`. */
  readonly select: (mask: Vector, a: Vector, b: Vector) => Vector;
  /** Integers as wide as a lane. */
  readonly addInteger: (a: Vector, b: Vector) => Vector;
  readonly subInteger: (a: Vector, b: Vector) => Vector;
  readonly equalInteger: (a: Vector, b: Vector) => Vector;
  readonly greaterInteger: (a: Vector, b: Vector) => Vector;
  readonly shiftLeft: (x: Vector, bits: number) => Vector;
  /** With the sign. */
  readonly shiftRight: (x: Vector, bits: number) => Vector;
  /** With zeros. */
  readonly shiftRightLogical: (x: Vector, bits: number) => Vector;
  /** Whole floats as integers of lane width; exact for |x| < 2³¹, and no trap beyond. */
  readonly toInteger: (x: Vector) => Vector;
  /** Integers of lane width as floats; exact for |n| < 2²⁴ (float32) or 2³¹ (float64). */
  readonly fromInteger: (n: Vector) => Vector;
  /** `fast`, but where any lane of the mask is set, what `slow` gives in those lanes. `slow` is not run where none is. */
  readonly patch: (fast: Vector, mask: Vector, slow: () => Vector) => Vector;
  /** The host's function lane by lane, in double precision: slow, for rare arguments. */
  readonly byHost: (name: HostName, x: Vector, y?: Vector) => Vector;
}

/** The names of instructions of an element type. */
interface Names {
  readonly float: "f32x4" | "f64x2";
  readonly integer: "i32x4" | "i64x2";
}

/** The operations on vectors of `count` registers. */
export function lanes(dtype: "float32" | "float64", count: number, context: LaneContext): Lanes {
  const { code, constants, isFused } = context;
  const names: Names =
    dtype === "float32" ? { float: "f32x4", integer: "i32x4" } : { float: "f64x2", integer: "i64x2" };
  const isSingle = dtype === "float32";
  const push = (x: Vector, register: number): void => pushRegister(code, dtype, x, register);
  const make = (write: (register: number) => void): Vector => {
    const locals: number[] = [];
    for (let register = 0; register < count; register++) {
      write(register);
      const local = code.local("v128");
      code.set(local);
      locals.push(local);
    }
    return { kind: "registers", locals };
  };
  /** Constants are loaded once for all registers. */
  const loaded = (x: Vector): Vector => {
    if (x.kind === "registers" || count === 1) return x;
    push(x, 0);
    const local = code.local("v128");
    code.set(local);
    return { kind: "registers", locals: new Array<number>(count).fill(local) };
  };
  const apply = (name: VectorOpcode, operands: readonly Vector[]): Vector => {
    const ready = operands.map(loaded);
    return make((register) => {
      for (const x of ready) push(x, register);
      code.vector(name);
    });
  };
  const one = (name: VectorOpcode) => (x: Vector) => apply(name, [x]);
  const two = (name: VectorOpcode) => (a: Vector, b: Vector) => apply(name, [a, b]);
  const shift = (name: VectorOpcode) => (x: Vector, bits: number) =>
    make((register) => {
      push(x, register);
      code.integer(bits);
      code.vector(name);
    });
  const constant = (value: number): Vector => ({ kind: "constant", address: constants.place(dtype, value) });
  const mul = two(`${names.float}Mul`);
  const add = two(`${names.float}Add`);
  const multiplyAdd = (a: Vector, b: Vector, c: Vector): Vector =>
    isFused ? apply(`${names.float}RelaxedMadd`, [a, b, c]) : add(mul(a, b), c);
  const select = (mask: Vector, a: Vector, b: Vector): Vector => apply("v128Bitselect", [a, b, mask]);
  const lanesPerRegister = isSingle ? 4 : 2;
  const self: Lanes = {
    dtype,
    count,
    context,
    constant,
    integer: (value) => ({ kind: "constant", address: constants.place(isSingle ? "int32" : "int64", value) }),
    add,
    sub: two(`${names.float}Sub`),
    mul,
    div: two(`${names.float}Div`),
    min: two(`${names.float}Min`),
    max: two(`${names.float}Max`),
    pseudoMin: two(`${names.float}Pmin`),
    pseudoMax: two(`${names.float}Pmax`),
    sqrt: one(`${names.float}Sqrt`),
    abs: one(`${names.float}Abs`),
    neg: one(`${names.float}Neg`),
    floor: one(`${names.float}Floor`),
    ceil: one(`${names.float}Ceil`),
    trunc: one(`${names.float}Trunc`),
    nearest: one(`${names.float}Nearest`),
    multiplyAdd,
    polynomial: (x, coefficients) => {
      const [last, ...rest] = coefficients.toReversed();
      return rest.reduce<Vector>((sum, c) => multiplyAdd(sum, x, constant(c)), constant(last ?? 0));
    },
    equal: two(`${names.float}Eq`),
    notEqual: two(`${names.float}Ne`),
    less: two(`${names.float}Lt`),
    lessEqual: two(`${names.float}Le`),
    greater: two(`${names.float}Gt`),
    greaterEqual: two(`${names.float}Ge`),
    and: two("v128And"),
    or: two("v128Or"),
    xor: two("v128Xor"),
    andNot: two("v128AndNot"),
    not: one("v128Not"),
    select,
    addInteger: two(`${names.integer}Add`),
    subInteger: two(`${names.integer}Sub`),
    equalInteger: two(`${names.integer}Eq`),
    greaterInteger: two(`${names.integer}GtS`),
    shiftLeft: shift(`${names.integer}Shl`),
    shiftRight: shift(`${names.integer}ShrS`),
    shiftRightLogical: shift(`${names.integer}ShrU`),
    toInteger: (x) => {
      if (isSingle) return apply("i32x4TruncSatF32x4S", [x]);
      return apply("i64x2ExtendLowI32x4S", [apply("i32x4TruncSatF64x2SZero", [x])]);
    },
    fromInteger: (n) => {
      if (isSingle) return apply("f32x4ConvertI32x4S", [n]);
      return make((register) => {
        push(n, register);
        push(n, register);
        code.shuffle(lowHalves);
        code.vector("f64x2ConvertLowI32x4S");
      });
    },
    patch: (fast, mask, slow) => {
      const result = make((register) => push(fast, register));
      for (let register = 0; register < count; register++) {
        push(mask, register);
        if (register > 0) code.vector("v128Or");
      }
      code.vector("v128AnyTrue");
      code.when(() => {
        const patched = select(mask, slow(), result);
        for (let register = 0; register < count; register++) {
          push(patched, register);
          code.set(localOf(result, register));
        }
      });
      return result;
    },
    byHost: (name, x, y = x) =>
      make((register) => {
        push(x, register);
        for (let lane = 0; lane < lanesPerRegister; lane++) {
          for (const operand of [x, y]) {
            push(operand, register);
            code.lane(isSingle ? "f32x4ExtractLane" : "f64x2ExtractLane", lane);
            if (isSingle) code.op("f64FromF32");
          }
          code.call(context.host(name));
          if (isSingle) code.op("f32FromF64");
          code.lane(isSingle ? "f32x4ReplaceLane" : "f64x2ReplaceLane", lane);
        }
      }),
  };
  return self;
}

/** The low 32 bits of both 64-bit lanes. */
const lowHalves: readonly number[] = [0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11];

/** Leaves one register of a vector on the stack. */
export function pushRegister(code: Code, dtype: "float32" | "float64", x: Vector, register: number): void {
  if (x.kind === "registers") {
    code.get(localOf(x, register));
    return;
  }
  code.integer(0);
  code.vectorAccess(dtype === "float32" ? "v128Load32Splat" : "v128Load64Splat", x.address);
}

function localOf(x: Vector, register: number): number {
  const local = x.kind === "registers" ? x.locals[register] : undefined;
  if (local === undefined) throw new RangeError(`a vector has no register ${register}`);
  return local;
}
