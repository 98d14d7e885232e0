/** Where a nest finds its blocks in memory, and the room it needs besides. */
import { at } from "../../core/exactly.ts";
import type { Dtype } from "../../tensor/dtype.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Nest } from "../fuse/nest.ts";
import { keptDtype, startOf } from "./folds.ts";
import { elementSize } from "./memory.ts";
import { type Fold, isRowFold, type Schedule } from "./schedule.ts";

/** A fold whose elements lie in memory while the nest runs. */
export interface Gathering {
  /** Bytes. */
  readonly address: number;
  readonly dtype: Dtype;
  /** Elements. */
  readonly size: number;
  readonly strides: readonly number[];
  readonly start: number;
  /** Where the result goes, when it is not gathered in place. */
  readonly result: { readonly address: number; readonly dtype: Dtype } | undefined;
}

/** Addresses, in bytes. */
export interface NestPlaces {
  readonly address: (root: number) => number;
  /** Where a row lies that is kept from one phase for the next. */
  readonly kept: (slot: number) => number;
  readonly gatherings: ReadonlyMap<number, Gathering>;
  /** Whether the nest is one row whose elements have nothing to do with each other: a range is one of elements. */
  readonly isFlat: boolean;
}

/** Bytes of memory that a nest needs besides its blocks. */
export interface Room {
  /** For folds of float32 that are gathered in double precision, by slot. */
  readonly gathered: ReadonlyMap<number, number>;
  /** For rows kept between phases, by slot. */
  readonly kept: ReadonlyMap<number, number>;
}

/** The folds of a nest that are gathered in memory. */
export function gatheredFolds({ nest, phases, rowFolds }: Schedule): Fold[] {
  return [...phases.flatMap(({ folds }) => folds).filter((fold) => !isRowFold(nest, fold)), ...rowFolds];
}

/** Whether a nest is one row of elements that have nothing to do with each other. */
export function isFlat({ axes, row, computations }: Nest): boolean {
  return axes.length === 1 && row === 0 && computations.every(({ kind }) => kind !== "fold");
}

/** The room of a nest. */
export function roomOf(plan: Schedule): Room {
  const { axes, row } = plan.nest;
  const length = axes.slice(row).reduce((product, n) => product * n, 1);
  const gathered = gatheredFolds(plan).filter(
    (fold) => keptDtype(fold.combination, fold.dtype) !== fold.dtype,
  );
  return {
    gathered: new Map(gathered.map(({ slot, shape }) => [slot, 8 * sizeOf(shape)])),
    kept: new Map([...plan.kept].map(([slot, { dtype }]) => [slot, length * elementSize[dtype]])),
  };
}

/** The places of a nest from the addresses of its blocks and of its room. */
export function nestPlaces(
  plan: Schedule,
  address: (root: number) => number,
  room: (slot: number) => number,
): NestPlaces {
  const gatherings = gatheredFolds(plan).map((fold): [number, Gathering] => {
    const dtype = keptDtype(fold.combination, fold.dtype);
    const own = address(fold.slot);
    const isInPlace = dtype === fold.dtype;
    return [
      fold.slot,
      {
        address: isInPlace ? own : room(fold.slot),
        dtype,
        size: sizeOf(fold.shape),
        strides: stridesIn(plan.nest, fold),
        start: startOf(fold.combination, dtype),
        result: isInPlace ? undefined : { address: own, dtype: fold.dtype },
      },
    ];
  });
  return { address, kept: room, gatherings: new Map(gatherings), isFlat: isFlat(plan.nest) };
}

/** Strides of a fold's block along the axes of the nest. */
function stridesIn(nest: Nest, { axes }: Fold): number[] {
  const strides = nest.axes.map(() => 0);
  let next = 1;
  for (const axis of axes.toReversed()) {
    strides[axis] = next;
    next *= at(nest.axes, axis);
  }
  return strides;
}
