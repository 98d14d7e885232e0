/** Indices that a routine reads: refused before anything is written when one is out of range. */
import type { Code } from "../emit/code.ts";
import { advance, pointerTo, times } from "./walking.ts";

/** Leaves the routine with 1 when an index is below 0 or not below `rows`. */
export function checkIndices(code: Code, address: number, count: number, rows: number): void {
  const pointer = pointerTo(code, address);
  const isBad = code.local("i32");
  times(code, count, () => {
    code.get(pointer);
    code.access("i32Load", 0);
    code.integer(rows);
    code.op("i32GeU");
    code.get(isBad);
    code.op("i32Or");
    code.set(isBad);
    advance(code, pointer, 4);
  });
  code.get(isBad);
  code.when(() => {
    code.integer(1);
    code.op("return");
  });
}

/** Sets `to` to the row that the index at a pointer names. */
export function pointToRow(code: Code, to: number, base: number, index: number, bytesInRow: number): void {
  code.get(index);
  code.access("i32Load", 0);
  code.integer(bytesInRow);
  code.op("i32Mul");
  code.get(base);
  code.op("i32Add");
  code.set(to);
}
