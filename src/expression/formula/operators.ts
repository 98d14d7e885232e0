/** The operators of formulas: what they do, and how tightly they bind. */

import * as t from "../../tensor/index.ts";
import { binary, type Operation, unary } from "./operation.ts";
import type { Sign } from "./tokens.ts";

/** An operator between two operands; a higher `binds` holds its operands more tightly. */
export interface Infix {
  readonly operation: Operation;
  readonly binds: number;
  readonly side: "left" | "right" | "none";
}

/** How tightly a conditional binds: less than any operator. */
export const conditionalBinds = 1;

/** How tightly a sign before its operand binds, between `*` and `^`: -x^2 is -(x^2), -x*y is (-x)*y. */
export const prefixBinds = 8;

const divide = binary((x, y) => x / y, t.div, [1, 1]);
const power = binary((x, y) => x ** y, t.pow, [1, 1]);

const truth = (condition: boolean): number => (condition ? 1 : 0);

type Predicate = (x: number, y: number) => boolean;
type TensorPredicate = (x: t.Operand, y: t.Operand) => t.Tensor;

function comparison(numbers: Predicate, tensors: TensorPredicate): Operation {
  return binary((x, y) => truth(numbers(x, y)), tensors);
}

function logical(numbers: Predicate, tensors: TensorPredicate): Operation {
  return { ...comparison(numbers, tensors), reads: "conditions" };
}

function infix(operation: Operation, binds: number, side: Infix["side"] = "left"): Infix {
  return { operation, binds, side };
}

/** The operators between operands. Comparisons do not chain: 0 < x < 1 would not mean what it says. */
export const infixOperators: ReadonlyMap<Sign, Infix> = new Map<Sign, Infix>([
  [
    "||",
    infix(
      logical((x, y) => x !== 0 || y !== 0, t.logicalOr),
      2,
    ),
  ],
  [
    "&&",
    infix(
      logical((x, y) => x !== 0 && y !== 0, t.logicalAnd),
      3,
    ),
  ],
  [
    "==",
    infix(
      comparison((x, y) => x === y, t.equal),
      4,
      "none",
    ),
  ],
  [
    "!=",
    infix(
      comparison((x, y) => x !== y, t.notEqual),
      4,
      "none",
    ),
  ],
  [
    "<",
    infix(
      comparison((x, y) => x < y, t.less),
      5,
      "none",
    ),
  ],
  [
    "<=",
    infix(
      comparison((x, y) => x <= y, t.lessEqual),
      5,
      "none",
    ),
  ],
  [
    ">",
    infix(
      comparison((x, y) => x > y, t.greater),
      5,
      "none",
    ),
  ],
  [
    ">=",
    infix(
      comparison((x, y) => x >= y, t.greaterEqual),
      5,
      "none",
    ),
  ],
  [
    "+",
    infix(
      binary((x, y) => x + y, t.add),
      6,
    ),
  ],
  [
    "-",
    infix(
      binary((x, y) => x - y, t.sub),
      6,
    ),
  ],
  [
    "*",
    infix(
      binary((x, y) => x * y, t.mul, [1, 1]),
      7,
    ),
  ],
  ["/", infix(divide, 7)],
  [
    "%",
    infix(
      binary((x, y) => x % y, t.rem, [1, 1]),
      7,
    ),
  ],
  ["^", infix(power, 9, "right")],
]);

/** A raised number (x²) is a power that binds to what stands right before it. */
export const superscriptPower: Operation = power;

/** The operators before an operand. */
export const prefixOperators: ReadonlyMap<Sign, Operation | undefined> = new Map<Sign, Operation | undefined>(
  [
    // A plus sign does nothing.
    ["+", undefined],
    ["-", unary((x) => -x, t.neg)],
    ["!", { ...unary((x) => truth(x === 0), t.logicalNot), reads: "conditions" }],
  ],
);
