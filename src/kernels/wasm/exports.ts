/**
 * The functions of the compiled module, as kernels-assembly/index.ts has them. All lengths in elements, all
 * addresses and distances in bytes; the first argument says whether elements are float64, other yes-or-no
 * arguments are 0 or 1.
 */

/** Takes whole numbers. */
type Kernel<Numbers extends readonly number[]> = (isDouble: number, ...numbers: Numbers) => void;

/** What the module exports. */
export interface KernelExports {
  readonly product: Kernel<
    [
      rows: number,
      columns: number,
      inner: number,
      a: number,
      aRow: number,
      aStep: number,
      b: number,
      bStep: number,
      bColumn: number,
      c: number,
      cRow: number,
      accumulate: number,
      packing: number,
      room: number,
    ]
  >;
  readonly dots: Kernel<
    [
      rows: number,
      inner: number,
      m: number,
      mRow: number,
      x: number,
      y: number,
      yStep: number,
      accumulate: number,
    ]
  >;
  readonly columnSums: Kernel<
    [
      rows: number,
      inner: number,
      m: number,
      mColumn: number,
      x: number,
      xStep: number,
      y: number,
      accumulate: number,
    ]
  >;
  readonly copyElements: Kernel<[count: number, from: number, fromStep: number, to: number, toStep: number]>;
  readonly stage: Kernel<
    [
      planes: number,
      height: number,
      breadth: number,
      from: number,
      lowRow: number,
      lowColumn: number,
      gapRow: number,
      gapColumn: number,
      stagedHeight: number,
      parts: number,
      partBreadth: number,
      to: number,
    ]
  >;
  readonly fillTaps: Kernel<
    [
      planes: number,
      height: number,
      breadth: number,
      byRows: number,
      dilationRow: number,
      dilationColumn: number,
      stagedHeight: number,
      parts: number,
      partBreadth: number,
      table: number,
    ]
  >;
  readonly orderByRows: Kernel<
    [
      filters: number,
      planes: number,
      height: number,
      breadth: number,
      from: number,
      fromRow: number,
      to: number,
    ]
  >;
  readonly correlate: Kernel<
    [
      filters: number,
      height: number,
      breadth: number,
      kernelHeight: number,
      rowTaps: number,
      stride: number,
      dilation: number,
      low: number,
      reach: number,
      kernel: number,
      kernelRow: number,
      staged: number,
      stagedRow: number,
      table: number,
      result: number,
      accumulate: number,
      spill: number,
    ]
  >;
  readonly fillFoldRows: Kernel<
    [
      height: number,
      breadth: number,
      kernelHeight: number,
      kernelBreadth: number,
      resultHeight: number,
      low: number,
      dilation: number,
      gap: number,
      table: number,
    ]
  >;
  readonly fillFoldColumns: Kernel<
    [
      plane: number,
      breadth: number,
      kernelBreadth: number,
      resultBreadth: number,
      low: number,
      dilation: number,
      gap: number,
      table: number,
    ]
  >;
  readonly fold: Kernel<
    [
      filters: number,
      kernelHeight: number,
      kernelBreadth: number,
      resultHeight: number,
      resultBreadth: number,
      gap: number,
      from: number,
      contributions: number,
      rows: number,
      columns: number,
      blocks: number,
      result: number,
    ]
  >;
}

const names = [
  "product",
  "dots",
  "columnSums",
  "copyElements",
  "stage",
  "fillTaps",
  "orderByRows",
  "correlate",
  "fillFoldRows",
  "fillFoldColumns",
  "fold",
] as const;

/** Whether a module's exports are the kernels'. */
export function isKernelExports(
  exports: WebAssembly.Exports,
): exports is WebAssembly.Exports & KernelExports {
  return names.every((name) => typeof exports[name] === "function");
}
