/**
 * Cheap steps on inputs and constants have no home: they are computed wherever they are read, and stored only for those who need them
 * stored.
 */
import { at } from "../../core/exactly.ts";
import type { Step } from "../../tensor/graph.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { axesMet, longAxes, operandAt } from "./draft.ts";
import { type Fusion, newBlock } from "./fusion.ts";
import { type Home, newHome, ownAxes } from "./home.ts";
import { isDear } from "./knowledge.ts";
import type { Operand } from "./nest.ts";
import { broadcastPlace, type Place, placeSize, wholeBlock } from "./place.ts";

/** Longer expressions have a home: they are pulled step by step, each inside of the one that reads it. */
const mostFloating = 32;

/**
 * Leaves a cheap step on inputs and constants without a home: no more than one of the blocks that it reads is as large as its result.
 */
export function floats(fusion: Fusion, slot: number, operands: readonly Place[], step: Step): boolean {
  const { floating, madeBy, types, places } = fusion;
  const { shape } = at(types, slot);
  const isGiven = operands.every((place) => madeBy.get(place.root) === -1 && isReadWhole(fusion, place));
  if (isDear(step.primitive) || !isGiven) return false;
  const { large, steps } = readsOf(fusion, operands, shape);
  if (large > 1 || steps >= mostFloating) return false;
  floating.set(slot, { step, operands });
  places.set(slot, wholeBlock(slot, shape));
  madeBy.set(slot, -1);
  return true;
}

/** How many blocks an expression reads at least half as many elements of as it has, and how many floating steps it is of. */
function readsOf(
  { floating, uniform }: Fusion,
  operands: readonly Place[],
  shape: readonly number[],
): { readonly large: number; readonly steps: number } {
  const size = sizeOf(shape);
  const large = new Set<number>();
  const steps = new Set<number>();
  const stack = [...operands];
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    const inner = floating.get(place.root);
    if (inner === undefined) {
      if (size > 1 && !uniform.has(place.root) && 2 * placeSize(place) > size) large.add(place.root);
    } else if (!steps.has(place.root)) {
      steps.add(place.root);
      stack.push(...inner.operands);
    }
  }
  return { large: large.size, steps: steps.size };
}

/** Gives floating operands a home of their own where they are not read whole. */
export function settleFloating(fusion: Fusion, operands: readonly Place[]): void {
  for (const place of operands) if (!isReadWhole(fusion, place)) store(fusion, place.root);
}

/** Whether a place is stored, or the whole of a floating step's result. */
function isReadWhole({ floating, types }: Fusion, place: Place): boolean {
  return !floating.has(place.root) || axesMet(place, at(types, place.root).shape) !== undefined;
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

/** What a step at home in a nest reads of a place. */
export function readAt(fusion: Fusion, home: Home, place: Place): Operand {
  const { draft, map, position } = home;
  const value = fusion.uniform.get(place.root);
  const { dtype } = at(fusion.types, place.root);
  if (value !== undefined) return { kind: "constant", dtype, value };
  if (fusion.floating.has(place.root)) return { kind: "value", slot: pull(fusion, home, place) };
  const operand = operandAt(draft, place, map, dtype);
  if (operand.kind === "load") noteLoad(fusion, operand.root, position);
  return operand;
}

/** Computes a floating step in a nest that reads it; the slot that stands for it there. */
function pull(fusion: Fusion, { draft, map, position }: Home, place: Place): number {
  const { floating, types } = fusion;
  const found = floating.get(place.root);
  if (found === undefined) return place.root;
  const { dtype, shape } = at(types, place.root);
  const met = axesMet(place, shape) ?? [];
  // The step's own axes, by way of those of the place that meet them.
  const own: (number | undefined)[] = shape.map(() => undefined);
  for (const [axis, of] of met.entries()) if (of !== undefined) own[of] = map[axis];
  const axes = ownAxes(shape, own);
  const known = [...draft.computations.values()].find(
    (computed) =>
      computed.kind === "map" && computed.step === found.step && computed.axes.join() === axes.join(),
  );
  if (known !== undefined) return known.slot;
  // Along other axes it is another value there: a column beside the row.
  const slot = draft.computations.has(place.root) ? newBlock(fusion, { dtype, shape }) : place.root;
  const home = { draft, map: own, position };
  const operands = found.operands.map((x) => readAt(fusion, home, broadcastPlace(x, shape)));
  draft.computations.set(slot, {
    kind: "map",
    step: found.step,
    slot,
    dtype,
    shape,
    axes,
    operands,
  });
  return slot;
}

function noteLoad({ loadedBy }: Fusion, root: number, position: number): void {
  const known = loadedBy.get(root) ?? new Set<number>();
  loadedBy.set(root, known.add(position));
}
