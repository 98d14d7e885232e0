/** The instructions of scalar steps on two lanes: the same operations of IEEE 754, hence the same bits. Truth values are masks. */
import { at } from "../../../core/exactly.ts";
import type { Step } from "../../../tensor/graph.ts";
import type { PrimitiveName } from "../../../tensor/primitives/index.ts";
import type { Code } from "../../emit/code.ts";
import type { VectorOpcode } from "../../emit/instructions.ts";
import { isSquare } from "../code.ts";
import type { Source } from "./loop.ts";

type Table = Partial<Readonly<Record<PrimitiveName, VectorOpcode>>>;

const arithmetic: Table = {
  neg: "f64x2Neg",
  abs: "f64x2Abs",
  sqrt: "f64x2Sqrt",
  floor: "f64x2Floor",
  ceil: "f64x2Ceil",
  trunc: "f64x2Trunc",
  round: "f64x2Nearest",
  add: "f64x2Add",
  sub: "f64x2Sub",
  mul: "f64x2Mul",
  div: "f64x2Div",
  maximum: "f64x2Max",
  minimum: "f64x2Min",
  equal: "f64x2Eq",
  notEqual: "f64x2Ne",
  less: "f64x2Lt",
  lessEqual: "f64x2Le",
  greater: "f64x2Gt",
  greaterEqual: "f64x2Ge",
};

const connectives: Table = { logicalAnd: "v128And", logicalOr: "v128Or", logicalXor: "v128Xor" };

const others: ReadonlySet<string> = new Set(["select", "cast", "logicalNot", "relu", "isNaN", "isFinite"]);

/** True for steps that are instructions on lanes. */
export function isForLanes(step: Step, sources: readonly Source[]): boolean {
  const { primitive } = step;
  return (
    primitive in arithmetic || primitive in connectives || others.has(primitive) || isSquare(step, sources)
  );
}

/** An operand in lanes. */
export interface LaneOperand {
  readonly isTruth: boolean;
  readonly push: () => void;
}

/** Leaves the two values of a step on the stack. */
export function emitLanes(code: Code, step: Step, operands: readonly LaneOperand[]): void {
  const numbers = (...list: readonly LaneOperand[]): void => {
    for (const operand of list) pushNumber(code, operand);
  };
  const truth = (operand: LaneOperand): void => {
    operand.push();
    if (!operand.isTruth) toMask(code);
  };
  const x = at(operands, 0);
  const instruction = arithmetic[step.primitive];
  const connective = connectives[step.primitive];
  if (instruction !== undefined) {
    numbers(...operands);
    code.vector(instruction);
  } else if (connective !== undefined) {
    operands.forEach(truth);
    code.vector(connective);
  } else if (step.primitive === "select") {
    at(operands, 1).push();
    at(operands, 2).push();
    truth(x);
    code.vector("v128Bitselect");
  } else if (step.primitive === "cast") {
    if (step.params.dtype === "bool") truth(x);
    else numbers(x);
  } else if (step.primitive === "logicalNot") {
    truth(x);
    code.vector("v128Not");
  } else if (step.primitive === "relu") {
    numbers(x);
    splat(code, 0);
    code.vector("f64x2Max");
  } else if (step.primitive === "isFinite") {
    numbers(x);
    code.vector("f64x2Abs");
    splat(code, Infinity);
    code.vector("f64x2Lt");
  } else {
    // A number is NaN where it differs from itself; what is left is the square.
    numbers(x, x);
    code.vector(step.primitive === "isNaN" ? "f64x2Ne" : "f64x2Mul");
  }
}

/** Leaves an operand on the stack as doubles; truth values are 0 and 1. */
export function pushNumber(code: Code, { push, isTruth }: LaneOperand): void {
  push();
  if (!isTruth) return;
  splat(code, 1);
  code.vector("v128And");
}

/** Makes the doubles on the stack a mask: which of them are not zero. */
export function toMask(code: Code): void {
  splat(code, 0);
  code.vector("f64x2Ne");
}

/** Leaves a number in both lanes on the stack. */
export function splat(code: Code, value: number): void {
  code.double(value);
  code.vector("f64x2Splat");
}
