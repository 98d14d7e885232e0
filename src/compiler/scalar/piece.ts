/** One function of a scalar program: reads what it needs when it is first needed, keeps it in locals, writes what others read. */
import type { Step } from "../../tensor/graph.ts";
import type { DefinedFunction } from "../emit/module.ts";
import { type Callee, emitStep, newCode, type Operand } from "./code.ts";
import type { Slots } from "./slots.ts";

const procedure: DefinedFunction["type"] = { parameters: [], results: [] };

/** The function of some steps. */
export function emitPiece(
  { constants, truths, places }: Slots,
  steps: readonly Step[],
  callee: Callee,
  exportedAs: string,
): DefinedFunction {
  const { locals, doubles } = localsOf(steps, constants, truths);
  const code = newCode();
  const present = new Set<number>();
  const operandAt = (slot: number): Operand => {
    const isTruth = truths.has(slot);
    const value = constants[slot];
    return value === undefined
      ? { kind: "local", index: locals.get(slot) ?? 0, isTruth }
      : { kind: "constant", value, isTruth };
  };
  const fetch = (slot: number): void => {
    if (present.has(slot) || constants[slot] !== undefined) return;
    present.add(slot);
    code.load(places.get(slot) ?? 0);
    if (truths.has(slot)) {
      code.number(0);
      code.op("f64Ne");
    }
    code.set(locals.get(slot) ?? 0);
  };
  const keep = (slot: number): void => {
    const made = operandAt(slot);
    code.set(locals.get(slot) ?? 0);
    present.add(slot);
    const place = places.get(slot);
    if (place === undefined) return;
    code.store(place, () => {
      code.push(made);
      if (made.isTruth) code.op("f64FromI32");
    });
  };
  for (const step of steps) {
    step.inputs.forEach(fetch);
    emitStep(code, step, step.inputs.map(operandAt), callee);
    keep(step.first);
  }
  return {
    type: procedure,
    locals: [
      { count: doubles, type: "f64" },
      { count: locals.size - doubles, type: "i32" },
    ],
    code: code.done(),
    exportedAs,
  };
}

/** A local variable for every slot that the steps read or make: doubles first, then truth values. */
function localsOf(
  steps: readonly Step[],
  constants: Slots["constants"],
  truths: Slots["truths"],
): { readonly locals: ReadonlyMap<number, number>; readonly doubles: number } {
  const slots = new Set<number>();
  for (const { inputs, first } of steps) {
    for (const slot of inputs) if (constants[slot] === undefined) slots.add(slot);
    slots.add(first);
  }
  const locals = new Map<number, number>();
  for (const slot of slots) if (!truths.has(slot)) locals.set(slot, locals.size);
  const doubles = locals.size;
  for (const slot of slots) if (truths.has(slot)) locals.set(slot, locals.size);
  return { locals, doubles };
}
