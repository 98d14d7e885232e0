/** JavaScript's operators on values that are known or traced. Known values are computed as JavaScript does. */
import type { BinaryOperator } from "acorn";
import {
  add,
  div,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  mul,
  neg,
  notEqual,
  pow,
  rem,
  sub,
  Tensor,
} from "../../../tensor/index.ts";
import { decide, isComparison } from "../branching/bounds.ts";
import { nameOf, refuse, USE_TENSORS } from "../refuse.ts";
import type { Walker } from "../types.ts";
import { binary, toNumber, unary } from "./guarded.ts";

type Known = string | number | boolean | null | undefined;

/** Whether a value is traced, or a tensor at all. */
export function isTensor(value: unknown): value is Tensor {
  return value instanceof Tensor;
}

/** `a operator b`. */
export function operate(walker: Walker, operator: BinaryOperator, a: unknown, b: unknown): unknown {
  if (typeof a === "number" && typeof b === "number") return known(operator, a, b);
  if (operator === "===" || operator === "!==" || operator === "==" || operator === "!=") {
    return compare(walker, operator, a, b);
  }
  if (operator === "in" && isDataObject(b) && (typeof a === "string" || typeof a === "number")) {
    const isOwn = Object.hasOwn(b, a);
    if (isOwn === a in b) return isOwn;
  }
  if (operator === "in" || operator === "instanceof") {
    return refuse(walker, `\`${operator}\` is outside the subset`, "test with a comparison or Array.isArray");
  }
  if (!isTensor(a) && !isTensor(b)) {
    if (operator === "+" && (typeof a === "string" || typeof b === "string"))
      return text(walker, a) + text(walker, b);
    if (typeof a === "string" && typeof b === "string") return known(operator, a, b);
    return operate(walker, operator, toNumber(walker, a), toNumber(walker, b));
  }
  if (typeof a === "string" || typeof b === "string") {
    return refuse(walker, "a traced number is made into text", "keep text out of the computation");
  }
  return traced(walker, operator, toNumber(walker, a), toNumber(walker, b));
}

function traced(walker: Walker, operator: BinaryOperator, a: number | Tensor, b: number | Tensor): unknown {
  if (isComparison(operator)) {
    const answer = decide(walker.mask, operator, a, b);
    if (answer !== undefined) return answer;
  }
  switch (operator) {
    case "+":
      return binary(walker, "add", add, a, b);
    case "-":
      return binary(walker, "sub", sub, a, b);
    case "*":
      return binary(walker, "mul", mul, a, b);
    case "/":
      return binary(walker, "div", div, a, b);
    case "%":
      return binary(walker, "rem", rem, a, b);
    case "**":
      return binary(walker, "pow", pow, a, b);
    case "<":
      return binary(walker, "less", less, a, b);
    case "<=":
      return binary(walker, "lessEqual", lessEqual, a, b);
    case ">":
      return binary(walker, "greater", greater, a, b);
    case ">=":
      return binary(walker, "greaterEqual", greaterEqual, a, b);
    default:
      return refuse(
        walker,
        `the bitwise operator \`${operator}\` is applied to a traced number`,
        "use Math.trunc or Math.floor in place of `| 0`, and && or || in place of `&` and `|` on conditions",
      );
  }
}

/** A plain object or an array; what their prototypes hold is outside the subset. */
function isDataObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !isTensor(value) && !ArrayBuffer.isView(value);
}

/** Text of a known value, as template literals and `+` make it. */
export function text(walker: Walker, value: unknown): string {
  if (isKnown(value)) return String(value);
  if (isTensor(value)) {
    if (!value.isTraced && value.rank === 0) return String(value.item());
    return refuse(walker, "a traced number is made into text", "keep text out of the computation");
  }
  return refuse(walker, `${nameOf(value)} is made into text`, "keep text out of the computation");
}

function isKnown(value: unknown): value is Known {
  return (
    value === null || (typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol")
  );
}

function known(operator: BinaryOperator, a: number, b: number): number | boolean;
function known(operator: BinaryOperator, a: string, b: string): number | boolean;
function known(operator: BinaryOperator, x: number | string, y: number | string): number | boolean {
  if (typeof x === "string" || typeof y === "string") {
    if (operator === "<") return x < y;
    if (operator === "<=") return x <= y;
    if (operator === ">") return x > y;
    if (operator === ">=") return x >= y;
  }
  const a = Number(x);
  const b = Number(y);
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      return a % b;
    case "**":
      return a ** b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    case "===":
    case "==":
      return a === b;
    case "!==":
    case "!=":
      return a !== b;
    default:
      return bits(operator, a, b);
  }
}

function bits(operator: BinaryOperator, a: number, b: number): number {
  if (operator === "|") return a | b;
  if (operator === "&") return a & b;
  if (operator === "^") return a ^ b;
  if (operator === "<<") return a << b;
  if (operator === ">>") return a >> b;
  return a >>> b;
}

/** Equality: of traced numbers an operation; of values whose types differ, known at once. */
function compare(walker: Walker, operator: "===" | "!==" | "==" | "!=", a: unknown, b: unknown): unknown {
  const strict = operator.length === 3;
  const negated = operator[0] === "!";
  if (!isTensor(a) && !isTensor(b)) {
    if (strict || a === b) return (a === b) !== negated;
    if (isKnown(a) && isKnown(b)) return looselyEqual(a, b) !== negated;
    return negated;
  }
  if (a === undefined || a === null || b === undefined || b === null) return negated;
  if (!isNumeric(a) || !isNumeric(b)) {
    if (strict) return negated;
    return refuse(walker, `a traced number is compared with ${nameOf(isNumeric(a) ? b : a)}`, USE_TENSORS);
  }
  if (isTruth(a) !== isTruth(b) && strict) return negated;
  const [left, right] = [toNumber(walker, a), toNumber(walker, b)];
  return negated
    ? binary(walker, "notEqual", notEqual, left, right)
    : binary(walker, "equal", equal, left, right);
}

function looselyEqual(a: Known, b: Known): boolean {
  if (a === undefined || a === null || b === undefined || b === null) return (a ?? null) === (b ?? null);
  if (typeof a === typeof b) return a === b;
  return Number(a) === Number(b);
}

function isNumeric(value: unknown): value is number | boolean | Tensor {
  return typeof value === "number" || typeof value === "boolean" || isTensor(value);
}

function isTruth(value: number | boolean | Tensor): boolean {
  return typeof value === "boolean" || (isTensor(value) && value.dtype === "bool");
}

/** `-a`. */
export function negate(walker: Walker, value: unknown): unknown {
  const number = toNumber(walker, value);
  return typeof number === "number" ? -number : unary(walker, "neg", neg, number);
}

/** `~a`, of known numbers. */
export function complementBits(walker: Walker, value: unknown): unknown {
  const number = toNumber(walker, value);
  if (typeof number === "number") return ~number;
  return refuse(
    walker,
    "the bitwise operator `~` is applied to a traced number",
    "use Math.trunc in place of `~~`",
  );
}

/** `typeof a`; a traced number is a number. */
export function typeName(value: unknown): string {
  if (isTensor(value) && value.rank === 0) return value.dtype === "bool" ? "boolean" : "number";
  return typeof value;
}
