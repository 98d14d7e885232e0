/**
 * What no program here can fall below: operations ÷ the rate at which OpenBLAS multiplies matrices, and bytes ÷ the bandwidth of a
 * copy of about as many bytes. Both are measured in the same run, by the program in C, for one and two threads.
 */
import { native } from "./peers/peers.mjs";
import { inTurn } from "./timing.mjs";

const megabyte = 1 << 20;
/** What fits in the second cache, in the third, and in none. */
const copies = [megabyte, 16 * megabyte, 256 * megabyte];
const order = 1024;

/** Gives `floors`, from `{ operations, bytes, dtype, threads }` to µs, and `measured`, a list of what was found for it. */
export function makeFloors(timing) {
  const known = new Map();
  /** Operations or bytes in a millisecond. */
  const rateOf = async (what, unit, amount, threads, ...work) => {
    const text = `${what}, ${threads} thread${threads === 1 ? "" : "s"}`;
    if (!known.has(text)) {
      const [times] = await inTurn([native(threads, ...work)], timing);
      known.set(text, { what: text, unit, rate: times && amount / times.minimum });
    }
    return known.get(text).rate;
  };
  /** A second thread may bring nothing: then the floor is that of one. */
  const best = async (threads, rate) => {
    const [alone, together] = [await rate(1), threads > 1 ? await rate(threads) : undefined];
    return together === undefined ? alone : Math.max(alone, together);
  };
  const floors = async ({ operations, bytes, dtype, threads }) => {
    const size = copies.find((size) => size >= bytes / 2) ?? copies.at(-1);
    const product = [`product of ${dtype}, n = ${order}`, "GFLOP/s", 2 * order ** 3];
    const computing = await best(threads, (count) => rateOf(...product, count, "gemm", dtype, order));
    // A copy of n bytes moves twice as many: it reads and writes.
    const copy = [`copy of ${size / megabyte} MB`, "GB/s", 2 * size];
    const moving = await best(threads, (count) => rateOf(...copy, count, "copy", size));
    if (computing === undefined || moving === undefined) return undefined;
    return 1e3 * Math.max(operations / computing, bytes / moving);
  };
  const measured = () =>
    [...known.values()].map(({ rate, ...entry }) => ({ ...entry, rate: rate && rate / 1e6 }));
  return { floors, measured };
}
