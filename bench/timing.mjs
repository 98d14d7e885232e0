/** How times are taken: contestants in turn, so that a slow moment of the machine strikes all of them. */
import { setTimeout as pause } from "node:timers/promises";

/** Threads of the one who was measured last spin for a while; the next one waits that long, in milliseconds. */
const restTime = 5;

/**
 * A call in this process as a contestant. `measure(milliseconds)` repeats it for about that long and gives the
 * time of one call, in milliseconds. The first call of each turn brings the caches back and is not counted.
 */
export function local(call) {
  let once = Infinity;
  const measure = (milliseconds) => {
    elapsed(call, 1);
    for (let repeats = Math.max(1, Math.round(milliseconds / once)); ; ) {
      const time = elapsed(call, repeats);
      once = Math.max(time / repeats, 1e-6);
      if (time >= 0.6 * milliseconds) return once;
      repeats = Math.min(10 * repeats, Math.ceil(milliseconds / once));
    }
  };
  return { name: "Nabla", measure };
}

/** Median and minimum over the rounds for each contestant, in milliseconds; `undefined` for one that is absent. */
export async function inTurn(contestants, { rounds, roundTime, warmUp }) {
  const times = contestants.map(() => []);
  for (const contestant of contestants) await contestant.measure(warmUp);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contestant] of contestants.entries()) {
      await pause(restTime);
      times[i].push(await contestant.measure(roundTime));
    }
  }
  return times.map((taken) => (taken.includes(undefined) ? undefined : summary(taken)));
}

/** The time of what can be done only once for each thing that `make` makes, in milliseconds. */
export function timeOfFirst(make, { rounds }) {
  elapsed(make(), 1);
  return summary(
    Array.from({ length: rounds }, () => {
      const call = make();
      return elapsed(call, 1);
    }),
  ).median;
}

/** Median and minimum. */
export function summary(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)], minimum: sorted[0] };
}

function elapsed(call, repeats) {
  const start = performance.now();
  for (let i = 0; i < repeats; i++) call();
  return performance.now() - start;
}
