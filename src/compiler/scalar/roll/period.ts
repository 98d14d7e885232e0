/**
 * How long steps repeat with a period: step t + P does what step t does, to operands that have moved on evenly. An operand either moves
 * with the loop (a result of this or of a recent iteration), or its place in the memory moves by the same stride every time.
 */
import type { Sequence } from "./sequence.ts";

/** Iterations that a result may be carried on in registers. */
const mostCarried = 4;

/** Says that an operand moves with the loop; no stride is as large. */
const ownIteration = 0x4000_0000;
const unknownStride = 0x7fff_ffff;

/** Gives the end of the steps that repeat with a period from step `start` on. */
export type Runs = (start: number, period: number) => number;

/**
 * Looks for runs in a sequence.
 *
 * @param places The places of slots in the memory; −1 for those that have none as yet.
 */
export function runsIn(sequence: Sequence, places: Int32Array): Runs {
  const { kinds, starts, operands, inputs, origin } = sequence;
  // How each operand of the body moves; the first iteration says it.
  const moves = new Int32Array(operands.length);
  return (start, period) => {
    const first = starts[start] as number;
    const width = (starts[start + period] as number) - first;
    for (let t = start; t + period < kinds.length; t++) {
      if (kinds[t] !== kinds[t + period]) return t + period;
      const from = starts[t] as number;
      const end = starts[t + 1] as number;
      const later = starts[t + period] as number;
      const iteration = Math.floor((t - start) / period);
      for (let a = from; a < end; a++) {
        const slot = operands[a] as number;
        if (slot >= inputs && slot < origin) continue;
        const next = operands[later + a - from] as number;
        const back = iteration - Math.floor((slot - origin - start) / period);
        const move =
          next - slot === period && back <= mostCarried ? ownIteration : stride(places, slot, next);
        if (move === unknownStride) return t + period;
        if (iteration === 0) moves[a - first] = move;
        else if (moves[(a - first) % width] !== move) return t + period;
      }
    }
    return kinds.length;
  };
}

function stride(places: Int32Array, slot: number, next: number): number {
  const from = places[slot] as number;
  const to = places[next] as number;
  return from < 0 || to < 0 ? unknownStride : to - from;
}
