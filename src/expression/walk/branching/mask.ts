/**
 * Masks: which lanes of a branch on a traced value are being followed.
 *
 * A function walked with traced values follows both sides of a traced condition. The mask says for which values of the
 * condition the present statement would have been reached. Masks form a tree: the root is "always"; a split has two
 * complementary children; a union gathers what is left of several branches after an early exit from some.
 */
import { logicalAnd, logicalNot, logicalOr, type Tensor } from "../../../tensor/index.ts";

/** A node of the tree of masks: its parent's lanes, and of these the ones where `condition` is (or is not) true. */
export interface Mask {
  readonly parent: Mask | undefined;
  readonly depth: number;
  /** An ancestor further up, so that ancestors are found in O(log depth). Myers (1983), "skew-binary jump pointers". */
  readonly skip: Mask | undefined;
  /** Relative to the parent; undefined at the root. */
  readonly condition: Tensor | undefined;
  readonly negated: boolean;
  /** The other side of the split; undefined for the root and for unions. */
  complement: Mask | undefined;
  /** The disjoint masks a union is made of. */
  readonly parts: readonly Mask[];
  /** The conjunctions up to ancestors, as far as they were needed. */
  readonly relatives: Map<Mask, Tensor>;
  /** The splits made so far, so that the same condition gives the same children. */
  readonly splits: Map<Tensor, Split>;
}

/** The two sides of a condition. */
export interface Split {
  readonly yes: Mask;
  readonly no: Mask;
}

function makeMask(
  parent: Mask | undefined,
  condition?: Tensor,
  negated = false,
  parts: readonly Mask[] = [],
): Mask {
  const up = parent?.skip;
  const even =
    parent !== undefined && up?.skip !== undefined && parent.depth - up.depth === up.depth - up.skip.depth;
  return {
    parent,
    depth: parent === undefined ? 0 : parent.depth + 1,
    skip: even ? up?.skip : parent,
    condition,
    negated,
    complement: undefined,
    parts,
    relatives: new Map(),
    splits: new Map(),
  };
}

/** "Always": the mask a walk begins with. */
export function rootMask(): Mask {
  return makeMask(undefined);
}

/** "Never": what is left after every lane has returned, broken out or continued. */
export const NOBODY: Mask = makeMask(undefined);

/** Both sides of a traced condition under `mask`. */
export function split(mask: Mask, condition: Tensor): Split {
  const known = mask.splits.get(condition);
  if (known !== undefined) return known;
  const yes = makeMask(mask, condition);
  const no = makeMask(mask, condition, true);
  yes.complement = no;
  no.complement = yes;
  const sides = { yes, no };
  mask.splits.set(condition, sides);
  return sides;
}

/** The lanes that are together again: all of `base` when none was lost on the way, else what is left in the groups. */
export function regroup(base: Mask, lost: boolean, groups: readonly Mask[]): Mask {
  if (!lost) return base;
  const alive = groups.filter((group) => group !== NOBODY);
  const first = alive[0];
  if (first === undefined) return NOBODY;
  if (alive.length === 1) return first;
  const condition = alive.map((part) => relative(part, base)).reduce((a, b) => logicalOr(a, b));
  return makeMask(base, condition, false, alive);
}

function ancestorAt(mask: Mask, depth: number): Mask {
  let at = mask;
  while (at.depth > depth) {
    const next = at.skip !== undefined && at.skip.depth >= depth ? at.skip : at.parent;
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

/** The mask everything began with. */
export function rootOf(mask: Mask): Mask {
  return ancestorAt(mask, 0);
}

/** Whether `outer` is `inner` or an ancestor of it, so that whatever holds for its lanes holds for inner's. */
export function covers(outer: Mask, inner: Mask): boolean {
  return outer === inner || (outer.depth < inner.depth && ancestorAt(inner, outer.depth) === outer);
}

/** The nearest common ancestor. */
export function meet(a: Mask, b: Mask): Mask {
  let left = ancestorAt(a, b.depth);
  let right = ancestorAt(b, a.depth);
  while (left !== right) {
    const apart = left.skip !== right.skip;
    const up = apart ? left.skip : left.parent;
    const over = apart ? right.skip : right.parent;
    if (up === undefined || over === undefined) return left;
    left = up;
    right = over;
  }
  return left;
}

/** The child of `ancestor` on the way to its strict descendant `mask`. */
export function childToward(ancestor: Mask, mask: Mask): Mask {
  return ancestorAt(mask, ancestor.depth + 1);
}

/** Whether the two can be told apart by a split alone: they lie on the two sides of one condition. */
export function disjoint(a: Mask, b: Mask): boolean {
  const common = meet(a, b);
  if (common === a || common === b) return false;
  return childToward(common, a).complement === childToward(common, b);
}

function literal(mask: Mask, condition: Tensor): Tensor {
  return mask.negated ? logicalNot(condition) : condition;
}

/** The condition that puts a lane of `ancestor` into its strict descendant `mask`; made once for each pair. */
export function relative(mask: Mask, ancestor: Mask): Tensor {
  const missing: Mask[] = [];
  let at = mask;
  while (at !== ancestor && !at.relatives.has(ancestor)) {
    missing.push(at);
    if (at.parent === undefined) break;
    at = at.parent;
  }
  let condition = at.relatives.get(ancestor);
  for (const next of missing.reverse()) {
    if (next.condition === undefined) continue;
    const own = literal(next, next.condition);
    condition = condition === undefined ? own : logicalAnd(condition, own);
    next.relatives.set(ancestor, condition);
  }
  if (condition === undefined) throw new RangeError("a mask has no condition relative to itself");
  return condition;
}
