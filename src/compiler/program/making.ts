/** Planned graphs in the memory of one program: every block has its address. */
import { at } from "../../core/exactly.ts";
import type { Kernels } from "../../kernels/index.ts";
import type { NdArray, TensorType } from "../../tensor/array.ts";
import type { RunGraph } from "../../tensor/primitives/types.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Control, Unit } from "../fuse/nest.ts";
import type { Place } from "../fuse/place.ts";
import { elementSize } from "../loops/memory.ts";
import { innerConstants, type Part, roomKey } from "./part.ts";
import type { Store } from "./store.ts";

/** A planned graph in its place. */
export interface Making extends Pick<Part, "graph" | "units" | "plans" | "shared" | "constants" | "reads"> {
  /** The byte at which a block lies. */
  readonly address: (root: number) => number;
  /** The byte at which a room lies. */
  readonly room: (key: string) => number;
  readonly inner: ReadonlyMap<Unit, readonly Making[]>;
  readonly store: Store;
  readonly kernels: Kernels;
  /** Values whose size is known only when they are there. */
  readonly unsized: Map<number, NdArray>;
  readonly run: RunGraph;
}

/** What all graphs of a program share. */
export type Shared = Pick<Making, "store" | "kernels" | "run">;

/** Where the blocks lie that a graph does not keep in its own region; undefined for those that it does. */
type Outside = (root: number) => number | undefined;

/** Gives the program and all graphs inside of it their places. */
export function placeProgram(part: Part, shared: Shared): Making {
  const constants = innerConstants(part.inner);
  const constantAddress = (constant: Tensor): number =>
    addressIn(part, constants.get(constant) ?? "no constant", 0);
  return placePart(part, 0, () => undefined, constantAddress, shared);
}

function placePart(
  part: Part,
  base: number,
  outside: Outside,
  constantAddress: (constant: Tensor) => number,
  shared: Shared,
): Making {
  const address = (root: number): number => {
    const block = part.shared.get(root) ?? root;
    return outside(block) ?? addressIn(part, block, base);
  };
  const room = (key: string): number => addressIn(part, key, base);
  const making = { ...shared, ...part, address, room, unsized: new Map<number, NdArray>() };
  const inner = new Map<Unit, readonly Making[]>();
  for (const [i, unit] of part.units.units.entries()) {
    if (unit.kind !== "control") continue;
    const handedIn = inputAddresses(unit, part.units.types, address);
    const placed = (part.inner.get(unit) ?? []).map((body, k): Making => {
      const around = (root: number): number | undefined => {
        const constant = body.constants.get(root);
        if (constant !== undefined) return constantAddress(constant);
        const output = body.handed.get(root);
        return output === undefined ? handedIn(k, root) : address(unit.step.first + output);
      };
      return placePart(body, room(roomKey(i)), around, constantAddress, shared);
    });
    inner.set(unit, placed);
  }
  return { ...making, inner };
}

function addressIn({ layout }: Part, key: string | number, base: number): number {
  const address = layout.addresses.get(key);
  if (address === undefined) throw new RangeError(`block ${key} has no place in the memory`);
  return base + address;
}

/** Where the inputs of inner graphs lie: carries in the blocks of the results that they become, all else in those of the operands. */
function inputAddresses(
  { step, operands }: Control,
  types: readonly TensorType[],
  address: (root: number) => number,
): (graph: number, input: number) => number | undefined {
  const operandAt = (operand: number): number | undefined => {
    const place = operands[operand];
    return place && byteOf(place, types, address);
  };
  if (step.primitive === "cond") return (_, input) => operandAt(input + 1);
  const rows = step.primitive === "scan" ? step.params.scanned : 0;
  const { carries } = step.params;
  const count = operands.length;
  return (_, input) => {
    if (input < carries) return address(step.first + input);
    return input < carries + rows || input >= count ? undefined : operandAt(input);
  };
}

/** The byte at which the first element of a place lies. */
export function byteOf(
  { root, offset }: Place,
  types: readonly TensorType[],
  address: (root: number) => number,
): number {
  return address(root) + offset * elementSize[at(types, root).dtype];
}

/** A block as it lies in the memory. */
export function view({ store, units, address }: Making, root: number): NdArray {
  return store.view(at(units.types, root), address(root));
}

/** The value at a place that is one run of elements. */
export function valueAt({ unsized, store, units, address }: Making, place: Place): NdArray {
  const held = unsized.get(place.root);
  if (held !== undefined) return held;
  const { dtype } = at(units.types, place.root);
  return store.view({ dtype, shape: place.shape }, byteOf(place, units.types, address));
}
