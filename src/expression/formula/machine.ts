/** Runs a program. Numbers are computed as numbers; where a tensor takes part, as tensors, traced ones included. */

import { at } from "../../core/exactly.ts";
import { logicalAnd, logicalNot, type Tensor, where } from "../../tensor/index.ts";
import { apply, asCondition, unify, type Value } from "./apply.ts";
import type { Instruction, Program } from "./program.ts";

/** A conditional that is being run. */
interface Fork {
  /** Missing where a number decided, so that only one side runs. */
  readonly condition: Tensor | undefined;
  /** Where the surrounding conditionals take the side on which this one stands; missing: everywhere. */
  readonly outerMask: Tensor | undefined;
}

interface Machine {
  readonly stack: Value[];
  readonly forks: Fork[];
  /** Where the values computed now will be used; missing: everywhere. */
  mask: Tensor | undefined;
}

/** The value of a program, given those of its variables in their order. */
export function run(program: Program, variables: readonly Value[]): Value {
  const { instructions } = program;
  const machine: Machine = { stack: [], forks: [], mask: undefined };
  let position = 0;
  while (position < instructions.length) {
    position = step(machine, at(instructions, position), position, variables);
  }
  return at(machine.stack, 0);
}

/** Runs one instruction and says which comes next. */
function step(
  machine: Machine,
  instruction: Instruction,
  position: number,
  variables: readonly Value[],
): number {
  const { stack } = machine;
  switch (instruction.kind) {
    case "number":
      stack.push(instruction.value);
      return position + 1;
    case "variable":
      stack.push(at(variables, instruction.index));
      return position + 1;
    case "apply":
      stack.push(apply(instruction.operation, take(stack, instruction.count), machine.mask));
      return position + 1;
    case "branch":
      return enter(machine) ? position + 1 : instruction.otherwise;
    case "else":
      return turn(machine) ? position + 1 : instruction.end;
    case "join":
      join(machine);
      return position + 1;
    default:
      return instruction satisfies never;
  }
}

/** Takes the condition; false where the first side need not run. */
function enter(machine: Machine): boolean {
  const value = at(take(machine.stack, 1), 0);
  const outerMask = machine.mask;
  if (typeof value === "number") {
    machine.forks.push({ condition: undefined, outerMask });
    return value !== 0;
  }
  const condition = asCondition(value);
  machine.forks.push({ condition, outerMask });
  machine.mask = both(outerMask, condition);
  return true;
}

/** Ends the first side; false where the second need not run. */
function turn(machine: Machine): boolean {
  const { condition, outerMask } = at(machine.forks, machine.forks.length - 1);
  if (condition === undefined) return false;
  machine.mask = both(outerMask, logicalNot(condition));
  return true;
}

/** Ends the second side: in each place the value of the side that the condition takes there. */
function join(machine: Machine): void {
  const { condition, outerMask } = at(take(machine.forks, 1), 0);
  machine.mask = outerMask;
  if (condition === undefined) return;
  const sides = unify(take(machine.stack, 2));
  machine.stack.push(where(condition, at(sides, 0), at(sides, 1)));
}

function both(outer: Tensor | undefined, condition: Tensor): Tensor {
  return outer === undefined ? condition : logicalAnd(outer, condition);
}

function take<T>(stack: T[], count: number): T[] {
  return stack.splice(stack.length - count, count);
}
