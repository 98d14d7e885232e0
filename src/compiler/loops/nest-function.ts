/** A nest as a function of WebAssembly: loops over rows, and walks along each row. */
import { at } from "../../core/exactly.ts";
import type { Dtype } from "../../tensor/dtype.ts";
import type { Code } from "../emit/code.ts";
import type { Computation, Operand, Store } from "../fuse/nest.ts";
import type { LaneContext } from "../lanes/lanes.ts";
import { mapValue } from "./elementwise.ts";
import { type Accumulator, accumulate, combine, flush, newAccumulator, reset, total } from "./folds.ts";
import { elementSize, load, loadSplat, type Reach, store } from "./memory.ts";
import type { Gathering, NestPlaces } from "./places.ts";
import { type Fold, isRowFold, type Phase, type Schedule } from "./schedule.ts";
import {
  applyTyped,
  constantValue,
  convert,
  fill,
  fitTo,
  splatWidth,
  type Value,
  type Width,
  walkWidth,
} from "./values.ts";

/** Parameters: the first row and the one behind the last (of a nest that is one row, elements), and where kept rows lie. */
export const nestParameters = ["i32", "i32", "i32"] as const;
const [first, end, keptRows] = [0, 1, 2];

/** Sums longer than this are cut. */
const longSum = 2048;
/** Turns of a walk after which a short sum is added to the long one. */
const turnsOfShortSum = 16;

/** Values by slot. */
type Known = Map<number, Value>;

