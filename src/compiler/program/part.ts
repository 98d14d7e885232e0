/**
 * A graph planned for a region of memory: the program's own, or one inside of a loop or branch. The region of an inner graph lies
 * among the blocks of the graph around it, for as long as the loop runs, so that nested loops nest in memory too. What an inner
 * graph is handed lies where the outer one keeps it; constants have a place for good.
 */
import { at } from "../../core/exactly.ts";
import type { Kernels } from "../../kernels/index.ts";
import type { Graph } from "../../tensor/graph.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Control, Unit } from "../fuse/nest.ts";
import { type Units, unitsOf } from "../fuse/units.ts";
import { inline } from "../inline.ts";
import { constantRoom } from "../lanes/constants.ts";
import { collapse } from "../loops/collapse.ts";
import { roomOf } from "../loops/places.ts";
import { type Schedule, schedule } from "../loops/schedule.ts";
import { bytesOf, lifetimesOf, touchedBy } from "../plan/blocks.ts";
import { type Layout, type Lifetime, layOut } from "../plan/layout.ts";
import { type Carried, sharedBlocks } from "../plan/resident.ts";
import { routineRoom } from "../routines/index.ts";
import { simplify } from "../simplify.ts";
import { kernelRoom } from "./kernel-units.ts";
import { keptRooms } from "./parallel.ts";

/** A planned graph. */
export interface Part {
  readonly graph: Graph;
  readonly units: Units;
  readonly plans: ReadonlyMap<Unit, Schedule>;
  /** For blocks that outputs are written to, the inputs in whose blocks they lie. */
  readonly shared: ReadonlyMap<number, number>;
  /** For blocks that outputs are written to, the outputs of the step outside in whose blocks they lie. */
  readonly handed: ReadonlyMap<number, number>;
  /** Constants that are read from memory, by slot. */
  readonly constants: ReadonlyMap<number, Tensor>;
  /** The blocks that units or outputs read. */
  readonly reads: ReadonlySet<number>;
  /** Places within the region: bytes from its start. */
  readonly layout: Layout;
  /** For each loop or branch the graphs inside, in the order of `graphsOf`. */
  readonly inner: ReadonlyMap<Unit, readonly Part[]>;
}

/**
 * What a graph is to the program: the program itself; what is done turn by turn, with carries that lie outside and rows that have a
 * block here; a branch, whose results go to blocks outside.
 */
export type Role =
  | { readonly kind: "program"; readonly carried: readonly Carried[] }
  | { readonly kind: "turn"; readonly carries: number; readonly rows: number }
  | { readonly kind: "branch" };

/** Plans a graph and those inside of it. */
export function planPart(graph: Graph, role: Role, kernels: Kernels): Part {
  const simple = simplify(inline(graph));
  const inputs = simple.inputs.length;
  const given = inputs + simple.constants.length;
  const units = unitsOf(simple);
  const plans = new Map(
    units.units.flatMap((unit) => (unit.kind === "nest" ? [[unit, schedule(collapse(unit))]] : [])),
  );
  const inner = new Map(
    units.units.flatMap((unit) => (unit.kind === "control" ? [[unit, innerParts(unit, kernels)]] : [])),
  );
  const shared = sharedOf(units, role, given);
  const handed = role.kind === "branch" ? handedBlocks(units, given) : new Map<number, number>();
  const blocks = lifetimesOf(units, inputs, given);
  const isProgram = role.kind === "program";
  const isOwn = ({ key }: Lifetime): boolean => {
    if (typeof key === "string") return true;
    if (key < inputs)
      return isProgram || (role.kind === "turn" && key >= role.carries && key < role.carries + role.rows);
    if (key < given) return isProgram;
    return !shared.has(key) && !handed.has(key);
  };
  const constants = constantsOf(simple, blocks);
  const rooms = roomsOf(units, plans, inner, kernels);
  const lasting = isProgram ? lastingBlocks(inner, units.units.length) : [];
  const layout = layOut([...blocks.filter(isOwn), ...rooms, ...lasting], isProgram ? constantRoom : 0);
  return { graph: simple, units, plans, shared, handed, constants, reads: readsOf(units), layout, inner };
}

