/** Short copies within the memory of a program, prepared once: rows of tables, values handed from turn to turn. */
import { at } from "../../core/exactly.ts";
import type { DataArray } from "../../tensor/dtype.ts";
import { bytesOf } from "../plan/blocks.ts";
import type { Carried } from "../plan/resident.ts";
import { byteOf, type Making } from "./making.ts";

/** Something that is done without arguments. */
export type Action = () => void;

/** Does something for one row of tables. */
export type RowAction = (row: number) => void;

/** Copies of more words than these are left to the engine, whose call takes longer than the loop. */
const shortCopy = 32;

/** Copies the row of one table to that of another; `step` is what lies between rows, in bytes, 0 for a single row. */
export function rowMove(
  buffer: ArrayBufferLike,
  from: { readonly address: number; readonly step: number },
  to: { readonly address: number; readonly step: number },
  bytes: number,
): RowAction {
  const isWords = [from.address, from.step, to.address, to.step, bytes].every((n) => n % 4 === 0);
  const unit = isWords ? 4 : 1;
  // Words are copied as integers: as numbers they could lose the bits of a NaN.
  const data = isWords ? new Int32Array(buffer) : new Uint8Array(buffer);
  const [source, target] = [from.address / unit, to.address / unit];
  const [sourceStep, targetStep, count] = [from.step / unit, to.step / unit, bytes / unit];
  if (count > shortCopy)
    return (row) => {
      const start = source + row * sourceStep;
      data.copyWithin(target + row * targetStep, start, start + count);
    };
  return (row) => {
    let i = source + row * sourceStep;
    let o = target + row * targetStep;
    for (let k = 0; k < count; k++) data[o++] = data[i++] as number;
  };
}

/** Copies one block to another. */
export function blockMove(buffer: ArrayBufferLike, from: number, to: number, bytes: number): Action {
  const move = rowMove(buffer, { address: from, step: 0 }, { address: to, step: 0 }, bytes);
  return () => move(0);
}

/** Copies elements between arrays of one kind. */
export function copyElements(
  from: DataArray,
  start: number,
  to: DataArray,
  target: number,
  count: number,
): void {
  if (count > shortCopy) to.set(from.subarray(start, start + count), target);
  else for (let k = 0; k < count; k++) to[target + k] = from[start + k] as number;
}

/** What hands over the carries that could not be written in their place at once. */
export function settling(making: Making, carried: readonly Carried[]): Action[] {
  const { units, shared, address, store } = making;
  const { buffer } = store.memory;
  const moves = carried.flatMap(({ input, output }) => {
    const place = at(units.outputs, output);
    const isThere = shared.get(place.root) === input || (place.root === input && place.offset === 0);
    if (isThere) return [];
    const bytes = bytesOf(at(units.types, input));
    return [
      { root: place.root, from: byteOf(place, units.types, address), to: address(input), input, bytes },
    ];
  });
  const written = new Set(moves.map(({ input }) => input));
  const isRisky = ({ root }: (typeof moves)[number]): boolean => written.has(shared.get(root) ?? root);
  // What is read where another is written is set aside first.
  const risky = moves.filter(isRisky).map(({ from, to, bytes }) => ({
    from: new Uint8Array(buffer, from, bytes),
    to: new Uint8Array(buffer, to, bytes),
    aside: new Uint8Array(bytes),
  }));
  return [
    ...risky.map(
      ({ from, aside }): Action =>
        () =>
          aside.set(from),
    ),
    ...moves
      .filter((move) => !isRisky(move))
      .map(({ from, to, bytes }) => blockMove(buffer, from, to, bytes)),
    ...risky.map(
      ({ to, aside }): Action =>
        () =>
          to.set(aside),
    ),
  ];
}
