/**
 * From a graph to units: every step joins the last nest that computes one of its operands, if its loops are the same, or begins a unit of
 * its own. Units run in the order in which they were begun; a step joins a unit only if all else that it reads is ready before.
 */
import { at } from "../../core/exactly.ts";
import type { TensorType } from "../../tensor/array.ts";
import type { Graph, Step } from "../../tensor/graph.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import {
  type AxisMap,
  admits,
  alongAxes,
  axesIn,
  axesMet,
  type Draft,
  longAxes,
  newDraft,
  operandAt,
  useFolds,
} from "./draft.ts";
import { isDear } from "./knowledge.ts";
import type { Combination, Operand, Unit } from "./nest.ts";
import { broadcastPlace, isContiguous, type Place, placeSize, wholeBlock } from "./place.ts";

/** A unit that is still open, or not a nest. */
export type OpenUnit =
  | { readonly kind: "draft"; readonly draft: Draft }
  | Exclude<Unit, { readonly kind: "nest" }>;

/** What is known of a graph while its steps are put into units. */
export interface Fusion {
  readonly units: OpenUnit[];
  /** The types of all blocks: the graph's slots, then copies. */
  readonly types: TensorType[];
  /** Where each slot's elements lie. */
  readonly places: Map<number, Place>;
  /** The unit that completes a block; −1 for inputs and constants. */
  readonly madeBy: Map<number, number>;
  /** The value of constants whose elements are all equal. */
  readonly uniform: Map<number, number>;
  /** Cheap steps on inputs and constants: computed wherever they are read, stored only for those who need them so. */
  readonly floating: Map<number, Floating>;
}

/** A step that has no home. */
interface Floating {
  readonly step: Step;
  readonly operands: readonly Place[];
}

/** Inputs and constants in their places, and no unit yet. */
export function newFusion(graph: Graph): Fusion {
  const types: TensorType[] = [
    ...graph.inputs,
    ...graph.constants.map(({ dtype, shape }) => ({ dtype, shape })),
  ];
  for (const step of graph.steps) types.push(...step.types);
  const places = new Map<number, Place>();
  const madeBy = new Map<number, number>();
  const uniform = new Map<number, number>();
  const given = graph.inputs.length + graph.constants.length;
  for (let slot = 0; slot < given; slot++) {
    places.set(slot, wholeBlock(slot, at(types, slot).shape));
    madeBy.set(slot, -1);
  }
  for (const [i, constant] of graph.constants.entries()) {
    const value = uniformValue(constant);
    if (value !== undefined) uniform.set(graph.inputs.length + i, value);
  }
  return { units: [], types, places, madeBy, uniform, floating: new Map() };
}

function uniformValue(constant: Tensor): number | undefined {
  const { data } = constant.values();
  const first = data[0];
  return first !== undefined && data.every((x) => Object.is(x, first)) ? first : undefined;
}

/** Adds a unit that makes the blocks of some slots whole. */
export function addUnit(fusion: Fusion, unit: OpenUnit, made: readonly number[]): void {
  for (const slot of made) {
    fusion.madeBy.set(slot, fusion.units.length);
    if (!fusion.places.has(slot)) fusion.places.set(slot, wholeBlock(slot, at(fusion.types, slot).shape));
  }
  fusion.units.push(unit);
}

/** A block that no step of the graph names. */
export function newBlock(fusion: Fusion, type: TensorType): number {
  return fusion.types.push(type) - 1;
}

/** The nest where a step over `shape` may be computed, and its axes there. */
interface Home {
  readonly draft: Draft;
  readonly map: AxisMap;
  readonly position: number;
}

/** Finds the nest that a step joins: that of the operand which is ready last, or a later one that reads the same. */
function homeOf(fusion: Fusion, shape: readonly number[], operands: readonly Place[]): Home | undefined {
  const { units, madeBy } = fusion;
  const position = Math.max(-1, ...operands.map(({ root }) => madeBy.get(root) ?? -1));
  const unit = units[position];
  const home = unit?.kind === "draft" ? joined(fusion, unit.draft, position, shape, operands) : undefined;
  return home ?? neighbour(fusion, position, shape, operands);
}

function joined(
  { madeBy }: Fusion,
  draft: Draft,
  position: number,
  shape: readonly number[],
  operands: readonly Place[],
): Home | undefined {
  // A block that several nests fill is whole only behind the last of them.
  const isReady = ({ root }: Place): boolean => madeBy.get(root) !== position || draft.computations.has(root);
  if (!operands.every(isReady) || !admits(draft, operands)) return undefined;
  const map = axesIn(draft, shape, operands);
  return map && { draft, map, position };
}

