/** Medians of several rounds, after warming up. */

/** The time of one call in milliseconds: each round repeats it until it is long enough to be measured. */
export function timeOf(call, timing) {
  return timesOf([call], timing)[0];
}

/** The times of several calls, their rounds taken in turn so that a slow moment of the machine strikes all of them. */
export function timesOf(calls, { rounds, roundTime, warmUp }) {
  const repeats = calls.map((call) => Math.max(1, Math.round(roundTime / settled(call, warmUp))));
  const times = calls.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, call] of calls.entries()) times[i].push(elapsed(call, repeats[i]) / repeats[i]);
  }
  return times.map(median);
}

/** Calls until the compiler of the JavaScript engine has seen enough; the time of the last calls. */
function settled(call, warmUp) {
  const start = performance.now();
  let time = elapsed(call, 1);
  while (performance.now() - start < warmUp) time = elapsed(call, 4) / 4;
  return Math.max(time, 1e-4);
}

/** The time of what can be done only once for each thing that `make` makes. */
export function timeOfFirst(make, { rounds }) {
  elapsed(make(), 1);
  return median(
    Array.from({ length: rounds }, () => {
      const call = make();
      return elapsed(call, 1);
    }),
  );
}

function elapsed(call, repeats) {
  const start = performance.now();
  for (let i = 0; i < repeats; i++) call();
  return performance.now() - start;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
