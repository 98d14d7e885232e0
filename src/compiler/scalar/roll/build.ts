/** The loop of a region: its body, with sources of operands and places of results. */
import { at } from "../../../core/exactly.ts";
import type { BodyStep, Loop, Source } from "./loop.ts";
import type { Region } from "./places.ts";
import type { Sequence } from "./sequence.ts";

/** What is known of all slots. */
export interface Memory {
  readonly places: Int32Array;
  readonly isRead: Uint8Array;
  /** A place for numbers that are known before the program runs. */
  readonly table: (values: readonly number[]) => number;
}

/** The loop of a region. */
export function buildLoop(sequence: Sequence, memory: Memory, region: Region): Loop {
  const { start, period, count } = region;
  const { steps, starts } = sequence;
  const sources = Array.from({ length: period }, (_, j) => {
    const from = starts[start + j] as number;
    const length = (starts[start + j + 1] as number) - from;
    return Array.from({ length }, (_, a) => sourceOf(sequence, memory, region, start + j, a));
  });
  const back = new Int32Array(period);
  for (const source of sources.flat())
    if (source.kind === "own") back[source.index] = Math.max(back[source.index] as number, source.back);
  const body = sources.map((own, j): BodyStep => {
    const first = sequence.origin + start + j;
    const place = memory.places[first] as number;
    return {
      step: at(steps, start + j),
      sources: own,
      isTruth: sequence.isTruth[first] === 1,
      place,
      stride: (memory.places[first + period] as number) - place,
      kept: keptOf(memory.isRead, first, region),
      before: Array.from(
        { length: back[j] as number },
        (_, d) => memory.places[first - (d + 1) * period] as number,
      ),
    };
  });
  return { body, count };
}

function sourceOf(sequence: Sequence, memory: Memory, region: Region, t: number, a: number): Source {
  const { origin, starts, operands } = sequence;
  const { start, period, count } = region;
  const slotIn = (k: number): number => operands[(starts[t + k * period] as number) + a] as number;
  const slot = slotIn(0);
  const isTruth = sequence.isTruth[slot] === 1;
  const value = sequence.constants[slot];
  if (value !== undefined) {
    const values = Array.from({ length: count }, (_, k) => at(sequence.constants, slotIn(k)));
    if (values.every((other) => Object.is(other, value))) return { kind: "constant", value, isTruth };
    return { kind: "moving", place: memory.table(values), stride: 1, isTruth };
  }
  const last = slotIn(count - 1);
  if (last >= origin + start) {
    const index = (last - origin - start) % period;
    return { kind: "own", index, back: (origin + start + index - slot) / period, isTruth };
  }
  const place = memory.places[slot] as number;
  const stride = (memory.places[slotIn(1)] as number) - place;
  return stride === 0 ? { kind: "fixed", place, isTruth } : { kind: "moving", place, stride, isTruth };
}

function keptOf(isRead: Uint8Array, first: number, { period, count }: Region): BodyStep["kept"] {
  for (let k = 0; k + 1 < count; k++) if (isRead[first + k * period] === 1) return "all";
  return isRead[first + (count - 1) * period] === 1 ? "last" : "none";
}
