/**
 * What the module offers. The first argument of each says whether elements are f64; the rest is as in the
 * function of that name. The memory is the caller's, and the module owns no address there.
 */
import {
  correlate as correlateOf,
  fillTaps as fillTapsOf,
  orderByRows as orderByRowsOf,
  stage as stageOf,
} from "./correlation.ts";
import {
  fillFoldColumns as fillFoldColumnsOf,
  fillFoldRows as fillFoldRowsOf,
  fold as foldOf,
} from "./fold.ts";
import { product as productOf } from "./product.ts";
import {
  columnSums as columnSumsOf,
  copyElements as copyElementsOf,
  dots as dotsOf,
} from "./vector-product.ts";

export function product(
  isDouble: bool,
  rows: i32,
  columns: i32,
  inner: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  bColumn: usize,
  c: usize,
  cRow: usize,
  accumulate: bool,
  packing: i32,
  room: usize,
): void {
  if (isDouble)
    productOf<f64>(
      rows,
      columns,
      inner,
      a,
      aRow,
      aStep,
      b,
      bStep,
      bColumn,
      c,
      cRow,
      accumulate,
      packing,
      room,
    );
  else
    productOf<f32>(
      rows,
      columns,
      inner,
      a,
      aRow,
      aStep,
      b,
      bStep,
      bColumn,
      c,
      cRow,
      accumulate,
      packing,
      room,
    );
}

export function dots(
  isDouble: bool,
  rows: i32,
  inner: i32,
  m: usize,
  mRow: usize,
  x: usize,
  y: usize,
  yStep: usize,
  accumulate: bool,
): void {
  if (isDouble) dotsOf<f64>(rows, inner, m, mRow, x, y, yStep, accumulate);
  else dotsOf<f32>(rows, inner, m, mRow, x, y, yStep, accumulate);
}

export function columnSums(
  isDouble: bool,
  rows: i32,
  inner: i32,
  m: usize,
  mColumn: usize,
  x: usize,
  xStep: usize,
  y: usize,
  accumulate: bool,
): void {
  if (isDouble) columnSumsOf<f64>(rows, inner, m, mColumn, x, xStep, y, accumulate);
  else columnSumsOf<f32>(rows, inner, m, mColumn, x, xStep, y, accumulate);
}

export function copyElements(
  isDouble: bool,
  count: i32,
  from: usize,
  fromStep: usize,
  to: usize,
  toStep: usize,
): void {
  if (isDouble) copyElementsOf<f64>(count, from, fromStep, to, toStep);
  else copyElementsOf<f32>(count, from, fromStep, to, toStep);
}

export function stage(
  isDouble: bool,
  planes: i32,
  height: i32,
  breadth: i32,
  from: usize,
  lowRow: i32,
  lowColumn: i32,
  gapRow: i32,
  gapColumn: i32,
  stagedHeight: i32,
  parts: i32,
  partBreadth: i32,
  to: usize,
): void {
  if (isDouble)
    stageOf<f64>(
      planes,
      height,
      breadth,
      from,
      lowRow,
      lowColumn,
      gapRow,
      gapColumn,
      stagedHeight,
      parts,
      partBreadth,
      to,
    );
  else
    stageOf<f32>(
      planes,
      height,
      breadth,
      from,
      lowRow,
      lowColumn,
      gapRow,
      gapColumn,
      stagedHeight,
      parts,
      partBreadth,
      to,
    );
}

export function fillTaps(
  isDouble: bool,
  planes: i32,
  height: i32,
  breadth: i32,
  byRows: bool,
  dilationRow: i32,
  dilationColumn: i32,
  stagedHeight: i32,
  parts: i32,
  partBreadth: i32,
  table: usize,
): void {
  if (isDouble)
    fillTapsOf<f64>(
      planes,
      height,
      breadth,
      byRows,
      dilationRow,
      dilationColumn,
      stagedHeight,
      parts,
      partBreadth,
      table,
    );
  else
    fillTapsOf<f32>(
      planes,
      height,
      breadth,
      byRows,
      dilationRow,
      dilationColumn,
      stagedHeight,
      parts,
      partBreadth,
      table,
    );
}

export function orderByRows(
  isDouble: bool,
  filters: i32,
  planes: i32,
  height: i32,
  breadth: i32,
  from: usize,
  fromRow: usize,
  to: usize,
): void {
  if (isDouble) orderByRowsOf<f64>(filters, planes, height, breadth, from, fromRow, to);
  else orderByRowsOf<f32>(filters, planes, height, breadth, from, fromRow, to);
}

export function correlate(
  isDouble: bool,
  filters: i32,
  height: i32,
  breadth: i32,
  kernelHeight: i32,
  rowTaps: i32,
  stride: i32,
  dilation: i32,
  low: i32,
  reach: i32,
  kernel: usize,
  kernelRow: usize,
  staged: usize,
  stagedRow: usize,
  table: usize,
  result: usize,
  accumulate: bool,
  spill: usize,
): void {
  if (isDouble)
    correlateOf<f64>(
      filters,
      height,
      breadth,
      kernelHeight,
      rowTaps,
      stride,
      dilation,
      low,
      reach,
      kernel,
      kernelRow,
      staged,
      stagedRow,
      table,
      result,
      accumulate,
      spill,
    );
  else
    correlateOf<f32>(
      filters,
      height,
      breadth,
      kernelHeight,
      rowTaps,
      stride,
      dilation,
      low,
      reach,
      kernel,
      kernelRow,
      staged,
      stagedRow,
      table,
      result,
      accumulate,
      spill,
    );
}

export function fillFoldRows(
  isDouble: bool,
  height: i32,
  breadth: i32,
  kernelHeight: i32,
  kernelBreadth: i32,
  resultHeight: i32,
  low: i32,
  dilation: i32,
  gap: i32,
  table: usize,
): void {
  if (isDouble)
    fillFoldRowsOf<f64>(
      height,
      breadth,
      kernelHeight,
      kernelBreadth,
      resultHeight,
      low,
      dilation,
      gap,
      table,
    );
  else
    fillFoldRowsOf<f32>(
      height,
      breadth,
      kernelHeight,
      kernelBreadth,
      resultHeight,
      low,
      dilation,
      gap,
      table,
    );
}

export function fillFoldColumns(
  isDouble: bool,
  plane: i32,
  breadth: i32,
  kernelBreadth: i32,
  resultBreadth: i32,
  low: i32,
  dilation: i32,
  gap: i32,
  table: usize,
): void {
  if (isDouble)
    fillFoldColumnsOf<f64>(plane, breadth, kernelBreadth, resultBreadth, low, dilation, gap, table);
  else fillFoldColumnsOf<f32>(plane, breadth, kernelBreadth, resultBreadth, low, dilation, gap, table);
}

export function fold(
  isDouble: bool,
  filters: i32,
  kernelHeight: i32,
  kernelBreadth: i32,
  resultHeight: i32,
  resultBreadth: i32,
  gap: i32,
  from: usize,
  contributions: usize,
  rows: usize,
  columns: usize,
  blocks: i32,
  result: usize,
): void {
  if (isDouble)
    foldOf<f64>(
      filters,
      kernelHeight,
      kernelBreadth,
      resultHeight,
      resultBreadth,
      gap,
      from,
      contributions,
      rows,
      columns,
      blocks,
      result,
    );
  else
    foldOf<f32>(
      filters,
      kernelHeight,
      kernelBreadth,
      resultHeight,
      resultBreadth,
      gap,
      from,
      contributions,
      rows,
      columns,
      blocks,
      result,
    );
}
