/** Where results lie in the memory, counted in doubles: those of one step of a loop lie side by side, iteration by iteration. */
import type { Sequence } from "./sequence.ts";

/** Steps that are a loop: `count` times `period` steps from step `start` on. */
export interface Region {
  readonly start: number;
  readonly period: number;
  readonly count: number;
}

/** Places as they are given, one step or loop after the other. */
export interface Places {
  /** The place of each slot; −1 for those that have none as yet, and for constants. */
  readonly places: Int32Array;
  /** The number of places. */
  readonly size: () => number;
  /** Gives a place to the result of a step. */
  readonly step: (t: number) => void;
  /** Gives places to all results of a loop. */
  readonly region: (region: Region) => void;
}

/** Gives places: inputs first, then results of the graph in their order, then what is between. */
export function newPlaces({ inputs, outputs, origin, steps }: Sequence): Places {
  const slots = origin + steps.length;
  const places = new Int32Array(slots).fill(-1);
  for (let i = 0; i < inputs; i++) places[i] = i;
  let size = inputs;
  const reserved = new Int32Array(slots).fill(-1);
  for (const slot of outputs) if (slot >= origin && (reserved[slot] as number) < 0) reserved[slot] = size++;
  const region = ({ start, period, count }: Region): void => {
    for (let j = 0; j < period; j++) {
      const first = origin + start + j;
      const place = reserved[first] as number;
      const stride = (reserved[first + period] as number) - place;
      let isReserved = place >= 0;
      for (let k = 1; k < count && isReserved; k++)
        isReserved =
          reserved[first + k * period] === place + k * stride && reserved[first + k * period] !== -1;
      for (let k = 0; k < count; k++) places[first + k * period] = isReserved ? place + k * stride : size + k;
      if (!isReserved) size += count;
    }
  };
  return {
    places,
    size: () => size,
    step: (t) => {
      const slot = origin + t;
      const place = reserved[slot] as number;
      places[slot] = place >= 0 ? place : size++;
    },
    region,
  };
}
