/**
 * Computing again instead of storing: a value that a later nest reads, and that takes a few cheap operations on what lies in memory
 * anyway, is computed there a second time; if nobody else reads it, it is never written.
 */
import { at } from "../../core/exactly.ts";
import { type Shape, sizeOf } from "../../tensor/shape.ts";
import type { Draft } from "./draft.ts";
import { longAxes } from "./draft.ts";
import type { Fusion } from "./fusion.ts";
import { isDear } from "./knowledge.ts";
import type { Computation, Load, Operand } from "./nest.ts";
import { wholeBlock } from "./place.ts";

/** Longer expressions are stored. */
const mostRepeated = 12;

/** Repeats cheap expressions where they are read; what is `wanted` is stored in any case. */
export function recompute(fusion: Fusion, wanted: ReadonlySet<number>): void {
  const drafts = fusion.units.flatMap((unit) => (unit.kind === "draft" ? [unit.draft] : []));
  const home = new Map<number, Draft>();
  for (const draft of drafts) for (const slot of draft.computations.keys()) home.set(slot, draft);
  const readers = readersOf(fusion, drafts);
  for (const draft of drafts) {
    const before = [...draft.computations.values()];
    draft.computations.clear();
    for (const computation of before) {
      const operands = computation.operands.map((operand): Operand => {
        if (operand.kind !== "load" || wanted.has(operand.root)) return operand;
        const source = home.get(operand.root);
        const count = readers.get(operand.root) ?? Infinity;
        if (source === undefined || source === draft) return operand;
        return repeat(source, draft, operand, count) ? { kind: "value", slot: operand.root } : operand;
      });
      draft.computations.set(computation.slot, { ...computation, operands });
    }
  }
}

/** How many nests read each block; infinitely many where a kernel does, which needs it stored. */
function readersOf({ units }: Fusion, drafts: readonly Draft[]): Map<number, number> {
  const readers = new Map<number, number>();
  for (const { computations } of drafts) {
    const roots = new Set([...computations.values()].flatMap(({ operands }) => operands.flatMap(rootOf)));
    for (const root of roots) readers.set(root, (readers.get(root) ?? 0) + 1);
  }
  for (const unit of units) {
    if (unit.kind === "product") for (const { root } of [unit.a, unit.b]) readers.set(root, Infinity);
    if (unit.kind === "convolution")
      for (const { root } of [unit.input, unit.kernel]) readers.set(root, Infinity);
    if ("operands" in unit) for (const { root } of unit.operands) readers.set(root, Infinity);
  }
  return readers;
}

const rootOf = (operand: Operand): number[] => (operand.kind === "load" ? [operand.root] : []);

/** Adds to a nest what computes the value that it loads; false where that does not pay or cannot be. */
function repeat(source: Draft, draft: Draft, load: Load, readers: number): boolean {
  const computed = source.computations.get(load.root);
  if (computed === undefined) return false;
  const map = axesOf(computed, load, draft);
  const expression = map && expressionOf(source, computed.slot);
  if (expression === undefined || map === undefined) return false;
  const translated = expression.map((computation) => translate(computation, map, draft.axes.length));
  if (!pays(translated, computed.shape, draft, readers)) return false;
  if (translated.some((computation) => conflicts(draft, computation))) return false;
  for (const computation of translated) draft.computations.set(computation.slot, computation);
  return true;
}

/** For each axis of the source nest along which the value varies, the axis of the reading nest. */
function axesOf(
  computed: Computation,
  { offset, strides }: Load,
  { axes }: Draft,
): Map<number, number> | undefined {
  if (offset !== 0) return undefined;
  const block = wholeBlock(computed.slot, computed.shape);
  const own = longAxes(computed.shape);
  const map = new Map<number, number>();
  for (const [axis, stride] of strides.entries()) {
    if (stride === 0) continue;
    const match = own.findIndex((a) => at(block.strides, a) === stride && at(block.shape, a) === axes[axis]);
    const from = computed.axes[match];
    if (from === undefined) return undefined;
    map.set(from, axis);
  }
  return map.size === own.length ? map : undefined;
}

/** The cheap elementwise steps from which a value is computed, in order; undefined where others are needed. */
function expressionOf(source: Draft, slot: number): Computation[] | undefined {
  const found = new Set<number>();
  const stack = [slot];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (found.has(next)) continue;
    const computation = source.computations.get(next);
    if (computation === undefined || computation.kind === "fold") return undefined;
    if (computation.kind === "map" && isDear(computation.step.primitive)) return undefined;
    found.add(next);
    if (found.size > mostRepeated) return undefined;
    for (const operand of computation.operands) if (operand.kind === "value") stack.push(operand.slot);
  }
  return [...source.computations.values()].filter((computation) => found.has(computation.slot));
}

function translate(computation: Computation, map: ReadonlyMap<number, number>, rank: number): Computation {
  const axes = computation.axes.flatMap((axis) => map.get(axis) ?? []);
  const operands = computation.operands.map((operand): Operand => {
    if (operand.kind !== "load") return operand;
    const strides = new Array<number>(rank).fill(0);
    for (const [from, to] of map) strides[to] = operand.strides[from] ?? 0;
    return { ...operand, strides };
  });
  return { ...computation, axes, operands };
}

/** One large read instead of one; two where nobody else would need the value stored. */
function pays(expression: readonly Computation[], shape: Shape, draft: Draft, readers: number): boolean {
  const loaded = new Set(
    [...draft.computations.values()].flatMap(({ operands }) => operands.flatMap(rootOf)),
  );
  const size = sizeOf(shape);
  const large = new Set<number>();
  for (const { operands } of expression) {
    for (const operand of operands) {
      if (operand.kind !== "load" || loaded.has(operand.root)) continue;
      const reach = operand.strides.reduce(
        (n, stride, axis) => (stride === 0 ? n : n * at(draft.axes, axis)),
        1,
      );
      if (2 * reach > size && size > 1) large.add(operand.root);
    }
  }
  return large.size <= (readers === 1 ? 2 : 1);
}

function conflicts(draft: Draft, computation: Computation): boolean {
  const known = draft.computations.get(computation.slot);
  return known !== undefined && known.axes.join() !== computation.axes.join();
}
