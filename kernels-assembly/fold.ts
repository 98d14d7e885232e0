/**
 * Convolution from the input's side: each element of the input, times each element of the kernel, is a
 * *contribution* to one place of the result. Contributions are a matrix product; here they are added up where
 * they belong ("fold", "col2im"). Padding and gaps take no part in it.
 *
 * Element y, x of the input meets element p, q of the kernel at place i = y·gap + low − p·dilation of the
 * result, and so for columns. The places of a row fall into `gap` classes j ≡ r; along a class neighbouring
 * places meet neighbouring elements, so a vector of the result is a sum of vectors of contributions. Lanes
 * that lie outside a row are masked, not multiplied.
 */
import { lanes, width } from "./vector.ts";

/** Bytes of a block's head, and of what it says about one column of the kernel: a mask and an offset. */
const HEAD: usize = 16;
const ENTRY: usize = 32;

/**
 * Rows: for each row of the result, the number of kernel rows that meet a row of the input there, and the
 * offsets of those contributions; `kernelHeight + 1` numbers a row.
 */
export function fillFoldRows<T>(
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
  for (let i = 0; i < resultHeight; i++, table += (<usize>(kernelHeight + 1)) << 2) {
    let count = 0;
    for (let p = 0; p < kernelHeight; p++) {
      const spread = i + p * dilation - low;
      if (spread < 0 || spread % gap !== 0 || spread / gap >= height) continue;
      const row = p * kernelBreadth * height + spread / gap;
      store<u32>(table + ((<usize>++count) << 2), <u32>(row * breadth) * sizeof<T>());
    }
    store<u32>(table, count);
  }
}

/**
 * Columns: blocks of a vector of places `gap` apart. A block's head says how many columns of the kernel meet
 * the input there, the first place, and how many places it has; for each such column follow a mask of the
 * lanes that meet the input, and the offset of the first lane's contribution.
 */
export function fillFoldColumns<T>(
  plane: i32,
  breadth: i32,
  kernelBreadth: i32,
  resultBreadth: i32,
  low: i32,
  dilation: i32,
  gap: i32,
  table: usize,
): void {
  const block = HEAD + <usize>kernelBreadth * ENTRY;
  for (let r = 0; r < min(gap, resultBreadth); r++) {
    for (let j = r; j < resultBreadth; j += gap * lanes<T>(), table += block) {
      let count = 0;
      for (let q = 0; q < kernelBreadth; q++) {
        const spread = j + q * dilation - low;
        if (spread % gap !== 0) continue;
        const x = spread / gap;
        if (x <= -lanes<T>() || x >= breadth) continue;
        const entry = table + HEAD + <usize>count * ENTRY;
        count++;
        for (let k = 0; k < lanes<T>(); k++) {
          const isInside = x + k >= 0 && x + k < breadth;
          const place = entry + <usize>k * width<T>();
          if (sizeof<T>() === 4) store<i32>(place, isInside ? -1 : 0);
          else store<i64>(place, isInside ? -1 : 0);
        }
        store<i32>(entry, (q * plane + x) * <i32>sizeof<T>(), 16);
      }
      store<i32>(table, count);
      store<i32>(table, j, 4);
      store<i32>(table, min(lanes<T>(), (resultBreadth - j + gap - 1) / gap), 8);
    }
  }
}

/**
 * Planes of the result from the contributions to them, `contributions` bytes from one filter's to the next.
 * Each place is summed over the rows, then the columns of the kernel.
 */
export function fold<T>(
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
  const row = <usize>resultBreadth * width<T>();
  const plane = <usize>resultHeight * row;
  const rowEntry = (<usize>(kernelHeight + 1)) << 2;
  const block = HEAD + <usize>kernelBreadth * ENTRY;
  let f = 0;
  for (; f + 4 <= filters; f += 4, from += 4 * contributions, result += 4 * plane) {
    for (let i = 0; i < resultHeight; i++) {
      const to = result + <usize>i * row;
      for (let b = 0; b < blocks; b++) {
        foldFour<T>(
          from,
          contributions,
          rows + <usize>i * rowEntry,
          columns + <usize>b * block,
          gap,
          to,
          plane,
        );
      }
    }
  }
  for (; f < filters; f++, from += contributions, result += plane) {
    for (let i = 0; i < resultHeight; i++) {
      const to = result + <usize>i * row;
      for (let b = 0; b < blocks; b++) {
        foldOne<T>(from, rows + <usize>i * rowEntry, columns + <usize>b * block, gap, to);
      }
    }
  }
}

/** One block of a row of the result, for four filters. */
function foldFour<T>(
  from: usize,
  contributions: usize,
  row: usize,
  block: usize,
  gap: i32,
  to: usize,
  plane: usize,
): void {
  let sum0 = i64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  const second = contributions + contributions;
  const third = second + contributions;
  const lastRow = row + ((<usize>load<u32>(row)) << 2);
  const end = block + HEAD + <usize>load<u32>(block) * ENTRY;
  while (row < lastRow) {
    row += 4;
    const start = from + <usize>load<u32>(row);
    for (let entry = block + HEAD; entry < end; entry += ENTRY) {
      const mask = v128.load(entry);
      const place = start + <usize>load<i32>(entry, 16);
      sum0 = v128.add<T>(sum0, v128.and(mask, v128.load(place)));
      sum1 = v128.add<T>(sum1, v128.and(mask, v128.load(place + contributions)));
      sum2 = v128.add<T>(sum2, v128.and(mask, v128.load(place + second)));
      sum3 = v128.add<T>(sum3, v128.and(mask, v128.load(place + third)));
    }
  }
  put<T>(block, gap, to, sum0);
  put<T>(block, gap, to + plane, sum1);
  put<T>(block, gap, to + 2 * plane, sum2);
  put<T>(block, gap, to + 3 * plane, sum3);
}

/** The same sums as `foldFour`, for one filter. */
function foldOne<T>(from: usize, row: usize, block: usize, gap: i32, to: usize): void {
  let sum = i64x2.splat(0);
  const lastRow = row + ((<usize>load<u32>(row)) << 2);
  const end = block + HEAD + <usize>load<u32>(block) * ENTRY;
  while (row < lastRow) {
    row += 4;
    const start = from + <usize>load<u32>(row);
    for (let entry = block + HEAD; entry < end; entry += ENTRY) {
      const place = start + <usize>load<i32>(entry, 16);
      sum = v128.add<T>(sum, v128.and(v128.load(entry), v128.load(place)));
    }
  }
  put<T>(block, gap, to, sum);
}

/** The places that a block has in a row of the result. */
function put<T>(block: usize, gap: i32, row: usize, sums: v128): void {
  const to = row + <usize>load<i32>(block, 4) * width<T>();
  const count = load<i32>(block, 8);
  if (gap === 1 && count === lanes<T>()) {
    v128.store(to, sums);
    return;
  }
  const step = <usize>gap * width<T>();
  if (sizeof<T>() === 8) {
    v128.store64_lane(to, sums, 0);
    if (count > 1) v128.store64_lane(to + step, sums, 1);
    return;
  }
  v128.store32_lane(to, sums, 0);
  if (count > 1) v128.store32_lane(to + step, sums, 1);
  if (count > 2) v128.store32_lane(to + 2 * step, sums, 2);
  if (count > 3) v128.store32_lane(to + 3 * step, sums, 3);
}
