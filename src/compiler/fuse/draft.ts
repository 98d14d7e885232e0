/** Nests being put together: whether a step fits into one, and on which of its axes. */
import { at } from "../../core/exactly.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { Computation, Nest, Operand, Store } from "./nest.ts";
import { type Place, wholeBlock } from "./place.ts";

/** A nest to which steps are still added. */
export interface Draft {
  readonly axes: readonly number[];
  /** The first axis of a row, once a fold is used inside. */
  row: number | undefined;
  readonly computations: Map<number, Computation>;
  /** What goes into part of a block that others fill as well. */
  readonly stores: Store[];
}

/** For each axis of a shape the axis of a nest; undefined for axes of length 1. */
export type AxisMap = readonly (number | undefined)[];

/** More steps than these in one nest make functions that V8 compiles badly. */
const mostComputations = 96;

/** A nest over a shape, axes in the order given (of the shape's axes longer than 1). */
export function newDraft(shape: Shape, order: readonly number[]): { draft: Draft; map: AxisMap } {
  const map: (number | undefined)[] = shape.map(() => undefined);
  for (const [i, axis] of order.entries()) map[axis] = i;
  const axes = order.map((axis) => at(shape, axis));
  return { draft: { axes, row: undefined, computations: new Map(), stores: [] }, map };
}

/** The axes longer than 1. */
export function longAxes(shape: Shape): number[] {
  return shape.flatMap((length, axis) => (length === 1 ? [] : [axis]));
}

/**
 * The axes of a nest on which a step over `shape` finds those of its operands that are computed there; undefined where there are
 * none such.
 */
export function axesIn(draft: Draft, shape: Shape, operands: readonly Place[]): AxisMap | undefined {
  if (draft.computations.size >= mostComputations) return undefined;
  const map: (number | undefined)[] = shape.map(() => undefined);
  for (const place of operands) {
    const computed = draft.computations.get(place.root);
    if (computed === undefined) continue;
    const met = meeting(place, computed);
    if (met === undefined) return undefined;
    for (const [axis, own] of met.entries()) {
      if (own === undefined) continue;
      if (map[axis] !== undefined && map[axis] !== own) return undefined;
      map[axis] = own;
    }
  }
  return complete(draft, shape, map);
}

/** Whether values that a step takes from a nest may be used there: folds over whole rows may, others are known at its end only. */
export function admits(draft: Draft, operands: readonly Place[]): boolean {
  let row = draft.row;
  return operands.every(({ root }) => {
    const computed = draft.computations.get(root);
    if (computed?.kind !== "fold") return true;
    const first = draft.axes.length - computed.over.length;
    row ??= first;
    return row === first && computed.over.every((axis) => axis >= first);
  });
}

/** Notes that folds among the operands are used inside the nest. */
export function useFolds(draft: Draft, operands: readonly Place[]): void {
  for (const { root } of operands) {
    const computed = draft.computations.get(root);
    if (computed?.kind === "fold") draft.row = draft.axes.length - computed.over.length;
  }
}

/** For each axis of a place the nest's axis along which the computed value varies in the same way. */
function meeting(place: Place, computed: Computation): AxisMap | undefined {
  const own = longAxes(computed.shape);
  return axesMet(place, computed.shape)?.map((axis) =>
    axis === undefined ? undefined : computed.axes[own.indexOf(axis)],
  );
}

/** For each axis of a place the axis of its block that it walks; undefined where the place is not the whole block, stretched or turned. */
export function axesMet(place: Place, shape: Shape): AxisMap | undefined {
  if (place.offset !== 0) return undefined;
  const { strides } = wholeBlock(place.root, shape);
  const own = longAxes(shape);
  const found: (number | undefined)[] = place.shape.map(() => undefined);
  let met = 0;
  for (const [axis, length] of place.shape.entries()) {
    const stride = at(place.strides, axis);
    if (length === 1 || stride === 0) continue;
    const match = own.find((a) => at(strides, a) === stride && at(shape, a) === length);
    if (match === undefined) return undefined;
    found[axis] = match;
    met++;
  }
  return met === own.length ? found : undefined;
}

/** Gives the axes that no operand fixes to axes of the nest that are free. */
function complete(draft: Draft, shape: Shape, fixed: AxisMap): AxisMap | undefined {
  const map = [...fixed];
  const used = map.filter((axis) => axis !== undefined);
  if (new Set(used).size !== used.length) return undefined;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (map[axis] !== undefined || shape[axis] === 1) continue;
    const free = draft.axes.findLastIndex((length, own) => length === shape[axis] && !map.includes(own));
    if (free < 0) return undefined;
    map[axis] = free;
  }
  return map;
}

/** What a step at those axes reads of a place. */
export function operandAt(draft: Draft, place: Place, map: AxisMap, dtype: Computation["dtype"]): Operand {
  if (draft.computations.has(place.root)) return { kind: "value", slot: place.root };
  return {
    kind: "load",
    root: place.root,
    dtype,
    offset: place.offset,
    strides: alongAxes(draft, place, map),
  };
}

/** The strides of a place along each axis of the nest. */
export function alongAxes({ axes }: Pick<Draft, "axes">, { strides }: Place, map: AxisMap): number[] {
  const along = axes.map(() => 0);
  for (const [axis, own] of map.entries()) if (own !== undefined) along[own] = at(strides, axis);
  return along;
}

/** The nest, once everything that leaves it is known. Folds that nobody uses inside may be folded by rows, too. */
export function finish({ axes, row, computations, stores }: Draft, needed: readonly Store[]): Nest {
  const all = [...computations.values()];
  const byRows = all.find(
    (c) => c.kind === "fold" && c.over.every((axis) => axis >= axes.length - c.over.length),
  );
  const length = byRows?.kind === "fold" ? byRows.over.length : Math.min(1, axes.length);
  return {
    kind: "nest",
    axes,
    row: row ?? axes.length - length,
    computations: all,
    stores: [...stores, ...needed],
  };
}
