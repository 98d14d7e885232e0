/** Finds the loops in a list of steps, from the first to the last: at each step the loop that saves most is taken. */
import { runsIn } from "./period.ts";
import { newPlaces, type Region } from "./places.ts";
import { repeatsOf } from "./repeats.ts";
import type { Sequence } from "./sequence.ts";

/** Steps by their indices, and loops, in order. */
export interface Arrangement {
  readonly items: readonly (number | Region)[];
  /** The place of each slot in the memory, counted in doubles; constants have none (−1). */
  readonly places: Int32Array;
  /** The number of places. */
  readonly size: number;
}

const fewestIterations = 8;

/** Steps that need not be written, below which a loop does not pay: straight code for as many is quicker. */
const fewestSaved = 64;

/** Longer bodies hardly run faster than steps one by one; they are loops only where nothing shorter is. */
const shortBody = 256;
const longestBody = 2048;

/** The arrangement of the steps of a graph. */
export function arrange(sequence: Sequence): Arrangement {
  const placing = newPlaces(sequence);
  const find = finder(sequence, placing.places);
  const items: (number | Region)[] = [];
  const { length } = sequence.steps;
  for (let t = 0; t < length; ) {
    const found = find(t);
    const end = found === undefined ? t + 1 : found.start;
    for (; t < end; t++) {
      items.push(t);
      placing.step(t);
    }
    if (found === undefined) continue;
    items.push(found);
    placing.region(found);
    t = found.start + found.period * found.count;
  }
  return { items, places: placing.places, size: placing.size() };
}

/** Finds the best loop that begins at a step, or a few steps later where a turned body carries less. */
function finder(sequence: Sequence, places: Int32Array): (t: number) => Region | undefined {
  const distances = repeatsOf(sequence.kinds);
  const endOfRun = runsIn(sequence, places);
  // Where steps stopped to repeat with a period: they do so wherever one begins.
  const ends = new Map<number, number>();
  const { length } = sequence.steps;
  return (t) => {
    let best: { period: number; end: number } | undefined;
    let mostSaved = 0;
    for (const period of distances(t)) {
      const enough = t + Math.max(fewestIterations * period, fewestSaved + period);
      if (period > longestBody || enough > length) continue;
      const known = ends.get(period) ?? 0;
      if (known > t && known < enough) continue;
      if (best !== undefined && period % best.period === 0 && best.end >= enough) continue;
      const end = endOfRun(t, period);
      ends.set(period, end);
      if (end < enough) continue;
      const saved = (end - t - period) * (period <= shortBody ? 1 : 1 / longestBody);
      if (saved <= mostSaved) continue;
      mostSaved = saved;
      best = { period, end };
    }
    return best === undefined ? undefined : turned(sequence, t, best.period, best.end);
  };
}

/** The loop whose iterations begin where the fewest operands come from the iteration before. Counts are even: lanes take two. */
function turned(sequence: Sequence, start: number, period: number, end: number): Region {
  const carried = carriedByTurn(sequence, start, period);
  let turn = 0;
  for (let r = 1; r < period; r++) if ((carried[r] as number) < (carried[turn] as number)) turn = r;
  const region = (from: number): Region => ({
    start: from,
    period,
    count: 2 * Math.floor((end - from) / period / 2),
  });
  const best = region(start + turn);
  return best.count >= fewestIterations ? best : region(start);
}

/** For each turn of the body the number of operands that cross from one iteration to the next. */
function carriedByTurn({ starts, operands, origin }: Sequence, start: number, period: number): Int32Array {
  const changes = new Int32Array(2 * period + 1);
  for (let j = 0; j < period; j++) {
    const t = start + period + j;
    const before = starts[t - period] as number;
    for (let a = starts[t] as number; a < (starts[t + 1] as number); a++) {
      const slot = operands[a] as number;
      const distance = t + origin - slot;
      const moves = slot - (operands[before + a - (starts[t] as number)] as number) === period;
      if (!moves || distance >= period) continue;
      // It crosses where the turn is one of j − distance + 1 to j, modulo the period.
      changes[period + j - distance + 1] = (changes[period + j - distance + 1] as number) + 1;
      changes[period + j + 1] = (changes[period + j + 1] as number) - 1;
    }
  }
  const carried = new Int32Array(period);
  let open = 0;
  for (let r = 0; r < 2 * period; r++) {
    open += changes[r] as number;
    carried[r % period] = (carried[r % period] as number) + open;
  }
  return carried;
}
