/** A graph of tensors as a program: a memory of its own, a module of nests, kernels, and what runs them in order. */
import { at } from "../../core/exactly.ts";
import { currentKernels, type KernelChoice, type Kernels, kernelsFor } from "../../kernels/index.ts";
import type { NdArray, TensorType } from "../../tensor/array.ts";
import type { Graph } from "../../tensor/graph.ts";
import { evaluatePrimitive } from "../../tensor/interpreter.ts";
import type { PrimitiveName } from "../../tensor/primitives/index.ts";
import type { RunGraph } from "../../tensor/primitives/types.ts";
import type { Nest, Reference, Unit } from "../fuse/nest.ts";
import type { Place } from "../fuse/place.ts";
import { type Units, unitsOf } from "../fuse/units.ts";
import { constantRoom } from "../lanes/constants.ts";
import { collapse } from "../loops/collapse.ts";
import { elementSize } from "../loops/memory.ts";
import { isFlat, nestPlaces, roomOf } from "../loops/places.ts";
import { type Schedule, schedule } from "../loops/schedule.ts";
import { isUnsized, lifetimesOf } from "../plan/blocks.ts";
import { type Layout, type Lifetime, layOut } from "../plan/layout.ts";
import { type Carried, sharedBlocks } from "../plan/resident.ts";
import { simplify } from "../simplify.ts";
import { kernelCalls, kernelRoom } from "./kernel-units.ts";
import { type WrittenModule, writeModule } from "./module.ts";
import { newStore, type Store } from "./store.ts";

/** How a program is made. */
export interface ProgramOptions {
  /** Inputs whose place outputs take in the next call: they stay in the memory. */
  readonly carried?: readonly Carried[];
  /** Evaluates the graphs inside of loops and branches. */
  readonly run: RunGraph;
}

/** A program. Values go in and come out by copying; what is carried stays. */
export interface TensorProgram {
  readonly kernels: KernelChoice;
  /** Copies a value to where the input lies. */
  readonly write: (input: number, value: NdArray) => void;
  readonly run: () => void;
  /** A copy of an output. */
  readonly read: (output: number) => NdArray;
  /** A copy of what lies in an input's place. */
  readonly readInput: (input: number) => NdArray;
  readonly parts: ProgramParts;
}

/** What a program was made of, for people who look into it. */
export interface ProgramParts {
  readonly units: Units;
  /** For each unit, bytes of its code; 0 where it has none. */
  readonly codeSizes: readonly number[];
  readonly bytes: number;
}

type Action = () => void;

/** Everything between a graph and the actions that run it. */
interface Making {
  readonly units: Units;
  readonly plans: ReadonlyMap<Unit, Schedule>;
  readonly layout: Layout;
  readonly address: (root: number) => number;
  readonly store: Store;
  readonly kernels: Kernels;
  /** Values whose size is known only when they are there. */
  readonly unsized: Map<number, NdArray>;
  readonly run: RunGraph;
}

/**
 * Compiles a graph.
 *
 * @throws ShapeError when it needs more memory than there is; WebAssembly.CompileError where the host forbids compiling.
 */
export function tensorProgram(graph: Graph, { carried = [], run }: ProgramOptions): TensorProgram {
  const simple = simplify(graph);
  const given = simple.inputs.length + simple.constants.length;
  const units = unitsOf(simple);
  const store = newStore();
  const kernels = kernelsFor(store.memory);
  const plans = new Map(
    units.units.flatMap((unit) => (unit.kind === "nest" ? [[unit, schedule(collapse(unit))]] : [])),
  );
  const shared = sharedBlocks(units, carried, given);
  const layout = layOut(allLifetimes(units, plans, shared, kernels, simple), constantRoom);
  const address = (root: number): number => addressIn(layout, shared.get(root) ?? root);
  store.grow(layout.end + spareBytes);
  const making: Making = { units, plans, layout, address, store, kernels, unsized: new Map(), run };
  const { module, actions } = makeActions(making);
  new Uint8Array(store.memory.buffer).set(module.constants.bytes());
  placeConstants(making, simple);
  const replace = carriedCopies(making, carried, shared);
  return {
    kernels: currentKernels(),
    write: (input, value) => view(making, input).data.set(value.data),
    run: () => {
      for (const action of actions) action();
      replace();
    },
    read: (output) => copyOf(valueAt(making, at(units.outputs, output), at(simple.results, output))),
    readInput: (input) => copyOf(view(making, input)),
    parts: { units, codeSizes: codeSizesOf(units, module), bytes: layout.end },
  };
}

/** A walk may read this far behind the last block. */
const spareBytes = 256;

function addressIn({ addresses }: Layout, key: string | number): number {
  const address = addresses.get(key);
  if (address === undefined) throw new RangeError(`block ${key} has no place in the memory`);
  return address;
}

