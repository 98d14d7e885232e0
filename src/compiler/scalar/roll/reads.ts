/** Which results are read from the memory: by loops, by steps of other functions, or as results of the graph. */
import type { Region } from "./places.ts";
import type { Sequence } from "./sequence.ts";

/** Items of one function. */
export type Piece = readonly (number | Region)[];

/** 1 for every slot that is read from the memory. */
export function readsOf(
  { starts, operands, origin, outputs, steps }: Sequence,
  pieces: readonly Piece[],
): Uint8Array {
  const slots = origin + steps.length;
  const isRead = new Uint8Array(slots);
  for (const slot of outputs) isRead[slot] = 1;
  // The function that holds a slot in a variable; results of loops are in none.
  const holder = new Int32Array(slots).fill(-1);
  for (const [i, piece] of pieces.entries())
    for (const item of piece) if (typeof item === "number") holder[origin + item] = i;
  const read = (t: number, isHeld: (slot: number) => boolean): void => {
    for (let a = starts[t] as number; a < (starts[t + 1] as number); a++) {
      const slot = operands[a] as number;
      if (slot >= origin && !isHeld(slot)) isRead[slot] = 1;
    }
  };
  for (const [i, piece] of pieces.entries())
    for (const item of piece) {
      if (typeof item === "number") {
        read(item, (slot) => holder[slot] === i);
        continue;
      }
      const { start, period, count } = item;
      // A loop keeps what it makes in variables.
      const isOwn = (slot: number): boolean => slot >= origin + start;
      for (let t = start; t < start + period * count; t++) read(t, isOwn);
    }
  return isRead;
}