/** A nest with the same loops that reads one of the operands, or what they are computed from. */
function neighbour(
  fusion: Fusion,
  ready: number,
  shape: readonly number[],
  operands: readonly Place[],
): Home | undefined {
  const { units } = fusion;
  const lengths = longAxes(shape).map((axis) => at(shape, axis));
  const shared = leavesOf(fusion, operands);
  if (lengths.length === 0 || shared.size === 0) return undefined;
  for (let position = units.length - 1; position > ready; position--) {
    const unit = units[position];
    if (unit?.kind !== "draft" || unit.draft.axes.join() !== lengths.join()) continue;
    const map = loads(unit.draft, shared) ? axesIn(unit.draft, shape, operands) : undefined;
    if (map !== undefined) return { draft: unit.draft, map, position };
  }
  return undefined;
}

/** The stored blocks from which operands are read or computed, single numbers left out. */
function leavesOf({ uniform, floating, types }: Fusion, operands: readonly Place[]): Set<number> {
  const leaves = new Set<number>();
  const stack = operands.map(({ root }) => root);
  for (let root = stack.pop(); root !== undefined; root = stack.pop()) {
    const inner = floating.get(root);
    if (inner !== undefined) stack.push(...inner.operands.map((place) => place.root));
    else if (!uniform.has(root) && sizeOf(at(types, root).shape) > 1) leaves.add(root);
  }
  return leaves;
}

function loads({ computations }: Draft, roots: ReadonlySet<number>): boolean {
  return [...computations.values()].some(({ operands }) =>
    operands.some((x) => x.kind === "load" && roots.has(x.root)),
  );
}

function newHome(fusion: Fusion, shape: readonly number[], order: readonly number[]): Home {
  const { draft, map } = newDraft(shape, order);
  addUnit(fusion, { kind: "draft", draft }, []);
  return { draft, map, position: fusion.units.length - 1 };
}

/** Computes a slot of `shape` element by element from operands. */
export function addMap(
  fusion: Fusion,
  slot: number,
  operands: readonly Place[],
  step: Step | undefined,
): void {
  const { dtype, shape } = at(fusion.types, slot);
  if (step !== undefined && floats(fusion, slot, operands, step)) return;
  const stretched = operands.map((place) => broadcastPlace(place, shape));
  settleFloating(fusion, stretched);
  const home = homeOf(fusion, shape, stretched) ?? newHome(fusion, shape, longAxes(shape));
  useFolds(home.draft, stretched);
  const axes = ownAxes(shape, home.map);
  const common = {
    slot,
    dtype,
    shape,
    axes,
    operands: stretched.map((place) => readAt(fusion, home, place)),
  };
  home.draft.computations.set(
    slot,
    step === undefined ? { kind: "copy", ...common } : { kind: "map", step, ...common },
  );
  settle(fusion, slot, home);
}

/** Folds axes of an operand. */
export function addFold(
  fusion: Fusion,
  slot: number,
  operand: Place,
  folded: readonly number[],
  combination: Combination,
): void {
  const { dtype, shape } = at(fusion.types, slot);
  settleFloating(fusion, [operand]);
  const found = homeOf(fusion, operand.shape, [operand]);
  const home =
    found !== undefined && coversNest(found, operand.shape)
      ? found
      : newHome(fusion, operand.shape, byStride(operand, folded));
  useFolds(home.draft, [operand]);
  const over = folded.flatMap((axis) => home.map[axis] ?? []).sort((a, b) => a - b);
  const axes = operand.shape.flatMap((_, axis) => (folded.includes(axis) ? [] : (home.map[axis] ?? [])));
  const operands = [readAt(fusion, home, operand)];
  home.draft.computations.set(slot, { kind: "fold", combination, over, slot, dtype, shape, axes, operands });
  settle(fusion, slot, home);
}

/** A fold meets every turn of the loops once: it walks all axes, or all outside of the rows. */
function coversNest({ draft, map }: Home, shape: readonly number[]): boolean {
  const walked = new Set(ownAxes(shape, map));
  const isWalked = draft.axes.map((_, axis) => walked.has(axis));
  if (isWalked.every(Boolean)) return true;
  return draft.row !== undefined && isWalked.every((walks, axis) => walks === axis < (draft.row ?? 0));
}

/** The axes longer than 1, those with far neighbours outermost, so that the innermost loop reads neighbours. */
function byStride({ shape, strides }: Place, folded: readonly number[]): number[] {
  const isFolded = (axis: number): number => Number(folded.includes(axis));
  return longAxes(shape).sort(
    (a, b) => Math.abs(at(strides, b)) - Math.abs(at(strides, a)) || isFolded(a) - isFolded(b) || a - b,
  );
}

function settle({ places, madeBy, types }: Fusion, slot: number, home: Home): void {
  places.set(slot, wholeBlock(slot, at(types, slot).shape));
  madeBy.set(slot, home.position);
}

function ownAxes(shape: readonly number[], map: AxisMap): number[] {
  return shape.flatMap((_, axis) => map[axis] ?? []);
}

function readAt(fusion: Fusion, { draft, map }: Home, place: Place): Operand {
  const value = fusion.uniform.get(place.root);
  const { dtype } = at(fusion.types, place.root);
  if (value !== undefined) return { kind: "constant", dtype, value };
  if (fusion.floating.has(place.root)) pull(fusion, draft, place, map);
  return operandAt(draft, place, map, dtype);
}

