/**
 * A table whose number of rows turns up as it is written. It lies outside of the memory, grows by doubling, and is written over in the
 * next run.
 */
import { at } from "../../core/exactly.ts";
import { allocate, type DataArray } from "../../tensor/dtype.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Making } from "./making.ts";
import { copyElements } from "./moves.ts";

/** A table being written. */
export interface Tape {
  /** Makes room for so many rows. */
  readonly begin: (rows: number) => void;
  readonly write: (row: number, values: DataArray) => void;
  /** Hands out the rows. */
  readonly finish: (rows: number) => DataArray;
}

const fewestRows = 8;

/** The tape of a slot. */
export function newTape({ units, unsized }: Making, slot: number): Tape {
  const { dtype, shape } = at(units.types, slot);
  const rest = shape.slice(1);
  const size = sizeOf(rest);
  let data = allocate(dtype, 0);
  let room = 0;
  const begin = (rows: number): void => {
    if (rows <= room) return;
    const larger = allocate(dtype, rows * size);
    larger.set(data);
    data = larger;
    room = rows;
  };
  return {
    begin,
    write: (row, values) => {
      if (row >= room) begin(Math.max(fewestRows, 2 * room));
      copyElements(values, 0, data, row * size, size);
    },
    finish: (rows) => {
      const whole = data.subarray(0, rows * size);
      unsized.set(slot, { dtype, shape: [rows, ...rest], data: whole });
      return whole;
    },
  };
}
