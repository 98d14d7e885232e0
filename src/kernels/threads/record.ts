/** The calls that a prepared kernel makes, noted instead of made: what a worker needs to make them. */

import type { KernelExports } from "../wasm/exports.ts";
import type { SentCall } from "./protocol.ts";

/** Notes the calls made on the kernels that it is given. */
export function recordCalls(module: number, use: (kernels: KernelExports) => void): readonly SentCall[] {
  const calls: SentCall[] = [];
  const note =
    (name: keyof KernelExports) =>
    (...numbers: readonly number[]): void =>
      void calls.push({ module, name, numbers });
  use({
    product: note("product"),
    dots: note("dots"),
    columnSums: note("columnSums"),
    copyElements: note("copyElements"),
    stage: note("stage"),
    fillTaps: note("fillTaps"),
    orderByRows: note("orderByRows"),
    correlate: note("correlate"),
    fillFoldRows: note("fillFoldRows"),
    fillFoldColumns: note("fillFoldColumns"),
    fold: note("fold"),
  });
  return calls;
}
