/**
 * Panels: a few neighbouring lines (rows of A, columns of B) copied so that their p-th elements lie side by
 * side, in the order in which a tile reads them; lines that are missing are zeros.
 */
import { lanes, width } from "./vector.ts";

/**
 * Element p of line l, at `from + l·line + p·step`, goes to place `p·size + l` of the panel, for l < lines ≤
 * size and p < count; `size` is a multiple of the lanes of a vector.
 */
export function pack<T>(
  from: usize,
  line: usize,
  step: usize,
  lines: i32,
  size: i32,
  count: i32,
  to: usize,
): void {
  const row = <usize>size * width<T>();
  if (lines < size) packPart<T>(from, line, step, lines, count, to, row);
  else if (line === width<T>()) copyRows(from, step, count, to, row);
  else {
    for (let l = 0; l < size; l += lanes<T>()) {
      packVector<T>(from, line, step, count, to, row);
      from += <usize>lanes<T>() * line;
      to += 16;
    }
  }
}

/** Lines that lie side by side: vectors are copied as they are. */
function copyRows(from: usize, step: usize, count: i32, to: usize, row: usize): void {
  for (let p = 0; p < count; p++, from += step, to += row) {
    for (let x: usize = 0; x < row; x += 16) v128.store(to + x, v128.load(from + x));
  }
}

/** Fewer lines than the panel has room for, one element after the other. */
function packPart<T>(
  from: usize,
  line: usize,
  step: usize,
  lines: i32,
  count: i32,
  to: usize,
  row: usize,
): void {
  for (let p = 0; p < count; p++, from += step, to += row) {
    for (let x: usize = 0; x < row; x += 16) v128.store(to + x, i64x2.splat(0));
    for (let l: usize = 0; l < <usize>lines; l++) store<T>(to + l * width<T>(), load<T>(from + l * line));
  }
}

/**
 * As many lines as a vector has lanes; squares of elements are transposed in registers where the lines lie in
 * one piece.
 */
function packVector<T>(from: usize, line: usize, step: usize, count: i32, to: usize, row: usize): void {
  let p = 0;
  if (step === width<T>()) {
    for (; p + lanes<T>() <= count; p += lanes<T>(), from += 16, to += <usize>lanes<T>() * row) {
      if (sizeof<T>() === 4) transpose4(from, line, to, row);
      else transpose2(from, line, to, row);
    }
  }
  for (; p < count; p++, from += step, to += row) {
    for (let l: usize = 0; l < <usize>lanes<T>(); l++) {
      store<T>(to + l * width<T>(), load<T>(from + l * line));
    }
  }
}

function transpose4(from: usize, line: usize, to: usize, row: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + line);
  const r2 = v128.load(from + 2 * line);
  const r3 = v128.load(from + 3 * line);
  const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(to + row, v128.shuffle<i64>(low01, low23, 1, 3));
  v128.store(to + 2 * row, v128.shuffle<i64>(high01, high23, 0, 2));
  v128.store(to + 3 * row, v128.shuffle<i64>(high01, high23, 1, 3));
}

function transpose2(from: usize, line: usize, to: usize, row: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + line);
  v128.store(to, v128.shuffle<i64>(r0, r1, 0, 2));
  v128.store(to + row, v128.shuffle<i64>(r0, r1, 1, 3));
}

/** The offsets of `count` rows that lie `step` bytes apart. */
export function fillTable(table: usize, count: i32, step: usize): void {
  for (let p = 0, offset: usize = 0; p < count; p++, table += 4, offset += step) {
    store<u32>(table, <u32>offset);
  }
}
