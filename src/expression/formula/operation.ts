/** What an operator or function of a formula is: its arity, and what it does to numbers and to tensors. */

import { at } from "../../core/exactly.ts";
import type { Operand, Tensor } from "../../tensor/index.ts";

/** One operation, with its arguments in a list. */
export interface Operation {
  /** How many arguments it takes; "many" is two or more. */
  readonly arity: 1 | 2 | 3 | "many";
  readonly numbers: (args: readonly number[]) => number;
  /** The same function where at least one argument is a tensor. */
  readonly tensors: (args: readonly Operand[]) => Tensor;
  /** Whether arguments are read as numbers or as conditions (anything but 0 is true). */
  readonly reads: "numbers" | "conditions";
  /**
   * For each argument a value at which the operation and its derivatives are finite. It replaces the argument where a
   * conditional does not take the side on which the operation stands, so that no NaN leaks into derivatives
   * (`x > 0 ? sqrt(x) : 0`). Linear operations need none.
   */
  readonly safe: readonly number[];
}

/** An operation of one number. */
export function unary(
  numbers: (x: number) => number,
  tensors: (x: Operand) => Tensor,
  safe: readonly number[] = [],
): Operation {
  return {
    arity: 1,
    numbers: (args) => numbers(at(args, 0)),
    tensors: (args) => tensors(at(args, 0)),
    reads: "numbers",
    safe,
  };
}

/** An operation of two numbers. */
export function binary(
  numbers: (x: number, y: number) => number,
  tensors: (x: Operand, y: Operand) => Tensor,
  safe: readonly number[] = [],
): Operation {
  return {
    arity: 2,
    numbers: (args) => numbers(at(args, 0), at(args, 1)),
    tensors: (args) => tensors(at(args, 0), at(args, 1)),
    reads: "numbers",
    safe,
  };
}

/** An operation of three numbers that is linear wherever it is smooth. */
export function ternary(
  numbers: (x: number, y: number, z: number) => number,
  tensors: (x: Operand, y: Operand, z: Operand) => Tensor,
): Operation {
  return {
    arity: 3,
    numbers: (args) => numbers(at(args, 0), at(args, 1), at(args, 2)),
    tensors: (args) => tensors(at(args, 0), at(args, 1), at(args, 2)),
    reads: "numbers",
    safe: [],
  };
}

/** An operation of two or more numbers, taken two at a time from the left. */
export function many(
  numbers: (x: number, y: number) => number,
  tensors: (x: Operand, y: Operand) => Tensor,
  safe?: number,
): Operation {
  return {
    arity: "many",
    numbers: (args) => args.reduce((x, y) => numbers(x, y)),
    tensors: (args) =>
      args.slice(2).reduce((x: Tensor, y) => tensors(x, y), tensors(at(args, 0), at(args, 1))),
    reads: "numbers",
    safe: safe === undefined ? [] : [safe],
  };
}
