/** A function being written: its variables, and its instructions one after the other. */
import { bytes } from "./bytes.ts";
import { type Opcode, opcodes, type VectorOpcode, vectorOpcodes, vectorPrefix } from "./instructions.ts";
import type { DefinedFunction, FunctionType, ValueType } from "./module.ts";

/** Writes the instructions of one function. */
export interface Code {
  readonly op: (name: Opcode) => void;
  readonly get: (local: number) => void;
  readonly set: (local: number) => void;
  readonly tee: (local: number) => void;
  /** A new variable, zero at first. */
  readonly local: (type: ValueType) => number;
  readonly integer: (value: number) => void;
  readonly double: (value: number) => void;
  readonly call: (f: number) => void;
  /** A load or store; its operands are on the stack already. The offset is in bytes. */
  readonly access: (name: Opcode, offset: number) => void;
  readonly vector: (name: VectorOpcode) => void;
  /** A load or store of 128 bits, or of the part of them that the name says. */
  readonly vectorAccess: (name: VectorOpcode, offset: number, lane?: number) => void;
  readonly lane: (name: VectorOpcode, lane: number) => void;
  readonly shuffle: (lanes: readonly number[]) => void;
  /** 128 bits, byte by byte. */
  readonly bits: (values: readonly number[]) => void;
  /** Repeats what `body` writes while what it leaves on the stack is not zero. */
  readonly loop: (body: () => void) => void;
  /** What `body` writes is done where the top of the stack is not zero. */
  readonly when: (body: () => void) => void;
  /** How many bytes have been written. */
  readonly length: () => number;
  readonly done: (exportedAs?: string) => DefinedFunction;
}

/** A function without instructions. */
export function newFunction(type: FunctionType): Code {
  const out = bytes();
  const locals: ValueType[] = [];
  const op = (name: Opcode): void => out.byte(opcodes[name]);
  const indexed =
    (name: Opcode) =>
    (index: number): void => {
      op(name);
      out.unsigned(index);
    };
  const vector = (name: VectorOpcode): void => {
    out.byte(vectorPrefix);
    out.unsigned(vectorOpcodes[name]);
  };
  // Alignment is a hint; none is claimed.
  const address = (offset: number): void => {
    out.unsigned(0);
    out.unsigned(offset);
  };
  const structure = (name: Opcode, body: () => void, ending: () => void): void => {
    op(name);
    out.byte(noResult);
    body();
    ending();
    op("end");
  };
  return {
    op,
    get: indexed("localGet"),
    set: indexed("localSet"),
    tee: indexed("localTee"),
    call: indexed("call"),
    local: (kind) => type.parameters.length + locals.push(kind) - 1,
    integer: (value) => {
      op("i32Const");
      out.signed(value);
    },
    double: (value) => {
      op("f64Const");
      out.double(value);
    },
    access: (name, offset) => {
      op(name);
      address(offset);
    },
    vector,
    vectorAccess: (name, offset, lane) => {
      vector(name);
      address(offset);
      if (lane !== undefined) out.byte(lane);
    },
    lane: (name, lane) => {
      vector(name);
      out.byte(lane);
    },
    shuffle: (lanes) => {
      vector("i8x16Shuffle");
      for (const lane of lanes) out.byte(lane);
    },
    bits: (values) => {
      vector("v128Const");
      for (const value of values) out.byte(value);
    },
    loop: (body) =>
      structure("loop", body, () => {
        op("brIf");
        out.unsigned(0);
      }),
    when: (body) => structure("if", body, () => {}),
    length: out.length,
    done: (exportedAs) => ({
      type,
      locals: runsOf(locals),
      code: out.done(),
      ...(exportedAs === undefined ? {} : { exportedAs }),
    }),
  };
}

/** The type of a block that leaves nothing on the stack. */
const noResult = 0x40;

function runsOf(types: readonly ValueType[]): { readonly count: number; readonly type: ValueType }[] {
  const runs: { count: number; readonly type: ValueType }[] = [];
  for (const type of types) {
    const last = runs.at(-1);
    if (last?.type === type) last.count++;
    else runs.push({ count: 1, type });
  }
  return runs;
}
