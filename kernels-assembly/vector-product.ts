/**
 * Matrix times vector, y ← M x or y + M x, in the order in which M lies in memory. Each element of y is
 * summed in one order, whatever range of rows a call covers.
 */
import { lanes, loadOne, multiplyAdd, storeOne, sumOfLanes, width } from "./vector.ts";

/** Rows of M lie in one piece, and so does x: one dot product a row, four rows at a time. */
export function dots<T>(
  rows: i32,
  inner: i32,
  m: usize,
  mRow: usize,
  x: usize,
  y: usize,
  yStep: usize,
  accumulate: bool,
): void {
  let i = 0;
  for (; i + 4 <= rows; i += 4, m += 4 * mRow, y += 4 * yStep) {
    fourDots<T>(inner, m, mRow, x, y, yStep, accumulate);
  }
  for (; i < rows; i++, m += mRow, y += yStep) putSum<T>(y, oneDot<T>(inner, m, x), accumulate);
}

function putSum<T>(y: usize, lanesOfSum: v128, accumulate: bool): void {
  const sum = sumOfLanes<T>(lanesOfSum);
  storeOne<T>(y, accumulate ? v128.add<T>(loadOne<T>(y), sum) : sum);
}

function oneDot<T>(inner: i32, m: usize, x: usize): v128 {
  let even = v128.splat<T>(<T>0);
  let odd = v128.splat<T>(<T>0);
  let p = 0;
  for (; p + 2 * lanes<T>() <= inner; p += 2 * lanes<T>(), m += 32, x += 32) {
    even = multiplyAdd<T>(v128.load(m), v128.load(x), even);
    odd = multiplyAdd<T>(v128.load(m, 16), v128.load(x, 16), odd);
  }
  for (; p < inner; p++, m += width<T>(), x += width<T>()) {
    even = multiplyAdd<T>(loadOne<T>(m), loadOne<T>(x), even);
  }
  return v128.add<T>(even, odd);
}

/** The same sums as `oneDot`, four at once. */
function fourDots<T>(
  inner: i32,
  m: usize,
  mRow: usize,
  x: usize,
  y: usize,
  yStep: usize,
  accumulate: bool,
): void {
  const zero = v128.splat<T>(<T>0);
  let even0 = zero;
  let even1 = zero;
  let even2 = zero;
  let even3 = zero;
  let odd0 = zero;
  let odd1 = zero;
  let odd2 = zero;
  let odd3 = zero;
  const row2 = mRow + mRow;
  const row3 = row2 + mRow;
  let p = 0;
  for (; p + 2 * lanes<T>() <= inner; p += 2 * lanes<T>(), m += 32, x += 32) {
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    even0 = multiplyAdd<T>(v128.load(m), x0, even0);
    odd0 = multiplyAdd<T>(v128.load(m, 16), x1, odd0);
    even1 = multiplyAdd<T>(v128.load(m + mRow), x0, even1);
    odd1 = multiplyAdd<T>(v128.load(m + mRow, 16), x1, odd1);
    even2 = multiplyAdd<T>(v128.load(m + row2), x0, even2);
    odd2 = multiplyAdd<T>(v128.load(m + row2, 16), x1, odd2);
    even3 = multiplyAdd<T>(v128.load(m + row3), x0, even3);
    odd3 = multiplyAdd<T>(v128.load(m + row3, 16), x1, odd3);
  }
  for (; p < inner; p++, m += width<T>(), x += width<T>()) {
    const x0 = loadOne<T>(x);
    even0 = multiplyAdd<T>(loadOne<T>(m), x0, even0);
    even1 = multiplyAdd<T>(loadOne<T>(m + mRow), x0, even1);
    even2 = multiplyAdd<T>(loadOne<T>(m + row2), x0, even2);
    even3 = multiplyAdd<T>(loadOne<T>(m + row3), x0, even3);
  }
  putSum<T>(y, v128.add<T>(even0, odd0), accumulate);
  putSum<T>(y + yStep, v128.add<T>(even1, odd1), accumulate);
  putSum<T>(y + 2 * yStep, v128.add<T>(even2, odd2), accumulate);
  putSum<T>(y + 3 * yStep, v128.add<T>(even3, odd3), accumulate);
}

/**
 * Columns of M lie in one piece, `mColumn` bytes apart, and so does y: columns times the elements of x, which
 * lie `xStep` bytes apart, are added to y, four at a time.
 */
export function columnSums<T>(
  rows: i32,
  inner: i32,
  m: usize,
  mColumn: usize,
  x: usize,
  xStep: usize,
  y: usize,
  accumulate: bool,
): void {
  if (!accumulate) memory.fill(y, 0, <usize>rows * width<T>());
  let p = 0;
  for (; p + 4 <= inner; p += 4, m += 4 * mColumn, x += 4 * xStep) {
    addFour<T>(rows, m, mColumn, x, xStep, y);
  }
  for (; p < inner; p++, m += mColumn, x += xStep) addOne<T>(rows, m, x, y);
}

function addFour<T>(rows: i32, m: usize, mColumn: usize, x: usize, xStep: usize, y: usize): void {
  const x0 = v128.load_splat<T>(x);
  const x1 = v128.load_splat<T>(x + xStep);
  const x2 = v128.load_splat<T>(x + 2 * xStep);
  const x3 = v128.load_splat<T>(x + 3 * xStep);
  const m1 = m + mColumn;
  const m2 = m1 + mColumn;
  const m3 = m2 + mColumn;
  const end = <usize>rows * width<T>();
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) {
    let sum = multiplyAdd<T>(x0, v128.load(m + i), v128.load(y + i));
    sum = multiplyAdd<T>(x1, v128.load(m1 + i), sum);
    sum = multiplyAdd<T>(x2, v128.load(m2 + i), sum);
    v128.store(y + i, multiplyAdd<T>(x3, v128.load(m3 + i), sum));
  }
  for (; i < end; i += width<T>()) {
    let sum = multiplyAdd<T>(x0, loadOne<T>(m + i), loadOne<T>(y + i));
    sum = multiplyAdd<T>(x1, loadOne<T>(m1 + i), sum);
    sum = multiplyAdd<T>(x2, loadOne<T>(m2 + i), sum);
    storeOne<T>(y + i, multiplyAdd<T>(x3, loadOne<T>(m3 + i), sum));
  }
}

function addOne<T>(rows: i32, m: usize, x: usize, y: usize): void {
  const x0 = v128.load_splat<T>(x);
  const end = <usize>rows * width<T>();
  let i: usize = 0;
  for (; i + 16 <= end; i += 16) v128.store(y + i, multiplyAdd<T>(x0, v128.load(m + i), v128.load(y + i)));
  for (; i < end; i += width<T>())
    storeOne<T>(y + i, multiplyAdd<T>(x0, loadOne<T>(m + i), loadOne<T>(y + i)));
}

/** Elements that lie `fromStep` bytes apart are copied to places `toStep` bytes apart. */
export function copyElements<T>(count: i32, from: usize, fromStep: usize, to: usize, toStep: usize): void {
  for (let i = 0; i < count; i++, from += fromStep, to += toStep) store<T>(to, load<T>(from));
}