function innerParts({ step }: Control, kernels: Kernels): Part[] {
  switch (step.primitive) {
    case "scan": {
      const { body, carries, scanned } = step.params;
      return [planPart(body, { kind: "turn", carries, rows: scanned }, kernels)];
    }
    case "while": {
      const { condition, body, carries } = step.params;
      return [
        planPart(condition, { kind: "turn", carries: 0, rows: 0 }, kernels),
        planPart(body, { kind: "turn", carries, rows: 0 }, kernels),
      ];
    }
    case "cond":
      return [step.params.whenTrue, step.params.whenFalse].map((branch) =>
        planPart(branch, { kind: "branch" }, kernels),
      );
    default:
      return step satisfies never;
  }
}

/** The constants among the blocks. */
function constantsOf({ inputs, constants }: Graph, blocks: readonly Lifetime[]): Map<number, Tensor> {
  const found = new Map<number, Tensor>();
  for (const { key } of blocks) {
    const constant = typeof key === "number" ? constants[key - inputs.length] : undefined;
    if (typeof key === "number" && constant !== undefined) found.set(key, constant);
  }
  return found;
}

/** What is handed from turn to turn: the first outputs become the first inputs. */
export function carriedFrom(carries: number): Carried[] {
  return Array.from({ length: carries }, (_, i) => ({ input: i, output: i }));
}

function sharedOf(units: Units, role: Role, given: number): Map<number, number> {
  if (role.kind === "program") return sharedBlocks(units, role.carried, given);
  if (role.kind === "branch") return new Map();
  // Rows of results are taken before a carry that they show is overwritten.
  const carries = { ...units, outputs: units.outputs.slice(0, role.carries) };
  return sharedBlocks(carries, carriedFrom(role.carries), given);
}

/** Outputs that are a whole block of their own can be written where they are wanted. */
function handedBlocks({ outputs, types }: Units, given: number): Map<number, number> {
  const handed = new Map<number, number>();
  for (const [k, { root, shape }] of outputs.entries()) {
    const isWhole = bytesOf({ dtype: at(types, root).dtype, shape }) === bytesOf(at(types, root));
    if (root >= given && isWhole && !handed.has(root)) handed.set(root, k);
  }
  return handed;
}

function readsOf({ units, outputs }: Units): Set<number> {
  return new Set([...units.flatMap((unit) => touchedBy(unit).reads), ...outputs.map(({ root }) => root)]);
}

/** The key of the room of unit `i`: where its kernels, its routine or its inner graphs work. */
export const roomKey = (i: number): string => `room ${i}`;

/** The key of what a nest keeps for a slot. */
export const nestRoomKey = (i: number, slot: number): string => `room ${i} ${slot}`;

/** The room that units need while they run. */
function roomsOf(
  { units, types }: Units,
  plans: ReadonlyMap<Unit, Schedule>,
  inner: ReadonlyMap<Unit, readonly Part[]>,
  kernels: Kernels,
): Lifetime[] {
  return units.flatMap((unit, i): Lifetime[] => {
    const during = (key: string, bytes: number): Lifetime => ({ key, bytes, from: i, to: i });
    switch (unit.kind) {
      case "product":
      case "convolution":
        return [during(roomKey(i), kernelRoom(unit, kernels, types))];
      case "routine":
        return [during(roomKey(i), routineRoom(unit, types))];
      case "control":
        return [during(roomKey(i), Math.max(0, ...(inner.get(unit) ?? []).map(({ layout }) => layout.end)))];
      case "reference":
        return [];
      case "nest": {
        const plan = plans.get(unit);
        if (plan === undefined) return [];
        const { gathered } = roomOf(plan);
        return [...gathered, ...keptRooms(plan)].map(([slot, bytes]) => during(nestRoomKey(i, slot), bytes));
      }
      default:
        return unit satisfies never;
    }
  });
}

/** All constants of inner graphs, each once, and the key of its place. */
export function innerConstants(inner: Part["inner"]): Map<Tensor, string> {
  const found = new Map<Tensor, string>();
  const visit = (part: Part): void => {
    for (const constant of part.constants.values())
      if (!found.has(constant)) found.set(constant, `constant ${found.size}`);
    for (const parts of part.inner.values()) parts.forEach(visit);
  };
  for (const parts of inner.values()) parts.forEach(visit);
  return found;
}

function lastingBlocks(inner: Part["inner"], end: number): Lifetime[] {
  return [...innerConstants(inner)].map(([constant, key]) => ({
    key,
    bytes: bytesOf({ dtype: constant.dtype, shape: constant.shape }),
    from: -1,
    to: end,
  }));
}
