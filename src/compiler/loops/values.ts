/**
 * Values in registers. A walk handles four elements at a time, or a multiple: float32 and int32 take a register for four, float64
 * two. Truth values are masks as wide as what they were found from, and change width when they meet others. What is the same
 * along a walk is spread over all lanes of one register.
 */
import type { Dtype } from "../../tensor/dtype.ts";
import type { VectorOpcode } from "../emit/instructions.ts";
import { type LaneContext, type Lanes, lanes, pushRegister, type Vector } from "../lanes/lanes.ts";
import { highHalf, narrow, widen } from "../lanes/widths.ts";

/** A value in registers. */
export interface Value {
  readonly dtype: Dtype;
  /** Whether all lanes are one value, in one register. */
  readonly isSplat: boolean;
  /** Of truth values: 32 or 64 bits a lane. */
  readonly width: 32 | 64;
  readonly vector: Vector;
}

/** Registers of one width of work. */
export interface Width {
  readonly context: LaneContext;
  readonly isSplat: boolean;
  /** Registers of float32 and int32, and of float64. */
  readonly singles: number;
  readonly doubles: number;
  readonly float32: Lanes;
  readonly float64: Lanes;
}

/** The widths made for a function; the key is the number of registers, 0 for what is the same along a walk. */
const made = new WeakMap<LaneContext, Map<number, Width>>();

/** The width of so many registers of four elements. */
export function walkWidth(context: LaneContext, registers: number): Width {
  const known = made.get(context) ?? new Map<number, Width>();
  made.set(context, known);
  const width = known.get(registers) ?? newWidth(context, registers);
  known.set(registers, width);
  return width;
}

/** The width of what is the same along a walk. */
export function splatWidth(context: LaneContext): Width {
  return walkWidth(context, 0);
}

function newWidth(context: LaneContext, registers: number): Width {
  const isSplat = registers === 0;
  const [singles, doubles] = isSplat ? [1, 1] : [registers, 2 * registers];
  const float32 = lanes("float32", singles, context);
  return { context, isSplat, singles, doubles, float32, float64: lanes("float64", doubles, context) };
}

/** How many registers a dtype takes. */
export function registersOf({ singles, doubles }: Width, dtype: Dtype, bits: 32 | 64 = 32): number {
  return dtype === "float64" || (dtype === "bool" && bits === 64) ? doubles : singles;
}

/** Registers that `write` fills one after the other. */
export function fill({ context: { code } }: Width, count: number, write: (register: number) => void): Vector {
  const locals: number[] = [];
  for (let register = 0; register < count; register++) {
    write(register);
    const local = code.local("v128");
    code.set(local);
    locals.push(local);
  }
  return { kind: "registers", locals };
}

/** The value as a width needs it: one that is the same everywhere is every register of it. */
export function fitTo(to: Width, value: Value): Vector {
  const { vector } = value;
  if (vector.kind === "constant" || !value.isSplat || to.isSplat) return vector;
  const [local = -1] = vector.locals;
  const count = registersOf(to, value.dtype, value.width);
  return { kind: "registers", locals: new Array<number>(count).fill(local) };
}

/** A number in every lane. */
export function constantValue({ float32, float64 }: Width, dtype: Dtype, value: number): Value {
  const isDouble = dtype === "float64";
  const bits = dtype === "bool" ? (value === 0 ? 0 : -1) : value;
  const vector =
    dtype === "int32" || dtype === "bool"
      ? float32.integer(bits)
      : (isDouble ? float64 : float32).constant(value);
  return { dtype, isSplat: true, width: 32, vector };
}

