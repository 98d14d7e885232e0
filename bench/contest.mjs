/** Rows of the table: a piece of work done by us and by peers. Times in rows are microseconds. */
import { inTurn } from "./timing.mjs";

/** A peer with the ratio of times that we want to stay below; without a bar it is only shown. */
export const against = (contestant, bar) => ({ ...contestant, bar });

/** The bar of the newest version of Node that is not newer than this one: `onNode({ 20: 1, 26: 0.6 })`. */
export function onNode(bars) {
  const running = Number(process.versions.node.split(".")[0]);
  const known = Object.keys(bars).map(Number);
  return bars[Math.max(...known.filter((version) => version <= running), Math.min(...known))];
}

/** How far two who compute the same thing may be apart, relatively: sums of float32 in different order. */
const agreement = 1e-5;

/**
 * Measures us and the peers in turn. `ours()` makes our contestant; with `check` (what its first call computes, as one number) peers
 * are asked for the same number. `operations` and `bytes` of one call, its `dtype` and `threads` give rate and floor.
 */
export async function contest({ what, ours, peers = [], check, ...facts }, { timing, floors }) {
  const { made, wanted, absent } = attempt(ours, check);
  if (absent !== undefined) return { what, unit: "µs", absent, peers: [] };
  const answers = [];
  for (const { answer } of peers) answers.push(check && (await answer?.()));
  const [mine, ...theirs] = await inTurn([made, ...peers], timing);
  const rows = peers.map(({ name, bar, absent }, i) => {
    if (theirs[i] === undefined) return { name, bar, absent: absent() };
    const disagrees = answers[i] === undefined ? undefined : disagreement(wanted, answers[i]);
    return { name, bar, disagrees, ...inMicroseconds(theirs[i]), ...compared(mine, theirs[i], bar) };
  });
  const { operations } = facts;
  const rate = operations && operations / mine.median / 1e6;
  const floor = operations && (await floors(facts));
  return { what, unit: "µs", ...inMicroseconds(mine), rate, floor, peers: rows };
}

/** A row about one quotient of our own times, such as gradient ÷ value, beside the same quotient of a peer. */
export async function quotient({ what, over, under, peer = [], bar }, { timing }) {
  const [numerator, denominator] = [attempt(over), attempt(under)];
  const missing = numerator.absent ?? denominator.absent;
  if (missing !== undefined) return { what, unit: "×", absent: missing, peers: [] };
  const contestants = [numerator.made, denominator.made, ...peer];
  const [above, below, theirAbove, theirBelow] = await inTurn(contestants, timing);
  const median = above.median / below.median;
  const peers = peer.slice(0, 1).map(({ name, absent }) => {
    if (theirAbove === undefined || theirBelow === undefined) return { name, absent: absent() };
    return { name, median: theirAbove.median / theirBelow.median };
  });
  return { what, unit: "×", median, minimum: above.minimum / below.minimum, ...judged(median, bar), peers };
}

/** A row about a number that is no contest, with the largest it should be. */
export const figure = ({ what, value, unit, bar }) => ({
  what,
  unit,
  median: value,
  ...judged(value, bar),
  peers: [],
});

/** Whether a number keeps to its bar: a number not to be exceeded, or `{ least, unit }` to be reached. */
export function judged(value, bar) {
  if (bar === undefined) return {};
  return { bar, met: typeof bar === "number" ? value <= bar : value >= bar.least };
}

/**
 * Our contestant and what its first call computes, or why there is none. Kernels that a machine lacks are refused by an
 * `ArgumentError`; anything else is a failure, which must not hide the other rows.
 */
function attempt(make, check = (made) => made.measure(0)) {
  try {
    const made = make();
    return { made, wanted: check(made) };
  } catch (error) {
    if (error.name === "ArgumentError") return { absent: error.message };
    if (process.env.NABLA_BENCH_DEBUG) console.error(error);
    process.exitCode = 1;
    return { absent: `failed: ${error.message.split("\n")[0]}` };
  }
}

function disagreement(ours, theirs) {
  const isSame = Math.abs(ours - theirs) <= agreement * Math.abs(theirs);
  return isSame ? undefined : `computes ${theirs}, Nabla ${ours}`;
}

function compared(mine, theirs, bar) {
  const ratio = mine.median / theirs.median;
  return { ratio, ratioOfMinima: mine.minimum / theirs.minimum, ...judged(ratio, bar) };
}

const inMicroseconds = ({ median, minimum }) => ({ median: 1e3 * median, minimum: 1e3 * minimum });