/** Everything that writing a nest needs. */
interface Writing {
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

/** Writes the instructions of a nest. */
export function writeNest(context: LaneContext, plan: Schedule, places: NestPlaces, registers: number): void {
  const { code } = context;
  const { nest } = plan;
  const w: Writing = {
    code,
    context,
    plan,
    places,
    splat: splatWidth(context),
    counters: nest.axes.map(() => code.local("i32")),
    known: new Map(),
    registers: (nest.axes.at(-1) ?? 1) < 4 * registers ? 1 : registers,
    accumulators: new Map(),
  };
  for (const computed of plan.once) compute(w, w.splat, computed, w.known, splatOperand(w, 0));
  for (const gathering of places.gatherings.values()) begin(w, gathering);
  loopOver(w, 0, nest.row, () => writeRow(w));
  for (const gathering of places.gatherings.values()) conclude(w, gathering);
}

/** Loops over axes from one to before another; the outermost axis of rows runs over the range given to the function. */
function loopOver(w: Writing, from: number, to: number, body: () => void): void {
  if (from === to) {
    body();
    return;
  }
  const { code, plan } = w;
  const counter = at(w.counters, from);
  const isOutermost = from === 0 && plan.nest.row > 0;
  if (isOutermost) code.get(first);
  else code.integer(0);
  code.set(counter);
  const turns = (): void =>
    code.loop(() => {
      loopOver(w, from + 1, to, body);
      step(code, counter, 1);
      code.get(counter);
      if (isOutermost) code.get(end);
      else code.integer(at(plan.nest.axes, from));
      code.op("i32LtS");
    });
  if (!isOutermost) {
    turns();
    return;
  }
  // A range may be empty.
  code.get(first);
  code.get(end);
  code.op("i32LtS");
  code.when(turns);
}

function step(code: Code, variable: number, by: number): void {
  code.get(variable);
  code.integer(by);
  code.op("i32Add");
  code.set(variable);
}

function writeRow(w: Writing): void {
  const { plan, known } = w;
  const { nest } = plan;
  for (const phase of plan.phases) {
    for (const computed of phase.before) compute(w, w.splat, computed, known, splatOperand(w, nest.row));
    if (phase.folds.length + phase.stores.length + phase.kept.length > 0) writeWalk(w, phase);
  }
  for (const stored of plan.rowStores) {
    const value = known.get(stored.slot);
    if (value !== undefined)
      store(w.splat, { ...reachOf(w, storeSource(w, stored), nest.row), count: 1, stride: 0 }, value);
  }
  for (const fold of plan.rowFolds) {
    const value = splatOperand(w, nest.row)(at(fold.operands, 0));
    gatherOne(w, fold, nest.row, value);
  }
}

/** Something in memory that a nest reads or writes. */
interface Source {
  /** Bytes. */
  readonly address: number;
  readonly dtype: Dtype;
  readonly strides: readonly number[];
  readonly isKept?: boolean;
}

function loadSource(w: Writing, operand: Extract<Operand, { readonly kind: "load" }>): Source {
  const address = w.places.address(operand.root) + operand.offset * elementSize[operand.dtype];
  return { address, dtype: operand.dtype, strides: operand.strides };
}

function storeSource(w: Writing, { slot, root, offset, strides }: Store): Source {
  const { dtype } = computationOf(w, slot);
  return { address: w.places.address(root) + offset * elementSize[dtype], dtype, strides };
}

function keptSource(w: Writing, slot: number): Source {
  const { axes, row } = w.plan.nest;
  const strides = axes.map((_, axis) =>
    axis < row ? 0 : axes.slice(axis + 1).reduce((product, length) => product * length, 1),
  );
  return { address: w.places.kept(slot), dtype: computationOf(w, slot).dtype, strides, isKept: true };
}

function computationOf({ plan }: Writing, slot: number): Computation {
  const computed = plan.computations.get(slot);
  if (computed === undefined) throw new RangeError(`the nest computes no ${slot}`);
  return computed;
}

/** A variable with the address of the element at which the loops over the first axes stand. */
function pointerTo(w: Writing, source: Source, depth: number): number {
  const { code } = w;
  const pointer = code.local("i32");
  code.integer(source.address);
  if (source.isKept) {
    code.get(keptRows);
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

function reachOf(w: Writing, source: Source, depth: number): Reach {
  const stride = source.strides.at(-1) ?? 0;
  return { pointer: pointerTo(w, source, depth), dtype: source.dtype, stride, count: 1 };
}

/** Operands that are the same along a row. */
function splatOperand(w: Writing, depth: number): (operand: Operand) => Value {
  return (operand) => {
    if (operand.kind === "constant") return constantValue(w.splat, operand.dtype, operand.value);
    if (operand.kind === "value") {
      const value = w.known.get(operand.slot);
      if (value === undefined) throw new RangeError(`${operand.slot} is needed before its row is walked`);
      return value;
    }
    const pointer = pointerTo(w, loadSource(w, operand), depth);
    return {
      dtype: operand.dtype,
      isSplat: true,
      width: 32,
      vector: loadSplat(w.splat, pointer, operand.dtype),
    };
  };
}

function compute(
  w: Writing,
  to: Width,
  computed: Computation,
  known: Known,
  read: (operand: Operand) => Value,
): void {
  if (known.has(computed.slot) && to === w.splat) known.delete(computed.slot);
  const operands = computed.operands.map(read);
  if (computed.kind === "map") known.set(computed.slot, mapValue(to, computed.step, operands));
  else if (computed.kind === "copy") known.set(computed.slot, at(operands, 0));
}

/** One walk along a row: loops over its axes, the last one several elements at a time. */
function writeWalk(w: Writing, phase: Phase): void {
  const { nest } = w.plan;
  const widest = walkWidth(w.context, w.registers);
  const length = nest.axes.slice(nest.row).reduce((product, n) => product * n, 1);
  const byRow = phase.folds.filter((fold) => isRowFold(nest, fold));
  for (const fold of byRow) {
    const accumulator = accumulatorOf(w, widest, fold, length > longSum);
    reset(widest, accumulator);
  }
  loopOver(w, nest.row, nest.axes.length - 1, () => writeLine(w, phase, widest));
  for (const fold of byRow)
    w.known.set(fold.slot, total(widest, accumulatorOf(w, widest, fold, length > longSum), fold.dtype));
}

function accumulatorOf(w: Writing, to: Width, fold: Fold, isLong: boolean): Accumulator {
  const known = w.accumulators.get(fold.slot) ?? newAccumulator(to, fold.combination, fold.dtype, isLong);
  w.accumulators.set(fold.slot, known);
  return known;
}

/** What one line of a walk touches in memory, each with its pointer. */
interface Line {
  readonly phase: Phase;
  readonly pointers: Map<string, Reach>;
  /** What is the same along the line, by pointer: read once. */
  readonly spread: Map<number, Value>;
}

/** One line: the last axis, from end to end. */
function writeLine(w: Writing, phase: Phase, widest: Width): void {
  const { code, plan } = w;
  const { nest } = plan;
  const depth = nest.axes.length - 1;
  const length = at(nest.axes, depth);
  const line: Line = { phase, pointers: new Map(), spread: new Map() };
  const { reads, writes } = sourcesOf(w, phase);
  for (const source of [...reads, ...writes]) pointerInLine(w, line, source);
  for (const source of reads) {
    const reach = pointerInLine(w, line, source);
    if (reach.stride === 0) line.spread.set(reach.pointer, load(w.splat, reach));
  }
  const partial = phase.folds.filter((fold) => !isRowFold(nest, fold) && fold.over.includes(depth));
  for (const fold of partial) reset(widest, accumulatorOf(w, widest, fold, false));
  const turn = 4 * w.registers;
  const isFlat = w.places.isFlat;
  if (isFlat) for (const reach of line.pointers.values()) startAt(w, reach);
  const turns = Math.floor(length / turn);
  const isCut = phase.folds.some((fold) => w.accumulators.get(fold.slot)?.long !== undefined);
  if (turns > 0) writeTurns(w, line, widest, turns, turn, isCut);
  const finishLine = (): void => {
    let rest = length - turns * turn;
    const narrow = walkWidth(w.context, 1);
    for (; rest >= 4; rest -= 4) writeTurn(w, line, narrow, 4);
    if (rest > 0) writeTurn(w, line, narrow, rest);
  };
  if (isFlat) {
    code.get(end);
    code.integer(length);
    code.op("i32Eq");
    code.when(finishLine);
  } else finishLine();
  for (const fold of partial) {
    const sum = total(widest, accumulatorOf(w, widest, fold, false), keptOf(fold));
    gatherOne(w, fold, depth, sum);
  }
}

const keptOf = (fold: Fold): Dtype =>
  fold.combination === "sum" && fold.dtype === "float32" ? "float64" : fold.dtype;

/** Moves a pointer to the first element of the function's range. */
function startAt({ code }: Writing, { pointer, stride, dtype }: Reach): void {
  if (stride === 0) return;
  code.get(first);
  code.integer(stride * elementSize[dtype]);
  code.op("i32Mul");
  code.get(pointer);
  code.op("i32Add");
  code.set(pointer);
}

/** The turns that handle whole registers. */
function writeTurns(
  w: Writing,
  line: Line,
  widest: Width,
  turns: number,
  turn: number,
  isCut: boolean,
): void {
  const { code } = w;
  const left = code.local("i32");
  if (w.places.isFlat) {
    code.get(end);
    code.get(first);
    code.op("i32Sub");
    code.integer(turn);
    code.op("i32DivU");
  } else code.integer(turns);
  code.set(left);
  const run = (): void =>
    code.loop(() => {
      writeTurn(w, line, widest, turn);
      if (isCut) {
        code.get(left);
        code.integer(turnsOfShortSum - 1);
        code.op("i32And");
        code.op("i32Eqz");
        code.when(() => {
          for (const fold of line.phase.folds) {
            const accumulator = w.accumulators.get(fold.slot);
            if (accumulator !== undefined) flush(widest, accumulator);
          }
        });
      }
      step(code, left, -1);
      code.get(left);
    });
  if (w.places.isFlat) {
    code.get(left);
    code.when(run);
  } else run();
}

/** One turn: reads, computes, folds and writes `count` elements, and moves on. */
function writeTurn(w: Writing, line: Line, to: Width, count: number): void {
  const { code, plan } = w;
  const known: Known = new Map();
  const read = (operand: Operand): Value => {
    if (operand.kind === "constant") return constantValue(to, operand.dtype, operand.value);
    if (operand.kind === "load") return loadInLine(w, line, to, loadSource(w, operand), count, known);
    return pull(operand.slot);
  };
  const pull = (slot: number): Value => {
    const found = known.get(slot) ?? w.known.get(slot);
    if (found !== undefined) return found;
    const kept = plan.kept.get(slot);
    if (kept !== undefined && kept.phase < plan.phases.indexOf(line.phase)) {
      const value = loadInLine(w, line, to, keptSource(w, slot), count, known);
      known.set(slot, value);
      return value;
    }
    compute(w, to, computationOf(w, slot), known, read);
    const value = known.get(slot);
    if (value === undefined) throw new RangeError(`${slot} is needed before its row is walked`);
    return value;
  };
  for (const fold of line.phase.folds) {
    const value = read(at(fold.operands, 0));
    const accumulator = w.accumulators.get(fold.slot);
    if (accumulator !== undefined) accumulate(to, accumulator, value, count);
    else gatherRun(w, line, to, fold, value, count);
  }
  // All is read before anything is written: a block may lie where one that is read lies.
  const written = [
    ...line.phase.stores.map((stored) => ({ source: storeSource(w, stored), value: pull(stored.slot) })),
    ...line.phase.kept.map((slot) => ({ source: keptSource(w, slot), value: pull(slot) })),
  ];
  for (const { source, value } of written) store(to, { ...pointerInLine(w, line, source), count }, value);
  for (const reach of line.pointers.values())
    if (reach.stride !== 0) step(code, reach.pointer, reach.stride * count * elementSize[reach.dtype]);
}

function loadInLine(w: Writing, line: Line, to: Width, source: Source, count: number, known: Known): Value {
  const reach = pointerInLine(w, line, source);
  const spread = line.spread.get(reach.pointer);
  if (spread !== undefined) return spread;
  // The same elements read twice in a turn are read once; negative keys are no slots.
  const key = -1 - reach.pointer;
  const value = known.get(key) ?? load(to, { ...reach, count });
  known.set(key, value);
  return value;
}

function pointerInLine(w: Writing, line: Line, source: Source): Reach {
  const key = `${source.address}:${source.dtype}:${source.strides.join()}:${source.isKept ?? false}`;
  const known = line.pointers.get(key);
  if (known !== undefined) return known;
  const reach = reachOf(w, source, w.plan.nest.axes.length - 1);
  line.pointers.set(key, reach);
  return reach;
}

/** All that a phase will touch in memory. */
function sourcesOf(w: Writing, phase: Phase): { readonly reads: Source[]; readonly writes: Source[] } {
  const { plan } = w;
  const index = plan.phases.indexOf(phase);
  const reads: Source[] = [];
  const writes: Source[] = [];
  const seen = new Set<number>();
  const visit = (operand: Operand): void => {
    if (operand.kind === "load") reads.push(loadSource(w, operand));
    if (operand.kind !== "value" || seen.has(operand.slot) || plan.level(operand.slot) !== "walk") return;
    seen.add(operand.slot);
    const kept = plan.kept.get(operand.slot);
    if (kept !== undefined && kept.phase < index) reads.push(keptSource(w, operand.slot));
    else for (const inner of computationOf(w, operand.slot).operands) visit(inner);
  };
  for (const fold of phase.folds) {
    for (const operand of fold.operands) visit(operand);
    const gathering = w.places.gatherings.get(fold.slot);
    if (gathering !== undefined && isGatheredByRun(w, fold)) writes.push(gatheringSource(gathering));
  }
  for (const stored of phase.stores) {
    visit({ kind: "value", slot: stored.slot });
    writes.push(storeSource(w, stored));
  }
  for (const slot of phase.kept) {
    visit({ kind: "value", slot });
    writes.push(keptSource(w, slot));
  }
  return { reads, writes };
}

const isGatheredByRun = ({ plan }: Writing, fold: Fold): boolean =>
  !fold.over.includes(plan.nest.axes.length - 1);

const gatheringSource = ({ address, dtype, strides }: Gathering): Source => ({ address, dtype, strides });

/** Folds a turn's elements into the elements of memory that they belong to. */
function gatherRun(w: Writing, line: Line, to: Width, fold: Fold, value: Value, count: number): void {
  const gathering = gatheringOf(w, fold);
  const reach = pointerInLine(w, line, gatheringSource(gathering));
  const { dtype } = gathering;
  const before = load(to, { ...reach, count });
  const name = combine(fold.combination, dtype);
  const vector = applyTyped(to, dtype, name, [fitTo(to, before), fitTo(to, convert(to, value, dtype))]);
  store(to, { ...reach, count }, { dtype, isSplat: to.isSplat, width: 32, vector });
}

/** Folds one value into one element of memory. */
function gatherOne(w: Writing, fold: Fold, depth: number, value: Value): void {
  const gathering = gatheringOf(w, fold);
  const pointer = pointerTo(w, gatheringSource(gathering), depth);
  const { dtype } = gathering;
  const before = loadSplat(w.splat, pointer, dtype);
  const vector = applyTyped(w.splat, dtype, combine(fold.combination, dtype), [
    before,
    fitTo(w.splat, convert(w.splat, value, dtype)),
  ]);
  store(w.splat, { pointer, dtype, stride: 0, count: 1 }, { dtype, isSplat: true, width: 32, vector });
}

function gatheringOf({ places }: Writing, fold: Fold): Gathering {
  const gathering = places.gatherings.get(fold.slot);
  if (gathering === undefined) throw new RangeError(`the fold ${fold.slot} has no place in memory`);
  return gathering;
}

/** Sets the elements that a fold gathers in memory to what folding begins with. */
function begin(w: Writing, gathering: Gathering): void {
  const { code, context } = w;
  const to = walkWidth(context, 1);
  const start = constantValue(w.splat, gathering.dtype, gathering.start);
  inRuns(w, gathering.size, [gathering.address], [gathering.dtype], ([pointer = -1], count) => {
    const copy = fill(w.splat, 1, () => {
      code.integer(0);
      const isDouble = gathering.dtype === "float64";
      if (start.vector.kind === "constant")
        code.vectorAccess(isDouble ? "v128Load64Splat" : "v128Load32Splat", start.vector.address);
    });
    store(to, { pointer, dtype: gathering.dtype, stride: 1, count }, { ...start, vector: copy });
  });
}

/** Rounds what was gathered in double precision to the result's dtype. */
function conclude(w: Writing, { address, dtype, size, result }: Gathering): void {
  if (result === undefined) return;
  const to = walkWidth(w.context, 1);
  inRuns(w, size, [address, result.address], [dtype, result.dtype], ([from = -1, into = -1], count) => {
    const value = load(to, { pointer: from, dtype, stride: 1, count });
    store(to, { pointer: into, dtype: result.dtype, stride: 1, count }, convert(to, value, result.dtype));
  });
}

/** Loops over blocks of one size, four elements at a time. */
function inRuns(
  { code }: Writing,
  size: number,
  addresses: readonly number[],
  dtypes: readonly Dtype[],
  body: (pointers: readonly number[], count: number) => void,
): void {
  const pointers = addresses.map((address) => {
    const pointer = code.local("i32");
    code.integer(address);
    code.set(pointer);
    return pointer;
  });
  const turn = (count: number): void => {
    body(pointers, count);
    for (const [i, pointer] of pointers.entries()) step(code, pointer, count * elementSize[at(dtypes, i)]);
  };
  const turns = Math.floor(size / 4);
  if (turns > 0) {
    const left = code.local("i32");
    code.integer(turns);
    code.set(left);
    code.loop(() => {
      turn(4);
      step(code, left, -1);
      code.get(left);
    });
  }
  if (size % 4 > 0) turn(size % 4);
}