/** Leaves a cheap step on inputs and constants without a home: no more than one of its operands is as large as its result. */
function floats(fusion: Fusion, slot: number, operands: readonly Place[], step: Step): boolean {
  const { floating, madeBy, types, places } = fusion;
  const { shape } = at(types, slot);
  const isGiven = operands.every(({ root }) => madeBy.get(root) === -1);
  if (isDear(step.primitive) || !isGiven || largeReads(fusion, operands, shape).size > 1) return false;
  floating.set(slot, { step, operands });
  places.set(slot, wholeBlock(slot, shape));
  madeBy.set(slot, -1);
  return true;
}

/** The blocks that an expression reads at least half as many elements of as it has. */
function largeReads(fusion: Fusion, operands: readonly Place[], shape: readonly number[]): Set<number> {
  const { floating, uniform } = fusion;
  const size = sizeOf(shape);
  const large = new Set<number>();
  const stack = [...operands];
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    const inner = floating.get(place.root);
    if (inner !== undefined) stack.push(...inner.operands);
    else if (size > 1 && !uniform.has(place.root) && 2 * placeSize(place) > size) large.add(place.root);
  }
  return large;
}

/** Gives floating operands a home of their own where they are not read whole. */
function settleFloating(fusion: Fusion, operands: readonly Place[]): void {
  for (const place of operands) {
    const { floating, types } = fusion;
    if (!floating.has(place.root)) continue;
    if (axesMet(place, at(types, place.root).shape) === undefined) store(fusion, place.root);
  }
}

/** Computes a floating step in a nest of its own, to be stored; others stay as they are. */
export function store(fusion: Fusion, slot: number): void {
  const { floating, types, madeBy } = fusion;
  const step = floating.get(slot);
  if (step === undefined) return;
  floating.delete(slot);
  const { dtype, shape } = at(types, slot);
  const stretched = step.operands.map((place) => broadcastPlace(place, shape));
  settleFloating(fusion, stretched);
  const home = newHome(fusion, shape, longAxes(shape));
  const operands = stretched.map((place) => readAt(fusion, home, place));
  const axes = ownAxes(shape, home.map);
  home.draft.computations.set(slot, { kind: "map", step: step.step, slot, dtype, shape, axes, operands });
  madeBy.set(slot, home.position);
}

/** Computes a floating step in a nest that reads it. */
function pull(fusion: Fusion, draft: Draft, place: Place, map: AxisMap): void {
  const { floating, types } = fusion;
  const slot = place.root;
  const found = floating.get(slot);
  if (found === undefined || draft.computations.has(slot)) return;
  const { dtype, shape } = at(types, slot);
  const met = axesMet(place, shape) ?? [];
  // The step's own axes, by way of those of the place that meet them.
  const own: (number | undefined)[] = shape.map(() => undefined);
  for (const [axis, of] of met.entries()) if (of !== undefined) own[of] = map[axis];
  const home = { draft, map: own, position: -1 };
  const operands = found.operands.map((x) => readAt(fusion, home, broadcastPlace(x, shape)));
  draft.computations.set(slot, {
    kind: "map",
    step: found.step,
    slot,
    dtype,
    shape,
    axes: ownAxes(shape, own),
    operands,
  });
}

/** Writes a value into part of a block that others fill as well; `alone` where it must come behind what is there. */
export function addPart(fusion: Fusion, operand: Place, target: Place, alone: boolean): void {
  const { dtype } = at(fusion.types, operand.root);
  const { shape } = operand;
  settleFloating(fusion, [operand]);
  const slot = newBlock(fusion, { dtype, shape });
  const home =
    (alone ? undefined : homeOf(fusion, shape, [operand])) ?? newHome(fusion, shape, longAxes(shape));
  useFolds(home.draft, [operand]);
  const operands = [readAt(fusion, home, operand)];
  home.draft.computations.set(slot, {
    kind: "copy",
    slot,
    dtype,
    shape,
    axes: ownAxes(shape, home.map),
    operands,
  });
  const strides = alongAxes(home.draft, target, home.map);
  home.draft.stores.push({ slot, root: target.root, offset: target.offset, strides });
  const position = Math.max(home.position, fusion.madeBy.get(target.root) ?? -1);
  fusion.madeBy.set(target.root, position);
}

/** The same elements in one run, stored: the place itself, or that of a copy. */
export function contiguous(fusion: Fusion, place: Place): Place {
  store(fusion, place.root);
  return isContiguous(place) ? place : copied(fusion, place);
}

/** The place of a copy. */
export function copied(fusion: Fusion, place: Place): Place {
  const { dtype } = at(fusion.types, place.root);
  const slot = newBlock(fusion, { dtype, shape: place.shape });
  addMap(fusion, slot, [place], undefined);
  return wholeBlock(slot, place.shape);
}
