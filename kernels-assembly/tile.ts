/**
 * The two register tiles that everything is made of: C ← A B (or C + A B) for at most 4 rows by two vectors,
 * or 8 rows by one, of C.
 *
 * A is read by two strides, so a matrix may be read as it lies, transposed, or packed. The rows of B are
 * found by a table of offsets, so packed panels, matrices as they lie and the places of an image under a
 * convolution's kernel are all read alike. Rows that C does not have repeat its last one, so nothing outside
 * A is read; columns that it does not have must be readable, and what is computed from them goes nowhere.
 */
import { lanes, multiplyAdd, width } from "./vector.ts";

/** Rows of the wide tile; the tall one has twice as many. */
export const ROWS: i32 = 4;

/** Bytes of a tile's sums, where those of the tiles at the edge are put before they are copied. */
export const SPILL: usize = 128;

/** Columns of the wide tile. */
export function columnsOf<T>(): i32 {
  return 2 * lanes<T>();
}

function put<T>(c: usize, accumulate: bool, sums: v128): void {
  v128.store(c, accumulate ? v128.add<T>(v128.load(c), sums) : sums);
}

/**
 * The part of a tile that C has, from where the tile's sums were spilled, row after row of `spillRow` bytes.
 */
function copyEdge<T>(
  spill: usize,
  spillRow: usize,
  c: usize,
  cRow: usize,
  rows: i32,
  columns: i32,
  accumulate: bool,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < <usize>columns * width<T>(); j += width<T>()) {
      const sum = load<T>(spill + j);
      store<T>(c + j, accumulate ? <T>(load<T>(c + j) + sum) : sum);
    }
    spill += spillRow;
    c += cRow;
  }
}

/**
 * At most 4 rows by two vectors. `aRow`, `aStep`: bytes between the rows of A and between the elements of a
 * row; `table`: `inner` offsets in bytes (u32) from `b`; `columns` may be fewer than two vectors have.
 */
export function wideTile<T>(
  rows: i32,
  columns: i32,
  inner: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  table: usize,
  c: usize,
  cRow: usize,
  accumulate: bool,
  spill: usize,
): void {
  const zero = v128.splat<T>(<T>0);
  let c00 = zero;
  let c01 = zero;
  let c10 = zero;
  let c11 = zero;
  let c20 = zero;
  let c21 = zero;
  let c30 = zero;
  let c31 = zero;
  const row1: usize = rows > 1 ? aRow : 0;
  const row2: usize = rows > 2 ? aRow * 2 : row1;
  const row3: usize = rows > 3 ? aRow * 3 : row2;
  for (const end = table + ((<usize>inner) << 2); table < end; table += 4) {
    const place = b + <usize>load<u32>(table);
    const b0 = v128.load(place);
    const b1 = v128.load(place, 16);
    const a0 = v128.load_splat<T>(a);
    c00 = multiplyAdd<T>(a0, b0, c00);
    c01 = multiplyAdd<T>(a0, b1, c01);
    const a1 = v128.load_splat<T>(a + row1);
    c10 = multiplyAdd<T>(a1, b0, c10);
    c11 = multiplyAdd<T>(a1, b1, c11);
    const a2 = v128.load_splat<T>(a + row2);
    c20 = multiplyAdd<T>(a2, b0, c20);
    c21 = multiplyAdd<T>(a2, b1, c21);
    const a3 = v128.load_splat<T>(a + row3);
    c30 = multiplyAdd<T>(a3, b0, c30);
    c31 = multiplyAdd<T>(a3, b1, c31);
    a += aStep;
  }
  v128.store(spill, c00);
  v128.store(spill, c01, 16);
  v128.store(spill, c10, 32);
  v128.store(spill, c11, 48);
  v128.store(spill, c20, 64);
  v128.store(spill, c21, 80);
  v128.store(spill, c30, 96);
  v128.store(spill, c31, 112);
  if (columns < columnsOf<T>()) {
    copyEdge<T>(spill, 32, c, cRow, rows, columns, accumulate);
    return;
  }
  for (let i = 0; i < rows; i++, c += cRow, spill += 32) {
    put<T>(c, accumulate, v128.load(spill));
    put<T>(c + 16, accumulate, v128.load(spill, 16));
  }
}

