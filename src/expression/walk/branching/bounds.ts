/**
 * What a mask says of numbers: under `z < 0.5` the number 1 − z is at least 0.5. A comparison that follows from the
 * conditions around it is known while tracing, and so a recursion such as Γ(z) = π/(sin(πz) Γ(1 − z)) comes to its end.
 */
import type { Tensor } from "../../../tensor/index.ts";
import type { Mask } from "./mask.ts";

/** A closed interval in which a number, which is not NaN, lies for all lanes of a mask. */
interface Interval {
  readonly low: number;
  readonly high: number;
}

const REVERSED = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

/** The comparisons whose answer may follow from others. */
export type Comparison = keyof typeof REVERSED;

/** How far conditions and expressions are followed: enough for recursions, and no burden for long loops. */
const MOST_CONDITIONS = 16;
const MOST_STEPS = 8;

export function isComparison(operator: string): operator is Comparison {
  return Object.hasOwn(REVERSED, operator);
}

/** The answer of `a operator b` for all lanes of the mask; undefined where it differs or cannot be told. */
export function decide(
  mask: Mask,
  operator: Comparison,
  a: number | Tensor,
  b: number | Tensor,
): boolean | undefined {
  if (typeof a === "number")
    return typeof b === "number" ? undefined : decide(mask, REVERSED[operator], b, a);
  if (typeof b !== "number" || mask.parent === undefined) return undefined;
  const interval = intervalOf(a, factsOf(mask), MOST_STEPS);
  if (interval === undefined) return undefined;
  const { low, high } = interval;
  if (operator === "<") return high < b ? true : low >= b ? false : undefined;
  if (operator === "<=") return high <= b ? true : low > b ? false : undefined;
  if (operator === ">") return low > b ? true : high <= b ? false : undefined;
  return low >= b ? true : high < b ? false : undefined;
}

interface Fact extends Interval {
  readonly subject: Tensor;
}

/** What holds for all lanes. Only conditions that hold are used: one that fails may have failed on NaN. */
function factsOf(mask: Mask): Fact[] {
  const facts: Fact[] = [];
  let at: Mask | undefined = mask;
  for (let k = 0; at !== undefined && k < MOST_CONDITIONS; k++, at = at.parent) {
    if (at.condition !== undefined && !at.negated) learn(at.condition, facts);
  }
  return facts;
}

function learn(condition: Tensor, facts: Fact[]): void {
  const node = condition.place?.node;
  if (node === undefined || node.primitive === "parameter") return;
  const [a, b] = node.inputs;
  if (a === undefined || b === undefined) return;
  if (node.primitive === "logicalAnd") {
    learn(a, facts);
    learn(b, facts);
  } else if (node.primitive === "less" || node.primitive === "lessEqual") between(a, b, facts);
  else if (node.primitive === "greater" || node.primitive === "greaterEqual") between(b, a, facts);
}

/** small ≤ large, where one of them is known. */
function between(small: Tensor, large: Tensor, facts: Fact[]): void {
  const [low, high] = [small.knownScalar(), large.knownScalar()];
  if (low === undefined && high !== undefined) facts.push({ subject: small, low: -Infinity, high });
  if (low !== undefined && high === undefined) facts.push({ subject: large, low, high: Infinity });
}

/** Bounds of a number made of one that is bounded by adding or subtracting known numbers; rounding keeps their order. */
function intervalOf(x: Tensor, facts: readonly Fact[], steps: number): Interval | undefined {
  const own = facts.filter(({ subject }) => sameNumber(subject, x));
  if (own.length > 0) {
    return { low: Math.max(...own.map(({ low }) => low)), high: Math.min(...own.map(({ high }) => high)) };
  }
  const node = x.place?.node;
  if (steps === 0 || node === undefined || node.primitive === "parameter") return undefined;
  const [a, b] = node.inputs;
  if (node.primitive === "neg" && a !== undefined) return shifted(0, -1, intervalOf(a, facts, steps - 1));
  if (a === undefined || b === undefined) return undefined;
  const [left, right] = [a.knownScalar(), b.knownScalar()];
  if (node.primitive === "add" && left !== undefined)
    return shifted(left, 1, intervalOf(b, facts, steps - 1));
  if (node.primitive === "add" && right !== undefined)
    return shifted(right, 1, intervalOf(a, facts, steps - 1));
  if (node.primitive === "sub" && left !== undefined)
    return shifted(left, -1, intervalOf(b, facts, steps - 1));
  if (node.primitive === "sub" && right !== undefined)
    return shifted(-right, 1, intervalOf(a, facts, steps - 1));
  return undefined;
}

function sameNumber(a: Tensor, b: Tensor): boolean {
  return (
    a === b || (a.place !== undefined && a.place.node === b.place?.node && a.place.index === b.place.index)
  );
}

function shifted(by: number, sign: 1 | -1, x: Interval | undefined): Interval | undefined {
  if (x === undefined || !Number.isFinite(by)) return undefined;
  return sign === 1 ? { low: by + x.low, high: by + x.high } : { low: by - x.high, high: by - x.low };
}
