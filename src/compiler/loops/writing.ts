/** What all parts of a nest's function share while it is written: variables, loops, and where elements lie. */
import { at } from "../../core/exactly.ts";
import type { Dtype } from "../../tensor/dtype.ts";
import type { Code } from "../emit/code.ts";
import type { Computation, Operand, Store } from "../fuse/nest.ts";
import type { LaneContext } from "../lanes/lanes.ts";
import type { Accumulator } from "./folds.ts";
import { elementSize, type Reach } from "./memory.ts";
import type { Gathering, NestPlaces } from "./places.ts";
import type { Fold, Schedule } from "./schedule.ts";
import type { Value, Width } from "./values.ts";

/** The numbers of a nest's parameters: the first row and the one behind the last (of a nest that is one row, elements), and where kept rows lie. */
export const parameter = { first: 0, end: 1, keptRows: 2 } as const;

/** Values by slot. */
export type Known = Map<number, Value>;

/** Everything that writing a nest needs. */
export interface Writing {
  readonly code: Code;
  readonly context: LaneContext;
  readonly plan: Schedule;
  readonly places: NestPlaces;
  readonly splat: Width;
  /** The variables that count along each axis. */
  readonly counters: readonly number[];
  /** Values that hold for the whole nest, and for a row. */
  readonly known: Known;
  /** Registers of elements in one turn of a walk. */
  readonly registers: number;
  readonly accumulators: Map<number, Accumulator>;
}

/** Loops over axes from one to before another; the outermost axis of rows runs over the range given to the function. */
export function loopOver(w: Writing, from: number, to: number, body: () => void): void {
  if (from === to) {
    body();
    return;
  }
  const { code, plan } = w;
  const counter = at(w.counters, from);
  const isOutermost = from === 0 && plan.nest.row > 0;
  if (isOutermost) code.get(parameter.first);
  else code.integer(0);
  code.set(counter);
  const turns = (): void =>
    code.loop(() => {
      loopOver(w, from + 1, to, body);
      step(code, counter, 1);
      code.get(counter);
      if (isOutermost) code.get(parameter.end);
      else code.integer(at(plan.nest.axes, from));
      code.op("i32LtS");
    });
  if (!isOutermost) {
    turns();
    return;
  }
  // A range may be empty.
  code.get(parameter.first);
  code.get(parameter.end);
  code.op("i32LtS");
  code.when(turns);
}

export function step(code: Code, variable: number, by: number): void {
  code.get(variable);
  code.integer(by);
  code.op("i32Add");
  code.set(variable);
}

/** Something in memory that a nest reads or writes. */
export interface Source {
  /** Bytes. */
  readonly address: number;
  readonly dtype: Dtype;
  readonly strides: readonly number[];
  readonly isKept?: boolean;
}

export function loadSource(w: Writing, operand: Extract<Operand, { readonly kind: "load" }>): Source {
  const address = w.places.address(operand.root) + operand.offset * elementSize[operand.dtype];
  return { address, dtype: operand.dtype, strides: operand.strides };
}

export function storeSource(w: Writing, { slot, root, offset, strides }: Store): Source {
  const { dtype } = computationOf(w, slot);
  return { address: w.places.address(root) + offset * elementSize[dtype], dtype, strides };
}

export function keptSource(w: Writing, slot: number): Source {
  const { axes, row } = w.plan.nest;
  const strides = axes.map((_, axis) =>
    axis < row ? 0 : axes.slice(axis + 1).reduce((product, length) => product * length, 1),
  );
  return { address: w.places.kept(slot), dtype: computationOf(w, slot).dtype, strides, isKept: true };
}

export const gatheringSource = ({ address, dtype, strides }: Gathering): Source => ({
  address,
  dtype,
  strides,
});

export function gatheringOf({ places }: Writing, fold: Fold): Gathering {
  const gathering = places.gatherings.get(fold.slot);
  if (gathering === undefined) throw new RangeError(`the fold ${fold.slot} has no place in memory`);
  return gathering;
}

export function computationOf({ plan }: Writing, slot: number): Computation {
  const computed = plan.computations.get(slot);
  if (computed === undefined) throw new RangeError(`the nest computes no ${slot}`);
  return computed;
}

/** A variable with the address of the element at which the loops over the first axes stand. */
export function pointerTo(w: Writing, source: Source, depth: number): number {
  const { code } = w;
  const pointer = code.local("i32");
  code.integer(source.address);
  if (source.isKept) {
    code.get(parameter.keptRows);
    code.op("i32Add");
  }
  for (let axis = 0; axis < depth; axis++) {
    const stride = at(source.strides, axis) * elementSize[source.dtype];
    if (stride === 0) continue;
    code.get(at(w.counters, axis));
    code.integer(stride);
    code.op("i32Mul");
    code.op("i32Add");
  }
  code.set(pointer);
  return pointer;
}

export function reachOf(w: Writing, source: Source, depth: number): Reach {
  const stride = source.strides.at(-1) ?? 0;
  return { pointer: pointerTo(w, source, depth), dtype: source.dtype, stride, count: 1 };
}