/** At most 8 rows by one vector; the rest as in `wideTile`. */
export function tallTile<T>(
  rows: i32,
  columns: i32,
  inner: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  table: usize,
  c: usize,
  cRow: usize,
  accumulate: bool,
  spill: usize,
): void {
  const zero = v128.splat<T>(<T>0);
  let c0 = zero;
  let c1 = zero;
  let c2 = zero;
  let c3 = zero;
  let c4 = zero;
  let c5 = zero;
  let c6 = zero;
  let c7 = zero;
  const row1: usize = rows > 1 ? aRow : 0;
  const row2: usize = rows > 2 ? aRow * 2 : row1;
  const row3: usize = rows > 3 ? aRow * 3 : row2;
  const row4: usize = rows > 4 ? aRow * 4 : row3;
  const row5: usize = rows > 5 ? aRow * 5 : row4;
  const row6: usize = rows > 6 ? aRow * 6 : row5;
  const row7: usize = rows > 7 ? aRow * 7 : row6;
  for (const end = table + ((<usize>inner) << 2); table < end; table += 4) {
    const b0 = v128.load(b + <usize>load<u32>(table));
    c0 = multiplyAdd<T>(v128.load_splat<T>(a), b0, c0);
    c1 = multiplyAdd<T>(v128.load_splat<T>(a + row1), b0, c1);
    c2 = multiplyAdd<T>(v128.load_splat<T>(a + row2), b0, c2);
    c3 = multiplyAdd<T>(v128.load_splat<T>(a + row3), b0, c3);
    c4 = multiplyAdd<T>(v128.load_splat<T>(a + row4), b0, c4);
    c5 = multiplyAdd<T>(v128.load_splat<T>(a + row5), b0, c5);
    c6 = multiplyAdd<T>(v128.load_splat<T>(a + row6), b0, c6);
    c7 = multiplyAdd<T>(v128.load_splat<T>(a + row7), b0, c7);
    a += aStep;
  }
  v128.store(spill, c0);
  v128.store(spill, c1, 16);
  v128.store(spill, c2, 32);
  v128.store(spill, c3, 48);
  v128.store(spill, c4, 64);
  v128.store(spill, c5, 80);
  v128.store(spill, c6, 96);
  v128.store(spill, c7, 112);
  if (columns < lanes<T>()) {
    copyEdge<T>(spill, 16, c, cRow, rows, columns, accumulate);
    return;
  }
  for (let i = 0; i < rows; i++, c += cRow, spill += 16) put<T>(c, accumulate, v128.load(spill));
}

/**
 * All rows of C by at most two vectors of columns: wide tiles, or tall ones where one vector holds the
 * columns.
 */
export function column<T>(
  rows: i32,
  columns: i32,
  inner: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  table: usize,
  c: usize,
  cRow: usize,
  accumulate: bool,
  spill: usize,
): void {
  if (columns > lanes<T>()) {
    for (let i = 0; i < rows; i += ROWS) {
      wideTile<T>(min(ROWS, rows - i), columns, inner, a, aRow, aStep, b, table, c, cRow, accumulate, spill);
      a += <usize>ROWS * aRow;
      c += <usize>ROWS * cRow;
    }
    return;
  }
  for (let i = 0; i < rows; i += 2 * ROWS) {
    tallTile<T>(
      min(2 * ROWS, rows - i),
      columns,
      inner,
      a,
      aRow,
      aStep,
      b,
      table,
      c,
      cRow,
      accumulate,
      spill,
    );
    a += <usize>(2 * ROWS) * aRow;
    c += <usize>(2 * ROWS) * cRow;
  }
}
