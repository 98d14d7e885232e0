/** Elementwise steps on registers: each primitive as instructions, or as a function of lanes. */
import { at, exactly } from "../../core/exactly.ts";
import type { Dtype } from "../../tensor/dtype.ts";
import type { Step } from "../../tensor/graph.ts";
import type { PrimitiveName } from "../../tensor/primitives/index.ts";
import type { VectorOpcode } from "../emit/instructions.ts";
import { float32Functions } from "../lanes/float32/index.ts";
import { float64Functions } from "../lanes/float64/index.ts";
import type { LaneFunction } from "../lanes/functions.ts";
import type { Lanes, Vector } from "../lanes/lanes.ts";
import { applyTyped, constantValue, convert, fitTo, maskOf, type Value, type Width } from "./values.ts";

type Table<T> = Partial<Readonly<Record<PrimitiveName, T>>>;

/** Primitives of floats that are one operation of lanes. */
const operations: Table<LaneFunction> = {
  neg: (l, x) => l.neg(x),
  abs: (l, x) => l.abs(x),
  sqrt: (l, x) => l.sqrt(x),
  floor: (l, x) => l.floor(x),
  ceil: (l, x) => l.ceil(x),
  round: (l, x) => l.nearest(x),
  trunc: (l, x) => l.trunc(x),
  // NaN stays, and −0 becomes 0, as in max(x, 0).
  relu: (l, x) => l.andNot(x, l.lessEqual(x, l.constant(0))),
  add: (l, x, y) => l.add(x, y),
  sub: (l, x, y) => l.sub(x, y),
  mul: (l, x, y) => l.mul(x, y),
  div: (l, x, y) => l.div(x, y),
  maximum: (l, x, y) => l.max(x, y),
  minimum: (l, x, y) => l.min(x, y),
};

/** Primitives whose results are truth values. */
const tests: Table<LaneFunction> = {
  equal: (l, x, y) => l.equal(x, y),
  notEqual: (l, x, y) => l.notEqual(x, y),
  less: (l, x, y) => l.less(x, y),
  lessEqual: (l, x, y) => l.lessEqual(x, y),
  greater: (l, x, y) => l.greater(x, y),
  greaterEqual: (l, x, y) => l.greaterEqual(x, y),
  isNaN: (l, x) => l.notEqual(x, x),
  isFinite: (l, x) => l.less(l.abs(x), l.constant(Infinity)),
};

/** Primitives on integers of 32 bits. */
const onIntegers: Table<VectorOpcode> = {
  neg: "i32x4Neg",
  abs: "i32x4Abs",
  add: "i32x4Add",
  sub: "i32x4Sub",
  mul: "i32x4Mul",
  maximum: "i32x4MaxS",
  minimum: "i32x4MinS",
  equal: "i32x4Eq",
  notEqual: "i32x4Ne",
  less: "i32x4LtS",
  lessEqual: "i32x4LeS",
  greater: "i32x4GtS",
  greaterEqual: "i32x4GeS",
};

const connectives: Table<VectorOpcode> = {
  logicalAnd: "v128And",
  logicalOr: "v128Or",
  logicalXor: "v128Xor",
  notEqual: "v128Xor",
};

/** The value of a step. */
export function mapValue(to: Width, step: Step, operands: readonly Value[]): Value {
  const first = at(operands, 0);
  const { primitive } = step;
  if (step.primitive === "cast") return convert(to, first, step.params.dtype);
  if (step.primitive === "select") return choice(to, operands);
  if (primitive.startsWith("logical") || first.dtype === "bool") return truth(to, primitive, operands);
  if (first.dtype === "int32") return onInteger(to, primitive, operands);
  return onFloat(to, step, operands, first.dtype);
}

function onFloat(to: Width, { primitive, params }: Step, operands: readonly Value[], dtype: Dtype): Value {
  const isDouble = dtype === "float64";
  const lanes = isDouble ? to.float64 : to.float32;
  const vectors = operands.map((value) => fitTo(to, value));
  const [x] = vectors;
  if (x === undefined) throw new RangeError(`${primitive} has no operand`);
  const y = vectors[1] ?? x;
  const test = tests[primitive];
  if (test !== undefined)
    return { dtype: "bool", isSplat: to.isSplat, width: isDouble ? 64 : 32, vector: test(lanes, x, y) };
  const squared = primitive === "pow" && isConstant(to, operands[1], 2) ? lanes.mul(x, x) : undefined;
  if (squared !== undefined) return { dtype, isSplat: to.isSplat, width: 32, vector: squared };
  const functions: Table<LaneFunction> = isDouble ? float64Functions : float32Functions;
  const known = operations[primitive] ?? functions[primitive];
  const vector = known?.(lanes, x, y) ?? byHost(lanes, primitive, params, x, y);
  return { dtype, isSplat: to.isSplat, width: 32, vector };
}

/** Whether an operand is the constant of that value. */
function isConstant(to: Width, value: Value | undefined, number: number): boolean {
  if (value?.vector.kind !== "constant") return false;
  const wanted = constantValue(to, value.dtype, number).vector;
  return wanted.kind === "constant" && wanted.address === value.vector.address;
}

function byHost(lanes: Lanes, primitive: PrimitiveName, params: object, x: Vector, y: Vector): Vector {
  const name = "order" in params ? `${primitive}${params.order}` : primitive;
  return lanes.byHost(name, x, y);
}

function onInteger(to: Width, primitive: PrimitiveName, operands: readonly Value[]): Value {
  const name = onIntegers[primitive];
  const isTest = name !== undefined && primitive in tests;
  if (name === undefined) throw new RangeError(`there is no ${primitive} of integers in lanes`);
  const vectors = operands.map((value) => fitTo(to, value));
  const vector = applyTyped(to, "int32", name, vectors);
  return { dtype: isTest ? "bool" : "int32", isSplat: to.isSplat, width: 32, vector };
}

/** Connectives and comparisons of truth values; operands of other dtypes are true where they are not 0. */
function truth(to: Width, primitive: PrimitiveName, operands: readonly Value[]): Value {
  const values = operands.map((value) => convert(to, value, "bool"));
  const width = values.every((value) => value.width === 64) ? 64 : 32;
  const masks = values.map((value) => maskOf(to, value, width));
  const dtype = width === 64 ? "float64" : "float32";
  const done = (vector: Vector): Value => ({ dtype: "bool", isSplat: to.isSplat, width, vector });
  if (primitive === "logicalNot") return done(applyTyped(to, dtype, "v128Not", masks));
  if (primitive === "equal")
    return done(applyTyped(to, dtype, "v128Not", [applyTyped(to, dtype, "v128Xor", masks)]));
  const name = connectives[primitive];
  if (name === undefined) throw new RangeError(`there is no ${primitive} of truth values in lanes`);
  return done(applyTyped(to, dtype, name, masks));
}

/** Lane by lane `condition ? a : b`. */
function choice(to: Width, operands: readonly Value[]): Value {
  const [condition, a, b] = exactly(operands, 3);
  const { dtype } = a;
  const test = convert(to, condition, "bool");
  if (dtype === "bool") {
    const masks = [a, b, test].map((value) => maskOf(to, value, 32));
    return {
      dtype,
      isSplat: to.isSplat,
      width: 32,
      vector: applyTyped(to, "float32", "v128Bitselect", masks),
    };
  }
  const mask = maskOf(to, test, dtype === "float64" ? 64 : 32);
  const vector = applyTyped(to, dtype, "v128Bitselect", [fitTo(to, a), fitTo(to, b), mask]);
  return { dtype, isSplat: to.isSplat, width: 32, vector };
}
