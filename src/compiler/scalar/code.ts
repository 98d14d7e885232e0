/** The instructions of scalar steps. Values are kept in local variables: doubles as f64, truth values as i32. */
import { at } from "../../core/exactly.ts";
import type { Step } from "../../tensor/graph.ts";
import type { Code } from "../emit/code.ts";
import {
  arithmetic,
  comparisons,
  connectives,
  type HostFunction,
  hostFunctions,
  polygammaOf,
} from "./rules.ts";

/** An operand of a step: a number known now, or a variable. */
export type Operand = (
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "local"; readonly index: number }
) & { readonly isTruth: boolean };

/** The number of the host's function of a name. */
export type Callee = (name: string, f: HostFunction) => number;

/** Leaves an operand on the stack, as what it is. */
export function push(code: Code, operand: Operand): void {
  if (operand.kind === "local") code.get(operand.index);
  else if (operand.isTruth) code.integer(operand.value === 0 ? 0 : 1);
  else code.double(operand.value);
}

/** Leaves an operand on the stack as a double; truth values are 0 and 1. */
export function pushNumber(code: Code, operand: Operand): void {
  push(code, operand);
  if (operand.isTruth) code.op("f64FromI32");
}

/** Leaves an operand on the stack as a truth value. */
export function pushTruth(code: Code, operand: Operand): void {
  push(code, operand);
  if (operand.isTruth) return;
  code.double(0);
  code.op("f64Ne");
}

/** Reads a number of the memory, its address being on the stack, into a new variable. */
export function loadInto(code: Code, offset: number, isTruth: boolean): Operand {
  code.access("f64Load", offset);
  if (isTruth) {
    code.double(0);
    code.op("f64Ne");
  }
  return keep(code, isTruth);
}

/** Takes the value on the stack into a new variable. */
export function keep(code: Code, isTruth: boolean): Operand {
  const index = code.local(isTruth ? "i32" : "f64");
  code.set(index);
  return { kind: "local", index, isTruth };
}

/** Leaves the value of a step on the stack. */
export function emitStep(code: Code, step: Step, operands: readonly Operand[], callee: Callee): void {
  const { primitive } = step;
  const instruction = arithmetic[primitive] ?? comparisons[primitive];
  if (instruction !== undefined) {
    pushNumbers(code, operands);
    code.op(instruction);
    return;
  }
  const connective = connectives[primitive];
  if (connective !== undefined) {
    for (const operand of operands) pushTruth(code, operand);
    code.op(connective);
    return;
  }
  switch (step.primitive) {
    case "select":
      push(code, at(operands, 1));
      push(code, at(operands, 2));
      pushTruth(code, at(operands, 0));
      code.op("select");
      return;
    case "cast":
      if (step.params.dtype === "bool") pushTruth(code, at(operands, 0));
      else pushNumbers(code, operands);
      return;
    case "logicalNot":
      pushTruth(code, at(operands, 0));
      code.op("i32Eqz");
      return;
    case "relu":
      pushNumbers(code, operands);
      code.double(0);
      code.op("f64Max");
      return;
    case "isNaN":
      pushNumbers(code, [at(operands, 0), at(operands, 0)]);
      code.op("f64Ne");
      return;
    case "isFinite":
      pushNumbers(code, operands);
      code.op("f64Abs");
      code.double(Infinity);
      code.op("f64Lt");
      return;
    case "polygamma": {
      const { order } = step.params;
      callHost(code, operands, callee(`polygamma${order}`, polygammaOf(order)));
      return;
    }
  }
  if (isSquare(step, operands)) {
    pushNumbers(code, [at(operands, 0), at(operands, 0)]);
    code.op("f64Mul");
    return;
  }
  const f = hostFunctions[primitive];
  if (f === undefined) throw new RangeError(`scalar programs know no ${primitive}`);
  callHost(code, operands, callee(primitive, f));
}

/** True for powers of 2. They are exact in the reference as well: fdlibm's pow multiplies there. */
export function isSquare(
  { primitive }: Step,
  [, y]: readonly { readonly kind: string; readonly value?: number }[],
): boolean {
  return primitive === "pow" && y?.kind === "constant" && y.value === 2;
}

/** Host functions take two numbers; those of one ignore the other. */
function callHost(code: Code, operands: readonly Operand[], f: number): void {
  pushNumbers(code, operands);
  if (operands.length === 1) code.double(0);
  code.call(f);
}

function pushNumbers(code: Code, operands: readonly Operand[]): void {
  for (const operand of operands) pushNumber(code, operand);
}
