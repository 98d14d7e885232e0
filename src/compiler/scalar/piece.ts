/** One function of a scalar program: reads what it needs when it is first needed, keeps it in locals, writes what others read. */
import { at } from "../../core/exactly.ts";
import { type Code, newFunction } from "../emit/code.ts";
import type { DefinedFunction } from "../emit/module.ts";
import { type Callee, emitStep, keep, loadInto, type Operand, pushNumber } from "./code.ts";
import { buildLoop, type Memory } from "./roll/build.ts";
import { emitLoop } from "./roll/emit.ts";
import type { Piece } from "./roll/reads.ts";
import type { Sequence } from "./roll/sequence.ts";

const procedure: DefinedFunction["type"] = { parameters: [], results: [] };

/** The function of some steps and loops. */
export function emitPiece(
  sequence: Sequence,
  memory: Memory,
  piece: Piece,
  callee: Callee,
  exportedAs: string,
): DefinedFunction {
  const code = newFunction(procedure);
  const emit = stepEmitter(code, sequence, memory, callee);
  for (const item of piece) {
    if (typeof item === "number") emit(item);
    else emitLoop(code, buildLoop(sequence, memory, item), callee);
  }
  return code.done(exportedAs);
}

/** Writes steps that are in no loop. */
function stepEmitter(
  code: Code,
  { steps, starts, operands, constants, origin, isTruth }: Sequence,
  { places, isRead }: Memory,
  callee: Callee,
): (t: number) => void {
  const kept = new Map<number, Operand>();
  const operandOf = (slot: number): Operand => {
    const value = constants[slot];
    if (value !== undefined) return { kind: "constant", value, isTruth: isTruth[slot] === 1 };
    const known = kept.get(slot);
    if (known !== undefined) return known;
    code.integer(0);
    const loaded = loadInto(code, 8 * (places[slot] as number), isTruth[slot] === 1);
    kept.set(slot, loaded);
    return loaded;
  };
  return (t) => {
    const slot = origin + t;
    const given: Operand[] = [];
    for (let a = starts[t] as number; a < (starts[t + 1] as number); a++)
      given.push(operandOf(operands[a] as number));
    emitStep(code, at(steps, t), given, callee);
    const made = keep(code, isTruth[slot] === 1);
    kept.set(slot, made);
    if (isRead[slot] !== 1) return;
    code.integer(0);
    pushNumber(code, made);
    code.access("f64Store", 8 * (places[slot] as number));
  };
}
