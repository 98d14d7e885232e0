/**
 * Two-dimensional cross-correlation without a matrix of patches. Planes of the image are staged: padded, gaps
 * filled with zeros, and each row parted by the stride (column x of the padded row goes to part x mod
 * stride), so that what one element of the kernel meets along a row of the result lies in one piece. Then the
 * offsets of those pieces are the table from which tiles read the rows of B, as Dukhan (2019), "The indirect
 * convolution algorithm", has it.
 */
import { INNER } from "./product.ts";
import { column, columnsOf } from "./tile.ts";
import { width } from "./vector.ts";

/**
 * Stages `planes` planes of `height` by `breadth` elements. Row r and column v of a plane go to row `lowRow +
 * r·gapRow` and padded column `lowColumn + v·gapColumn`; those outside `[0, stagedHeight)` and `[0,
 * parts·partBreadth)` are left out.
 */
export function stage<T>(
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
  const stagedBreadth = parts * partBreadth;
  const plane = <usize>(stagedHeight * stagedBreadth) * width<T>();
  // What the last tile reads behind the last plane is cleared as well: never used, but slow if it is a
  // denormal number.
  memory.fill(to, 0, <usize>planes * plane + 32);
  // The columns that fall inside: from the first with lowColumn + v·gap ≥ 0 to the last with … <
  // stagedBreadth.
  const first = lowColumn < 0 ? (gapColumn - 1 - lowColumn) / gapColumn : 0;
  const end = min(breadth, (stagedBreadth - lowColumn + gapColumn - 1) / gapColumn);
  for (let z = 0; z < planes; z++, to += plane) {
    for (let r = 0; r < height; r++, from += <usize>breadth * width<T>()) {
      const row = lowRow + r * gapRow;
      if (row < 0 || row >= stagedHeight) continue;
      const target = to + <usize>(row * stagedBreadth) * width<T>();
      stageRow<T>(first, end, from, lowColumn, gapColumn, parts, partBreadth, target);
    }
  }
}

function stageRow<T>(
  first: i32,
  end: i32,
  from: usize,
  low: i32,
  gap: i32,
  parts: i32,
  partBreadth: i32,
  to: usize,
): void {
  if (parts === 1 && gap === 1) {
    copyRun<T>(from + <usize>first * width<T>(), end - first, to + <usize>(low + first) * width<T>());
    return;
  }
  for (let v = first; v < end; v++) {
    const x = low + v * gap;
    const place = (x % parts) * partBreadth + x / parts;
    store<T>(to + <usize>place * width<T>(), load<T>(from + <usize>v * width<T>()));
  }
}

function copyRun<T>(from: usize, count: i32, to: usize): void {
  if (count <= 0) return;
  const end = from + <usize>count * width<T>();
  for (; from + 16 <= end; from += 16, to += 16) v128.store(to, v128.load(from));
  for (; from < end; from += width<T>(), to += width<T>()) store<T>(to, load<T>(from));
}

/**
 * The table: where in the staged planes the elements of a kernel `[planes, height, breadth]` meet place (0,
 * 0) of the result; with `byRows` in the order `[height, planes, breadth]`.
 */
export function fillTaps<T>(
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
  const count = planes * height;
  for (let k = 0; k < count; k++) {
    const z = byRows ? k % planes : k / height;
    const p = byRows ? k / planes : k % height;
    const row = (z * stagedHeight + p * dilationRow) * parts * partBreadth;
    for (let q = 0; q < breadth; q++, table += 4) {
      const x = q * dilationColumn;
      store<u32>(table, <u32>(row + (x % parts) * partBreadth + x / parts) * sizeof<T>());
    }
  }
}

/**
 * Kernels `[filters, planes, height, breadth]`, `fromRow` bytes apart, are copied as `[filters, height,
 * planes, breadth]`.
 */
export function orderByRows<T>(
  filters: i32,
  planes: i32,
  height: i32,
  breadth: i32,
  from: usize,
  fromRow: usize,
  to: usize,
): void {
  const run = <usize>breadth * width<T>();
  const plane = <usize>height * run;
  for (let f = 0; f < filters; f++, from += fromRow) {
    for (let p = 0; p < height; p++) {
      for (let z = 0; z < planes; z++, to += run) {
        copyRun<T>(from + <usize>z * plane + <usize>p * run, breadth, to);
      }
    }
  }
}

/**
 * Adds what some planes of each of `filters` kernels (`kernelRow` bytes apart) contribute to the planes of
 * the result (`height` by `breadth`, a plane a filter); overwrites the result unless told to accumulate.
 * `stagedRow`: bytes from one row of the result to the next in the staged planes.
 *
 * The elements of a kernel come in `kernelHeight` rows of `rowTaps`; row p meets row i of the result at
 * `i·stride + p·dilation − low`, and rows that meet nothing in `[0, reach)`, which are padding, are left out.
 */
export function correlate<T>(
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
  const row = <usize>breadth * width<T>();
  const plane = <usize>height * row;
  for (let i = 0; i < height; i++, staged += stagedRow, result += row, low -= stride) {
    const first = low > 0 ? min(kernelHeight, (low + dilation - 1) / dilation) : 0;
    const behind = low + reach > 0 ? min(kernelHeight, (low + reach + dilation - 1) / dilation) : 0;
    const end = behind * rowTaps;
    let t = first * rowTaps;
    let adds = accumulate;
    // At least once, so that a row which meets nothing is overwritten by zeros.
    do {
      const count = max(0, min(INNER, end - t));
      for (let j = 0; j < breadth; j += columnsOf<T>()) {
        const apart = <usize>j * width<T>();
        column<T>(
          filters,
          min(columnsOf<T>(), breadth - j),
          count,
          kernel + <usize>t * width<T>(),
          kernelRow,
          width<T>(),
          staged + apart,
          table + ((<usize>t) << 2),
          result + apart,
          plane,
          adds,
          spill,
        );
      }
      t += INNER;
      adds = true;
    } while (t < end);
  }
}
