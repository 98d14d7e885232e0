/**
 * The WebAssembly kernels on several threads: products are divided by rows, convolutions by images. Each part is computed
 * as it is on one thread, so the bits are the same.
 */

import { at } from "../../core/exactly.ts";
import type { FoundProvider } from "../choose.ts";
import type { ConvolutionCall, Kernels, PreparedCall, ProductCall } from "../kernels.ts";
import { convolutionRoom, prepareImages } from "../wasm/convolution.ts";
import type { KernelExports } from "../wasm/exports.ts";
import { instantiate, isShared, moduleFor, type Rounding, roundingFor } from "../wasm/module.ts";
import { prepareRows, productRoom } from "../wasm/product.ts";
import { type WasmProviderOptions, wasmProvider } from "../wasm/provider.ts";
import { cores } from "./available.ts";
import { operationsWorthDividing, type Range, rangesOf } from "./divide.ts";
import { recordCalls } from "./record.ts";
import { rosterOf } from "./roster.ts";

/** Rows that the kernels compute together, in float32: parts of other numbers waste some of their last rows. */
const rowsOfTile = 8;

/** The kernels on threads, by default as many as there are cores. Memories that are not shared are worked on by one. */
export function wasmThreadsProvider(options: WasmProviderOptions = {}): FoundProvider {
  const single = wasmProvider(options);
  const rounding = roundingFor(options.deterministic ?? false);
  let threads = cores();
  return {
    provider: {
      name: "wasm-threads",
      // Read when asked, since threads may be set meanwhile.
      get description() {
        return `${single.description}, ${threads} ${threads === 1 ? "thread" : "threads"}`;
      },
      open: (memory) =>
        threads > 1 && isShared(memory) ? openDivided(rounding, memory, threads) : single.open(memory),
    },
    useThreads: (wanted) => {
      threads = Math.min(cores(), wanted ?? cores());
      return threads;
    },
  };
}

/** Prepares a range of a task: rows of a product, images of a convolution. */
type PrepareRanges = (kernels: KernelExports) => (first: number, end: number, room: number) => void;

function openDivided(rounding: Rounding, memory: WebAssembly.Memory, threads: number): Kernels {
  const kernels = instantiate(rounding, memory);
  const roster = rosterOf(memory);
  const divided = (
    ranges: readonly [Range, ...Range[]],
    prepare: PrepareRanges,
    room: number,
    roomBytes: number,
  ): PreparedCall => {
    const run = prepare(kernels);
    const [[first, end], ...others] = ranges;
    if (others.length === 0) return () => run(first, end, room);
    const module = roster.module(moduleFor(rounding, memory));
    const partOf = ([from, to]: Range, i: number) => {
      const ownRoom = room + i * apart(roomBytes);
      return {
        run: () => run(from, to, ownRoom),
        calls: recordCalls(module, (recorder) => prepare(recorder)(from, to, ownRoom)),
      };
    };
    return roster.task([partOf([first, end], 0), ...others.map((range, i) => partOf(range, i + 1))]);
  };
  return {
    product: (call) =>
      divided(rowRanges(call, threads), (k) => prepareRows(k, call), call.room, productRoom(call)),
    productRoom: (call) => roomsOf(rowRanges(call, threads), productRoom(call)),
    convolution: (call) =>
      divided(imageRanges(call, threads), (k) => prepareImages(k, call), call.room, convolutionRoom(call)),
    convolutionRoom: (call) => roomsOf(imageRanges(call, threads), convolutionRoom(call)),
  };
}

/** Rooms begin on cache lines of their own. */
const apart = (bytes: number): number => Math.ceil(bytes / 64) * 64;

const roomsOf = ({ length }: readonly Range[], bytes: number): number => (length - 1) * apart(bytes) + bytes;

function rowRanges(
  { rows, columns, inner }: Omit<ProductCall, "room">,
  threads: number,
): readonly [Range, ...Range[]] {
  const isWorth = rows * columns * inner >= operationsWorthDividing;
  return rangesOf(rows, isWorth ? threads : 1, rowsOfTile);
}

function imageRanges(
  { kernel, result }: Omit<ConvolutionCall, "room">,
  threads: number,
): readonly [Range, ...Range[]] {
  const volume = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);
  const isWorth = volume(result.shape) * volume(kernel.shape.slice(1)) >= operationsWorthDividing;
  return rangesOf(at(result.shape, 0), isWorth ? threads : 1, 1);
}