/** The mask with lanes of the wanted width. */
export function maskOf(to: Width, value: Value, bits: 32 | 64): Vector {
  // A constant lies in memory as 32 bits: read as 64, it would take what lies behind it along.
  if (value.vector.kind === "constant")
    return fitTo(to, { ...value, width: bits, vector: spread(to, value.vector) });
  const vector = fitTo(to, value);
  if (value.width === bits || value.isSplat) return fitTo(to, { ...value, width: bits });
  const { code } = to.context;
  const push = (register: number): void => pushRegister(code, "float32", vector, register);
  if (bits === 64)
    return fill(to, to.doubles, (register) => {
      push(register >> 1);
      code.vector(register % 2 === 0 ? "i64x2ExtendLowI32x4S" : "i64x2ExtendHighI32x4S");
    });
  return fill(to, to.singles, (register) => {
    push(2 * register);
    push(2 * register + 1);
    code.shuffle(evenWords);
  });
}

/** A constant of 32 bits in every lane of one register. */
function spread(to: Width, constant: Vector): Vector {
  return fill(to, 1, () => pushRegister(to.context.code, "float32", constant, 0));
}

/** Words 0 and 2 of both registers. */
const evenWords: readonly number[] = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27];

/** The value in another dtype. Floats become truth values and floats, integers and truth values anything. */
export function convert(to: Width, value: Value, dtype: Dtype): Value {
  const done = (vector: Vector, bits: 32 | 64 = 32): Value => ({
    dtype,
    isSplat: to.isSplat,
    width: bits,
    vector,
  });
  if (value.dtype === dtype) return value;
  if (value.dtype === "bool") return done(fromMask(to, value, dtype));
  if (dtype === "bool") {
    const bits = value.dtype === "float64" ? 64 : 32;
    const zero = constantValue(to, value.dtype, 0).vector;
    const name = value.dtype === "float64" ? "f64x2Ne" : value.dtype === "float32" ? "f32x4Ne" : "i32x4Ne";
    return done(applyTyped(to, value.dtype, name, [fitTo(to, value), zero]), bits);
  }
  if (value.dtype === "int32" && dtype === "float32") return done(to.float32.fromInteger(fitTo(to, value)));
  if (value.dtype === "int32") return done(doublesFromIntegers(to, fitTo(to, value)));
  return done(dtype === "float64" ? promote(to, fitTo(to, value)) : demote(to, fitTo(to, value)));
}

/** One instruction on operands of a dtype, constants among them. */
export function applyTyped(to: Width, dtype: Dtype, name: VectorOpcode, operands: readonly Vector[]): Vector {
  const { code } = to.context;
  const lane = dtype === "float64" ? "float64" : "float32";
  return fill(to, registersOf(to, dtype), (register) => {
    for (const x of operands) pushRegister(code, lane, x, register);
    code.vector(name);
  });
}

/** 1 and 0 of a dtype from a mask. */
function fromMask(to: Width, value: Value, dtype: Dtype): Vector {
  const isDouble = dtype === "float64";
  const mask = maskOf(to, value, isDouble ? 64 : 32);
  const one = constantValue(to, dtype, 1).vector;
  return isDouble ? to.float64.and(mask, one) : to.float32.and(mask, one);
}

function promote(to: Width, x: Vector): Vector {
  if (!to.isSplat) return widen(to.float32, x);
  return applyTyped(to, "float32", "f64x2PromoteLowF32x4", [x]);
}

function demote(to: Width, x: Vector): Vector {
  if (!to.isSplat) return narrow(to.float32, x);
  // Both doubles are the same, and so are the two floats they give: twice those fill the register.
  const twice: Vector =
    x.kind === "constant" ? x : { kind: "registers", locals: [x.locals[0] ?? -1, x.locals[0] ?? -1] };
  return narrow(to.float32, twice);
}

function doublesFromIntegers(to: Width, x: Vector): Vector {
  const { code } = to.context;
  return fill(to, to.doubles, (register) => {
    const from = to.isSplat ? 0 : register >> 1;
    pushRegister(code, "float32", x, from);
    if (!to.isSplat && register % 2 === 1) {
      pushRegister(code, "float32", x, from);
      code.shuffle(highHalf);
    }
    code.vector("f64x2ConvertLowI32x4S");
  });
}
