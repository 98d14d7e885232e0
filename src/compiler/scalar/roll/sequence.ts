/** The steps of a graph of single numbers in a form in which they can be compared quickly: one number says what kind a step is. */
import type { Condensed } from "../condense.ts";

/** Steps in order; a slot that is made by a step is `origin` plus the step's index. */
export interface Sequence extends Condensed {
  /** Equal for steps that do the same with the same kinds of operands: constants, truth values, numbers. */
  readonly kinds: Int32Array;
}

/** The kinds of the steps of a graph. */
export function sequenceOf(condensed: Condensed): Sequence {
  const { steps, operations, starts, operands, origin, inputs, isTruth } = condensed;
  const isConstant = (slot: number): boolean => slot >= inputs && slot < origin;
  const kinds = new Int32Array(steps.length);
  const powers = new Map<number, number>();
  for (let t = 0; t < steps.length; t++) {
    let kind = operations[t] as number;
    for (let a = starts[t] as number; a < (starts[t + 1] as number); a++) {
      const slot = operands[a] as number;
      kind = kind * 5 + 1 + (isTruth[slot] as number) + (isConstant(slot) ? 2 : 0);
    }
    kinds[t] = kind;
    if (steps[t]?.primitive !== "pow") continue;
    // The code of a power depends on its exponent.
    const exponent = operands[(starts[t] as number) + 1] as number;
    if (!isConstant(exponent)) continue;
    const number = powers.get(exponent) ?? powers.size;
    powers.set(exponent, number);
    kinds[t] = -1 - 2 * number - (isTruth[operands[starts[t] as number] as number] as number);
  }
  return { ...condensed, kinds };
}
