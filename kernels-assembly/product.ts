/**
 * The matrix product in blocks that fit the caches. Goto and van de Geijn (2008), "Anatomy of
 * high-performance matrix multiplication": a panel of B stays in the first cache, a block of A in the second.
 *
 * Every element of C is summed over the same blocks of the inner index in the same order, wherever its row
 * lies in the range of a call: parts of the rows computed by different threads are the bits of the whole.
 */
import { fillTable, pack } from "./panel.ts";
import { column, columnsOf, ROWS, SPILL } from "./tile.ts";
import { width } from "./vector.ts";

/** Steps of the inner index in a block: a panel of B has 32 bytes a step. */
export const INNER: i32 = 256;
/** Rows of A in a block, where A is packed. */
const BLOCK_ROWS: i32 = 128;
/** Bytes of a packed row of B: the columns in a block, for either element type. */
const BLOCK_BYTES: i32 = 2048;

/** What is copied before it is read. */
const PACK_A: i32 = 1;
const PACK_B: i32 = 2;

/**
 * C ← A B, or C + A B. Elements of op(A) lie `aRow` and `aStep` bytes apart, those of op(B) `bStep` and
 * `bColumn`. `packing`: bits 1 (A) and 2 (B); a matrix B that is not packed has neighbouring columns side by
 * side. The room, in order: spilled sums, two tables, packed B, packed A; `productRoom` in the provider
 * counts it.
 */
export function product<T>(
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
  const blockColumns = BLOCK_BYTES / sizeof<T>();
  const blockInner = min(INNER, inner);
  const table = room + SPILL;
  const packedTable = table + ((<usize>blockInner) << 2);
  const packedB = (packedTable + ((<usize>blockInner) << 2) + 15) & ~15;
  const panels = (min(blockColumns, columns) + columnsOf<T>() - 1) / columnsOf<T>();
  const kept: i32 = (packing & PACK_B) !== 0 ? panels : 1;
  const packedA = packedB + <usize>kept * <usize>blockInner * 32;
  fillTable(packedTable, blockInner, 32);
  if ((packing & PACK_B) === 0) fillTable(table, blockInner, bStep);
  for (let j = 0; j < columns; j += blockColumns) {
    const width = min(blockColumns, columns - j);
    for (let p = 0; p < inner; p += INNER) {
      block<T>(
        rows,
        width,
        min(INNER, inner - p),
        a + <usize>p * aStep,
        aRow,
        aStep,
        b + <usize>p * bStep + <usize>j * bColumn,
        bStep,
        bColumn,
        c + <usize>j * sizeof<T>(),
        cRow,
        accumulate || p > 0,
        packing,
        room,
        table,
        packedTable,
        packedB,
        packedA,
      );
    }
  }
}

/** One block of the inner index and of the columns, for all rows. */
function block<T>(
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
  spill: usize,
  table: usize,
  packedTable: usize,
  packedB: usize,
  packedA: usize,
): void {
  const size = columnsOf<T>();
  // Columns from here on are read packed: all of them, or the last few, which no vector may read where they
  // lie.
  const firstPacked = (packing & PACK_B) !== 0 ? 0 : columns - (columns % size);
  for (let j = firstPacked, to = packedB; j < columns; j += size, to += <usize>inner * 32) {
    pack<T>(b + <usize>j * bColumn, bColumn, bStep, min(size, columns - j), size, inner, to);
  }
  const isPackingA = (packing & PACK_A) !== 0;
  const step = isPackingA ? BLOCK_ROWS : rows;
  for (let i = 0; i < rows; i += step) {
    const count = min(step, rows - i);
    const from = a + <usize>i * aRow;
    if (isPackingA) packA<T>(from, aRow, aStep, count, inner, packedA);
    for (let j = 0; j < columns; j += size) {
      const isPacked = j >= firstPacked;
      const panel = isPacked
        ? packedB + <usize>((j - firstPacked) / size) * <usize>inner * 32
        : b + <usize>j * width<T>();
      const offsets = isPacked ? packedTable : table;
      const to = c + <usize>i * cRow + <usize>j * width<T>();
      const wide = min(size, columns - j);
      if (isPackingA)
        packedColumn<T>(count, wide, inner, packedA, panel, offsets, to, cRow, accumulate, spill);
      else column<T>(count, wide, inner, from, aRow, aStep, panel, offsets, to, cRow, accumulate, spill);
    }
  }
}

/** Groups of four rows of A, each a panel. */
function packA<T>(a: usize, aRow: usize, aStep: usize, rows: i32, inner: i32, to: usize): void {
  // Eight rows in one panel serve both kinds of tile.
  for (let i = 0; i < rows; i += 2 * ROWS) {
    pack<T>(a, aRow, aStep, min(2 * ROWS, rows - i), 2 * ROWS, inner, to);
    a += <usize>(2 * ROWS) * aRow;
    to += <usize>inner * <usize>(2 * ROWS) * width<T>();
  }
}

/** `column` on packed rows of A, eight at a time. */
function packedColumn<T>(
  rows: i32,
  columns: i32,
  inner: i32,
  a: usize,
  b: usize,
  table: usize,
  c: usize,
  cRow: usize,
  accumulate: bool,
  spill: usize,
): void {
  const step = <usize>(2 * ROWS) * width<T>();
  for (let i = 0; i < rows; i += 2 * ROWS) {
    column<T>(
      min(2 * ROWS, rows - i),
      columns,
      inner,
      a,
      width<T>(),
      step,
      b,
      table,
      c,
      cRow,
      accumulate,
      spill,
    );
    a += <usize>inner * step;
    c += <usize>(2 * ROWS) * cRow;
  }
}
