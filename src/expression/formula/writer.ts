/** Writes a program, instruction by instruction, as the parser finds out what comes next. */

import type { Operation } from "./operation.ts";
import type { Instruction, Program } from "./program.ts";

/** A conditional being written: where its `branch` and `else` stand. */
export interface OpenBranch {
  readonly branch: number;
  readonly otherwise: number;
}

/** Collects instructions and the names of variables. */
export interface ProgramWriter {
  readonly number: (value: number) => void;
  readonly variable: (name: string) => void;
  readonly apply: (operation: Operation, count: number) => void;
  /** Opens a conditional whose condition has just been written. */
  readonly branch: () => OpenBranch;
  /** Ends its first side. */
  readonly otherwise: (open: OpenBranch) => OpenBranch;
  /** Ends its second side. */
  readonly join: (open: OpenBranch) => void;
  readonly finish: () => Program;
}

/** An empty program to be written. */
export function programWriter(): ProgramWriter {
  const instructions: Instruction[] = [];
  const indices = new Map<string, number>();

  return {
    number: (value) => {
      instructions.push({ kind: "number", value });
    },
    variable: (name) => {
      const index = indices.get(name) ?? indices.size;
      indices.set(name, index);
      instructions.push({ kind: "variable", index });
    },
    apply: (operation, count) => {
      instructions.push({ kind: "apply", operation, count });
    },
    // Where the sides start is known only when they have been written; until then they jump nowhere.
    branch: () => {
      const branch = instructions.push({ kind: "branch", otherwise: -1 }) - 1;
      return { branch, otherwise: -1 };
    },
    otherwise: ({ branch }) => {
      const otherwise = instructions.push({ kind: "else", end: -1 }) - 1;
      instructions[branch] = { kind: "branch", otherwise: otherwise + 1 };
      return { branch, otherwise };
    },
    join: ({ otherwise }) => {
      const end = instructions.push({ kind: "join" }) - 1;
      instructions[otherwise] = { kind: "else", end };
    },
    finish: () => ({ instructions, variables: [...indices.keys()] }),
  };
}
