/** Sums of squares, found by how they are written. */

import { at } from "../../core/exactly.ts";
import { run } from "./machine.ts";
import { infixOperators } from "./operators.ts";
import type { Instruction, Program } from "./program.ts";
import type { Sign } from "./tokens.ts";

/** Instructions that give one value. */
type Code = readonly Instruction[];

/** A part of a formula, and what it is multiplied by. */
interface Part {
  readonly code: Code;
  readonly weight: number;
}

/**
 * Programs r₁, r₂, … with f = Σ rᵢ²/2, where f is written as a sum of even powers with positive factors, such as
 * `100*(y-x^2)^2 + (1-x)^2/2`; undefined for any other.
 */
export function squaresOf({ instructions, variables }: Program): Program[] | undefined {
  // The sides of a conditional jump to places counted from the program's beginning, so it cannot be cut to pieces.
  if (instructions.some(({ kind }) => kind === "branch")) return undefined;
  const roots: Code[] = [];
  const parts: Part[] = [{ code: instructions, weight: 2 }];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const { code, weight } = part;
    const root = rootOf(part);
    const inner = scaledOf(part);
    if (root !== undefined) roots.push(root);
    else if (inner !== undefined) parts.push(inner);
    else if (isApplied(code, "+"))
      for (const summand of summandsOf(code)) parts.push({ code: summand, weight });
    else return undefined;
  }
  return roots.map((code) => ({ instructions: code, variables }));
}

/** The square root of a part that is a constant or an even power. */
function rootOf({ code, weight }: Part): Code | undefined {
  const value = constantOf(code);
  if (value !== undefined && value >= 0) return [number(Math.sqrt(weight * value))];
  const [base, power] = operandsOf(code, "^");
  const exponent = constantOf(power);
  if (exponent === undefined || exponent < 2 || exponent % 2 !== 0) return undefined;
  const root = exponent === 2 ? base : [...base, number(exponent / 2), ...applied("^")];
  return [...root, number(Math.sqrt(weight)), ...applied("*")];
}

/** What a positive constant multiplies or divides. */
function scaledOf({ code, weight }: Part): Part | undefined {
  const [left, right] = operandsOf(code, "*");
  const [over, under] = operandsOf(code, "/");
  const choices: readonly (readonly [rest: Code, factor: number | undefined])[] = [
    [right, constantOf(left)],
    [left, constantOf(right)],
    [over, 1 / (constantOf(under) ?? 0)],
  ];
  const [rest, factor = 0] = choices.find(([, c]) => c !== undefined && c > 0 && c < Infinity) ?? [];
  return rest && { code: rest, weight: weight * factor };
}

/** a, b, c of a + b + c. */
function summandsOf(code: Code): Code[] {
  const summands: Code[] = [];
  let end = code.length;
  for (; isApplied(code, "+", end); end = startOfLast(code, end - 1))
    summands.push(code.slice(startOfLast(code, end - 1), end - 1));
  return [code.slice(0, end), ...summands];
}

/** Left and right of an operator; nothing where the outermost one is another. */
function operandsOf(code: Code, sign: Sign): readonly [Code, Code] {
  if (!isApplied(code, sign)) return [[], []];
  const middle = startOfLast(code, code.length - 1);
  return [code.slice(0, middle), code.slice(middle, -1)];
}

function isApplied(code: Code, sign: Sign, end = code.length): boolean {
  const last = code[end - 1];
  return last?.kind === "apply" && last.operation === infixOperators.get(sign)?.operation;
}

/** Where the value begins that ends before `end`: backwards, an instruction gives one value and needs those it takes. */
function startOfLast(code: Code, end: number): number {
  let start = end;
  for (let needed = 1; needed > 0; needed--) {
    const instruction = at(code, --start);
    if (instruction.kind === "apply") needed += instruction.count;
  }
  return start;
}

/** The value of a part without variables. */
function constantOf(code: Code): number | undefined {
  if (code.length === 0 || code.some(({ kind }) => kind === "variable")) return undefined;
  const value = run({ instructions: code, variables: [] }, []);
  return typeof value === "number" ? value : undefined;
}

const number = (value: number): Instruction => ({ kind: "number", value });

function applied(sign: Sign): Instruction[] {
  const operation = infixOperators.get(sign)?.operation;
  return operation === undefined ? [] : [{ kind: "apply", operation, count: 2 }];
}
