/** Writes results of loops to the memory. */
import { at } from "../../../core/exactly.ts";
import type { Code } from "../../emit/code.ts";
import { type Operand, pushNumber } from "../code.ts";
import type { Addresses } from "./addresses.ts";
import { fromLane } from "./history.ts";
import { pushNumber as pushPairOfNumbers } from "./lanes.ts";
import type { BodyStep, Result } from "./loop.ts";
import { swap } from "./operands.ts";

/** Writes the results of one turn, where all of them are read. */
export function emitStore(code: Code, step: BodyStep, result: Result, addresses: Addresses): void {
  if (step.kept !== "all") return;
  const { stride, isTruth } = step;
  if (result.kind === "pair" && Math.abs(stride) === 1) {
    const offset = addresses.push(step, stride === 1 ? 0 : 1);
    pushPairOfNumbers(code, { isTruth, push: () => code.get(result.local) });
    if (stride === -1) swap(code);
    code.vectorAccess("v128Store", offset);
    return;
  }
  for (const [lane, single] of singlesOf(code, step, result).entries()) {
    const offset = addresses.push(step, lane);
    pushNumber(code, single);
    code.access("f64Store", offset);
  }
}

/** Writes the result of the last iteration, after the loop. */
export function emitLastStore(code: Code, step: BodyStep, result: Result, count: number): void {
  const last = at(singlesOf(code, step, result).slice(-1), 0);
  code.integer(0);
  pushNumber(code, last);
  code.access("f64Store", 8 * (step.place + step.stride * (count - 1)));
}

function singlesOf(code: Code, { isTruth }: BodyStep, result: Result): readonly Operand[] {
  if (result.kind === "singles") return result.lanes;
  return [0, 1].map((lane) => {
    code.get(result.local);
    return fromLane(code, lane, isTruth);
  });
}
