/**
 * What a variable or element holds after assignments under traced conditions: a list of versions, newest first, each
 * for the lanes of its mask. A read under a mask that saw the newest version gives it as it is, so that values known at
 * trace time stay known inside the branch; any other read joins the versions by the fewest selects.
 */
import { Tensor } from "../../../tensor/index.ts";
import { childToward, covers, disjoint, type Mask, meet, relative } from "./mask.ts";

/** Joins two values by a traced condition. */
export type Join = (condition: Tensor, yes: unknown, no: unknown) => unknown;

/** A value for the lanes of `mask`; for others, what was there before. */
export class Version {
  readonly mask: Mask;
  readonly value: unknown;
  readonly previous: Version | undefined;

  constructor(mask: Mask, value: unknown, previous: Version | undefined) {
    this.mask = mask;
    this.value = value;
    this.previous = previous;
  }
}

/** The new content of a slot after `value` is assigned under `mask`. */
export function store(slot: unknown, value: unknown, mask: Mask, created: Mask): unknown {
  if (covers(mask, created)) return value;
  let previous = slot instanceof Version ? slot : new Version(created, slot, undefined);
  while (previous.previous !== undefined && covers(mask, previous.mask)) previous = previous.previous;
  return new Version(mask, value, previous);
}

/** What a slot holds for the lanes of `mask`. */
export function load(slot: unknown, mask: Mask, join: Join): unknown {
  if (!(slot instanceof Version)) return slot;
  if (covers(slot.mask, mask)) return slot.value;
  const versions: Version[] = [];
  for (let at: Version | undefined = slot; at !== undefined; at = at.previous) versions.push(at);
  return resolve(versions, mask, { join, patience: PATIENCE });
}

/**
 * The same slot with the numbers of finished branches joined. A loop that reads its sum only inside branches would
 * otherwise join the versions of all rounds before again in every round.
 */
export function settle(slot: unknown, mask: Mask, join: Join): unknown {
  if (!(slot instanceof Version) || slot.previous === undefined || covers(slot.mask, mask)) return slot;
  if (disjoint(slot.mask, mask)) {
    const previous = settle(slot.previous, mask, join);
    return previous instanceof Version && previous !== slot.previous
      ? new Version(slot.mask, slot.value, previous)
      : slot;
  }
  const common = meet(slot.mask, mask);
  // Lanes that left early may hold what cannot be joined; under a split of `common` all its lanes were there.
  if (common === mask || childToward(common, mask).parts.length > 0) return slot;
  for (let at: Version | undefined = slot; at !== undefined; at = at.previous) {
    if (!isNumber(at.value)) return slot;
    if (covers(at.mask, common)) break;
  }
  const value = load(slot, common, join);
  let rest: Version | undefined = slot;
  while (rest !== undefined && covers(common, rest.mask)) rest = rest.previous;
  return new Version(common, value, rest);
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" || (value instanceof Tensor && value.rank === 0 && value.dtype !== "bool");
}

/** After so many steps the join goes on version by version: linear, where splitting at every condition might not be. */
const PATIENCE = 64;

interface Resolution {
  readonly join: Join;
  patience: number;
}

function resolve(versions: readonly Version[], mask: Mask, resolution: Resolution): unknown {
  const live = versions.filter((version) => !disjoint(version.mask, mask));
  const newest = live[0];
  if (newest === undefined) return undefined;
  if (covers(newest.mask, mask)) return newest.value;
  resolution.patience -= 1;
  if (resolution.patience < 0) return inOrder(live, mask, resolution.join);
  const { join } = resolution;
  const common = meet(newest.mask, mask);
  if (common === mask) {
    const side = childToward(mask, newest.mask);
    if (side.complement !== undefined && side.condition !== undefined) {
      const inside = resolve(live, side, resolution);
      const outside = resolve(live, side.complement, resolution);
      return side.negated ? join(side.condition, outside, inside) : join(side.condition, inside, outside);
    }
  } else {
    const union = childToward(common, mask);
    const last = union.parts.at(-1);
    if (last !== undefined) {
      const others = union.parts.slice(0, -1);
      const start = resolve(live, last, resolution);
      return others.reduce(
        (rest, part) => join(relative(part, common), resolve(live, part, resolution), rest),
        start,
      );
    }
  }
  return join(relative(newest.mask, common), newest.value, resolve(live.slice(1), mask, resolution));
}

/** From the oldest version that every lane of `mask` has seen, each newer one over it where it applies. */
function inOrder(versions: readonly Version[], mask: Mask, join: Join): unknown {
  const last = versions.findIndex((version) => covers(version.mask, mask));
  const over = last < 0 ? versions : versions.slice(0, last);
  return over.reduceRight<unknown>(
    (older, version) => join(relative(version.mask, meet(version.mask, mask)), version.value, older),
    last < 0 ? undefined : versions[last]?.value,
  );
}
