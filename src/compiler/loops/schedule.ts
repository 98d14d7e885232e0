/**
 * When each value of a nest is computed. A row is walked in phases: a fold of phase p is known when its walk is over, so what needs it
 * is computed in phase p + 1. Values of an earlier phase are computed again where that is cheap, and kept in a row of memory where not.
 */
import type { Dtype } from "../../tensor/dtype.ts";
import { isDear } from "../fuse/knowledge.ts";
import type { Computation, Nest, Store } from "../fuse/nest.ts";

/** A fold. */
export type Fold = Extract<Computation, { readonly kind: "fold" }>;

/** Where a value is computed: once, once a row, or in the walk along a row. */
export type Level = "once" | "row" | "walk";

/** What a walk along the row does. */
export interface Phase {
  /** Computed before the walk, once a row. */
  readonly before: readonly Computation[];
  readonly folds: readonly Fold[];
  readonly stores: readonly Store[];
  /** Values that later phases read from a row of memory. */
  readonly kept: readonly number[];
}

/** The schedule of a nest. */
export interface Schedule {
  readonly nest: Nest;
  readonly computations: ReadonlyMap<number, Computation>;
  readonly level: (slot: number) => Level;
  /** Computed before all loops. */
  readonly once: readonly Computation[];
  readonly phases: readonly Phase[];
  /** Folds of values that are known once a row. */
  readonly rowFolds: readonly Fold[];
  /** Stores of values that are known once a row. */
  readonly rowStores: readonly Store[];
  /** For values of an earlier phase, where a walk finds them: their own store, or a row of memory. */
  readonly kept: ReadonlyMap<number, KeptValue>;
}

/** A value kept from one phase for later ones. */
export interface KeptValue {
  readonly dtype: Dtype;
  readonly phase: number;
}

/** Puts the computations of a nest in order. */
export function schedule(nest: Nest): Schedule {
  const computations = new Map(nest.computations.map((c) => [c.slot, c]));
  const stages = stagesOf(nest);
  const stageOf = (slot: number): number => stages.get(slot) ?? 0;
  const level = (slot: number): Level => levelOf(nest, computations, slot);
  const folds = nest.computations.filter((c): c is Fold => c.kind === "fold");
  const isWalked = (fold: Fold): boolean =>
    [...fold.over, ...fold.axes].some((axis) => axis >= nest.row) ||
    fold.operands.some((x) => x.kind === "value" && level(x.slot) === "walk") ||
    fold.operands.some((x) => x.kind === "load" && x.strides.slice(nest.row).some(Boolean));
  const walked = folds.filter(isWalked);
  const last = Math.max(0, ...stages.values());
  const kept = keptValues(nest, computations, stageOf, level, walked);
  const isElement = (slot: number): boolean =>
    level(slot) === "walk" && computations.get(slot)?.kind !== "fold";
  const phases = Array.from(
    { length: last + 1 },
    (_, p): Phase => ({
      before: nest.computations.filter(
        (c) => c.kind !== "fold" && level(c.slot) === "row" && stageOf(c.slot) === p,
      ),
      folds: walked.filter((fold) => stageOfOperands(fold, stageOf) === p),
      stores: nest.stores.filter(({ slot }) => isElement(slot) && stageOf(slot) === p),
      kept: [...kept].filter(([, value]) => value.phase === p).map(([slot]) => slot),
    }),
  );
  return {
    nest,
    computations,
    level,
    once: nest.computations.filter((c) => c.kind !== "fold" && level(c.slot) === "once"),
    phases,
    rowFolds: folds.filter((fold) => !walked.includes(fold)),
    rowStores: nest.stores.filter(
      ({ slot }) => level(slot) !== "walk" && isKnownByRow(nest, computations, slot),
    ),
    kept,
  };
}

/** Whether a fold is over exactly the rows, so that it is known at a row's end. */
export function isRowFold({ axes, row }: Nest, { over }: Fold): boolean {
  return over.length === axes.length - row && over.every((axis) => axis >= row);
}

function isKnownByRow(nest: Nest, computations: ReadonlyMap<number, Computation>, slot: number): boolean {
  const computed = computations.get(slot);
  return computed?.kind !== "fold" || isRowFold(nest, computed);
}

function stageOfOperands({ operands }: Computation, stageOf: (slot: number) => number): number {
  return Math.max(0, ...operands.map((x) => (x.kind === "value" ? stageOf(x.slot) : 0)));
}

function stagesOf(nest: Nest): Map<number, number> {
  const stages = new Map<number, number>();
  for (const computed of nest.computations) {
    const stage = stageOfOperands(computed, (slot) => stages.get(slot) ?? 0);
    stages.set(computed.slot, computed.kind === "fold" && isRowFold(nest, computed) ? stage + 1 : stage);
  }
  return stages;
}

function levelOf(nest: Nest, computations: ReadonlyMap<number, Computation>, slot: number): Level {
  const computed = computations.get(slot);
  if (computed === undefined) return "walk";
  if (computed.axes.some((axis) => axis >= nest.row)) return "walk";
  return computed.axes.length === 0 && !needsFold(computations, slot) ? "once" : "row";
}

function needsFold(computations: ReadonlyMap<number, Computation>, slot: number): boolean {
  // A set grows while it is walked: every value is looked at once.
  const reached = new Set([slot]);
  for (const next of reached) {
    const computed = computations.get(next);
    if (computed?.kind === "fold") return true;
    for (const x of computed?.operands ?? []) if (x.kind === "value") reached.add(x.slot);
  }
  return false;
}

/** The dear values that a later phase would otherwise compute again. */
function keptValues(
  nest: Nest,
  computations: ReadonlyMap<number, Computation>,
  stageOf: (slot: number) => number,
  level: (slot: number) => Level,
  folds: readonly Fold[],
): Map<number, KeptValue> {
  const kept = new Map<number, KeptValue>();
  const seen = new Set<string>();
  const pull = (slot: number, phase: number): void => {
    const computed = computations.get(slot);
    const key = `${slot} ${phase}`;
    if (computed === undefined || seen.has(key) || level(slot) !== "walk") return;
    seen.add(key);
    const stage = stageOf(slot);
    if (stage < phase && computed.kind === "map" && isDear(computed.step.primitive)) {
      if (!kept.has(slot)) {
        kept.set(slot, { dtype: computed.dtype, phase: stage });
        pull(slot, stage);
      }
      return;
    }
    for (const operand of computed.operands) if (operand.kind === "value") pull(operand.slot, phase);
  };
  for (const { slot } of nest.stores) if (level(slot) === "walk") pull(slot, stageOf(slot));
  for (const fold of folds)
    for (const operand of fold.operands)
      if (operand.kind === "value") pull(operand.slot, stageOfOperands(fold, stageOf));
  return kept;
}
