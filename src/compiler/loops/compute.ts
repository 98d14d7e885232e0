/** The value of one computation from those of its operands. */
import { at } from "../../core/exactly.ts";
import type { Computation, Operand } from "../fuse/nest.ts";
import { mapValue } from "./elementwise.ts";
import type { Value, Width } from "./values.ts";
import type { Known } from "./writing.ts";

/** Computes a value unless it is a fold, which walks compute. */
export function compute(
  to: Width,
  computed: Computation,
  known: Known,
  read: (operand: Operand) => Value,
): void {
  const operands = computed.operands.map(read);
  if (computed.kind === "map") known.set(computed.slot, mapValue(to, computed.step, operands));
  else if (computed.kind === "copy") known.set(computed.slot, at(operands, 0));
}