/** Blocks, and the room that nests and kernels need while they run. */
function allLifetimes(
  units: Units,
  plans: ReadonlyMap<Unit, Schedule>,
  shared: ReadonlyMap<number, number>,
  kernels: Kernels,
  { inputs, constants }: Graph,
): Lifetime[] {
  const blocks = lifetimesOf(units, inputs.length, inputs.length + constants.length);
  const own = blocks.filter(({ key }) => typeof key === "string" || !shared.has(key));
  const rooms = units.units.flatMap((unit, i): Lifetime[] => {
    const during = (key: string, bytes: number): Lifetime => ({ key, bytes, from: i, to: i });
    if (unit.kind === "product" || unit.kind === "convolution")
      return [during(`kernel ${i}`, kernelRoom(unit, kernels, units.types))];
    const plan = plans.get(unit);
    if (plan === undefined) return [];
    const { gathered, kept } = roomOf(plan);
    return [...gathered, ...kept].map(([slot, bytes]) => during(`room ${i} ${slot}`, bytes));
  });
  return [...own, ...rooms];
}

/** Writes the module and makes the actions, a unit each, in order. */
function makeActions(making: Making): {
  readonly module: WrittenModule;
  readonly actions: readonly Action[];
} {
  const { units, plans, address, layout, store, kernels } = making;
  const nests: Nest[] = [];
  const placed = units.units.flatMap((unit, i) => {
    const plan = plans.get(unit);
    if (plan === undefined || unit.kind !== "nest") return [];
    nests.push(unit);
    return [{ plan, places: nestPlaces(plan, address, (slot) => addressIn(layout, `room ${i} ${slot}`)) }];
  });
  const module = writeModule(placed, { isFused: false });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.bytes), {
    host: { ...module.hosts, memory: store.memory },
  });
  const actions = units.units.map((unit, i): Action => {
    if (unit.kind === "reference") return referenceAction(making, unit);
    if (unit.kind !== "nest")
      return kernelCalls(unit, kernels, units.types, address, addressIn(layout, `kernel ${i}`));
    const plan = plans.get(unit);
    const f = exported(instance, `n${nests.indexOf(unit)}`);
    const rows = plan === undefined ? 0 : rowsOf(plan);
    return () => f(0, rows, 0);
  });
  return { module, actions };
}

/** The range of a nest's function: rows, or elements of a nest that is one row. */
function rowsOf({ nest }: Schedule): number {
  return isFlat(nest) || nest.row > 0 ? at(nest.axes, 0) : 1;
}

type NestFunction = (first: number, end: number, kept: number) => void;

function exported({ exports }: WebAssembly.Instance, name: string): NestFunction {
  const f = exports[name];
  if (typeof f !== "function") throw new RangeError(`the module exports no ${name}`);
  return f as NestFunction;
}

function placeConstants(making: Making, { inputs, constants }: Graph): void {
  for (const [i, constant] of constants.entries()) {
    const root = inputs.length + i;
    if (making.layout.addresses.has(root)) view(making, root).data.set(constant.values().data);
  }
}

function view({ store, units, address }: Making, root: number): NdArray {
  return store.view(at(units.types, root), address(root));
}

/** The value at a place that is one run of elements. */
function valueAt(making: Making, place: Place, type: TensorType): NdArray {
  const held = making.unsized.get(place.root);
  if (held !== undefined) return held;
  return making.store.view(
    { ...type, shape: place.shape },
    making.address(place.root) + place.offset * elementSize[type.dtype],
  );
}

function copyOf({ dtype, shape, data }: NdArray): NdArray {
  return { dtype, shape, data: data.slice() };
}

/** A step by its primitive's own rule, on views of the memory. */
function referenceAction(making: Making, { step, operands }: Reference): Action {
  const types = operands.map(({ root, shape }) => ({ dtype: at(making.units.types, root).dtype, shape }));
  const isSized = !step.types.some(isUnsized);
  return () => {
    const inputs = operands.map((place, i) => valueAt(making, place, at(types, i)));
    const results = evaluatePrimitive<PrimitiveName>(
      step.primitive,
      inputs,
      step.params,
      isSized ? step.types : undefined,
      making.run,
    );
    for (const [k, result] of results.entries()) {
      const slot = step.first + k;
      if (isUnsized(at(step.types, k))) making.unsized.set(slot, copyOf(result));
      else if (making.layout.addresses.has(slot)) view(making, slot).data.set(result.data);
    }
  };
}

/** Copies of what is carried and could not be written in its place at once. */
function carriedCopies(
  making: Making,
  carried: readonly Carried[],
  shared: ReadonlyMap<number, number>,
): Action {
  const { units } = making;
  const moves = carried.flatMap(({ input, output }) => {
    const place = at(units.outputs, output);
    const type = at(units.types, input);
    const isThere = shared.get(place.root) === input || (place.root === input && place.offset === 0);
    return isThere ? [] : [{ input, from: () => valueAt(making, place, type) }];
  });
  return () => {
    // All are read before any is written: one may lie where another goes.
    const values = moves.map(({ from }) => copyOf(from()));
    for (const [i, { input }] of moves.entries()) view(making, input).data.set(at(values, i).data);
  };
}

function codeSizesOf({ units }: Units, { sizes }: WrittenModule): number[] {
  let next = 0;
  return units.map((unit) => (unit.kind === "nest" ? (sizes[next++] ?? 0) : 0));
}
