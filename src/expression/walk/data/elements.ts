/** Reading and writing members of arrays and objects, under the present mask. */
import { Tensor } from "../../../tensor/index.ts";
import { refresh, targetsOf } from "../branching/choice.ts";
import { join } from "../branching/join.ts";
import { covers } from "../branching/mask.ts";
import { load, store, Version } from "../branching/version.ts";
import { nameOf, refuse } from "../refuse.ts";
import type { Owned, Walker } from "../types.ts";

/** The own data member `key`, for the lanes being followed; undefined when there is none. */
export function readMember(walker: Walker, container: object, key: PropertyKey): unknown {
  if (!walker.owned.has(container)) return readForeign(walker, container, key);
  if (!Object.hasOwn(container, key)) return undefined;
  const slot: unknown = Reflect.get(container, key);
  return slot instanceof Version ? readVersions(walker, container, key, slot) : slot;
}

function readVersions(walker: Walker, container: object, key: PropertyKey, slot: Version): unknown {
  const value = load(slot, walker.mask, (condition, yes, no) => join(walker, condition, yes, no));
  const created = walker.owned.get(container)?.created ?? walker.mask;
  Reflect.set(container, key, store(slot, value, walker.mask, created));
  return value;
}

/** Members of arrays and objects from outside: data only, so that reading never runs anybody's code. */
function readForeign(walker: Walker, container: object, key: PropertyKey): unknown {
  if (ArrayBuffer.isView(container))
    return Object.hasOwn(container, key) ? Reflect.get(container, key) : undefined;
  const found = Object.getOwnPropertyDescriptor(container, key);
  if (found === undefined) return undefined;
  if ("value" in found) return found.value;
  return refuse(walker, `\`${String(key)}\` is computed by a getter`, "pass its value as plain data");
}

/** The note of a container that may be written to. */
export function writable(walker: Walker, container: object): Owned {
  const note = walker.owned.get(container);
  if (note !== undefined) return note;
  const what = ArrayBuffer.isView(container) ? "a typed array" : nameOf(container);
  return refuse(walker, `${what} from outside is written to`, "copy it first and write to the copy");
}

/** Assigns a member that exists or may be added. */
export function writeMember(walker: Walker, container: object, key: string | number, value: unknown): void {
  const note = writable(walker, container);
  const stored = note.kind === undefined ? value : convert(walker, note, value);
  if (walker.choices.has(container)) {
    const outer = walker.mask;
    for (const [target, mask] of targetsOf(walker, container)) {
      walker.mask = mask;
      writeOne(walker, target, key, stored);
    }
    walker.mask = outer;
  } else {
    writeOne(walker, container, key, stored);
  }
}

function writeOne(walker: Walker, container: object, key: string | number, value: unknown): void {
  const note = writable(walker, container);
  const slot: unknown = Object.hasOwn(container, key) ? Reflect.get(container, key) : undefined;
  Reflect.set(container, key, store(slot, value, walker.mask, note.created));
  if (walker.chosen.has(container)) refresh(walker, container, String(key));
}

function convert(walker: Walker, note: Owned, value: unknown): unknown {
  const { kind } = note;
  if (kind === undefined || value instanceof Version) return value;
  if (value instanceof Tensor) {
    if (kind.isFloat64 && value.dtype !== "bool") return value;
    if (kind.isFloat64) return value;
    return refuse(
      walker,
      `a traced number is stored in a ${kind.name}, which would round it`,
      "use a Float64Array or a plain array",
    );
  }
  return kind.convert(Number(value));
}

/** Refuses to change the length of an array for some lanes only, or of one that stands for two. */
export function resizable(walker: Walker, array: unknown[], verb: string): void {
  const note = writable(walker, array);
  if (note.kind !== undefined) {
    refuse(walker, `\`${verb}\` would change the length of a ${note.kind.name}`, "use a plain array");
  }
  if (!covers(walker.mask, note.created) || walker.choices.has(array) || walker.chosen.has(array)) {
    refuse(
      walker,
      `\`${verb}\` would change the length of an array under a traced condition`,
      "give the array its length first and assign its elements",
    );
  }
}

/** All elements of an array of the walk or from outside, for the lanes being followed. */
export function elementsOf(walker: Walker, array: readonly unknown[]): unknown[] {
  const elements: unknown[] = [];
  for (let i = 0; i < array.length; i++) elements.push(readMember(walker, array, i));
  return elements;
}
