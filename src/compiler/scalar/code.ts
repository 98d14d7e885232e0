/** The instructions of scalar steps. Values are kept in local variables: doubles as f64, truth values as i32. */
import { at } from "../../core/exactly.ts";
import type { Step } from "../../tensor/graph.ts";
import { type Bytes, bytes } from "../emit/bytes.ts";
import { type Opcode, opcodes } from "../emit/instructions.ts";
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

/** Writes instructions one after the other. */
export interface Code {
  readonly op: (name: Opcode) => void;
  readonly push: (operand: Operand) => void;
  /** The operand as a truth value. */
  readonly pushTruth: (operand: Operand) => void;
  readonly number: (value: number) => void;
  readonly set: (local: number) => void;
  readonly call: (f: number) => void;
  /** Reads or writes the double at a place of the memory, counted in doubles. */
  readonly load: (place: number) => void;
  /** What `value` pushes, to a place of the memory. */
  readonly store: (place: number, value: () => void) => void;
  readonly done: () => Uint8Array<ArrayBuffer>;
}

/** An empty piece of code. */
export function newCode(): Code {
  const out: Bytes = bytes();
  const op = (name: Opcode): void => out.byte(opcodes[name]);
  const number = (value: number): void => {
    op("f64Const");
    out.double(value);
  };
  const address = (place: number): void => {
    // Aligned to 2³ bytes; the place is the offset from address 0.
    out.unsigned(3);
    out.unsigned(8 * place);
  };
  const zero = (): void => {
    op("i32Const");
    out.byte(0);
  };
  const push = (operand: Operand): void => {
    if (operand.kind === "local") {
      op("localGet");
      out.unsigned(operand.index);
    } else if (operand.isTruth) {
      op("i32Const");
      out.byte(operand.value === 0 ? 0 : 1);
    } else number(operand.value);
  };
  return {
    op,
    number,
    push,
    pushTruth: (operand) => {
      push(operand);
      if (operand.isTruth) return;
      number(0);
      op("f64Ne");
    },
    set: (local) => {
      op("localSet");
      out.unsigned(local);
    },
    call: (f) => {
      op("call");
      out.unsigned(f);
    },
    load: (place) => {
      zero();
      op("f64Load");
      address(place);
    },
    store: (place, value) => {
      zero();
      value();
      op("f64Store");
      address(place);
    },
    done: out.done,
  };
}

/** Leaves the value of a step on the stack. */
export function emitStep(code: Code, step: Step, operands: readonly Operand[], callee: Callee): void {
  const { primitive } = step;
  const [x, y] = operands;
  const instruction = arithmetic[primitive] ?? comparisons[primitive];
  if (instruction !== undefined) {
    pushNumbers(code, operands);
    code.op(instruction);
    return;
  }
  const connective = connectives[primitive];
  if (connective !== undefined) {
    operands.forEach(code.pushTruth);
    code.op(connective);
    return;
  }
  switch (step.primitive) {
    case "select":
      code.push(at(operands, 1));
      code.push(at(operands, 2));
      code.pushTruth(at(operands, 0));
      code.op("select");
      return;
    case "cast":
      if (step.params.dtype === "bool") code.pushTruth(at(operands, 0));
      else pushNumbers(code, operands);
      return;
    case "logicalNot":
      code.pushTruth(at(operands, 0));
      code.op("i32Eqz");
      return;
    case "isNaN":
      pushNumbers(code, [at(operands, 0), at(operands, 0)]);
      code.op("f64Ne");
      return;
    case "isFinite":
      pushNumbers(code, operands);
      code.op("f64Abs");
      code.number(Infinity);
      code.op("f64Lt");
      return;
    case "polygamma": {
      const { order } = step.params;
      callHost(code, operands, callee(`polygamma${order}`, polygammaOf(order)));
      return;
    }
    case "pow":
      // The square is exact in the reference as well: fdlibm's pow multiplies there.
      if (y?.kind === "constant" && y.value === 2 && x !== undefined) {
        pushNumbers(code, [x, x]);
        code.op("f64Mul");
        return;
      }
  }
  const f = hostFunctions[primitive];
  if (f === undefined) throw new RangeError(`scalar programs know no ${primitive}`);
  callHost(code, operands, callee(primitive, f));
}

/** Host functions take two numbers; those of one ignore the other. */
function callHost(code: Code, operands: readonly Operand[], f: number): void {
  pushNumbers(code, operands);
  if (operands.length === 1) code.number(0);
  code.call(f);
}

function pushNumbers(code: Code, operands: readonly Operand[]): void {
  for (const operand of operands) {
    code.push(operand);
    if (operand.isTruth) code.op("f64FromI32");
  }
}
