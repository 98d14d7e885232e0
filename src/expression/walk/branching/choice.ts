/**
 * Arrays and objects that stand for one of two by a traced condition. Which one a variable holds is not known, so a write
 * goes to both, each under its condition, and every choice that either takes part in is brought up to date. Choices of
 * choices share their ends; each container is visited once, whatever the number of ways that lead to it.
 */

import type { Choice, Walker } from "../types.ts";
import { joinMember } from "./join.ts";
import { type Mask, regroup, split } from "./mask.ts";

/** The containers that a write to `container` reaches, each with the lanes for which it is the one meant. */
export function targetsOf(walker: Walker, container: object): Map<object, Mask> {
  const outer = walker.mask;
  const arriving = new Map<object, Mask[]>([[container, [outer]]]);
  const targets = new Map<object, Mask>();
  const visit = (target: object, mask: Mask): void => {
    arriving.set(target, [...(arriving.get(target) ?? []), mask]);
  };
  for (const [choice, { condition, yes, no }] of choicesBelow(walker, container)) {
    const sides = split(regroup(outer, choice !== container, arriving.get(choice) ?? []), condition);
    visit(yes, sides.yes);
    visit(no, sides.no);
    arriving.delete(choice);
  }
  for (const [target, masks] of arriving) targets.set(target, regroup(outer, true, masks));
  return targets;
}

/** All choices that `container` may stand for, newest first: a choice is older than what chooses it. */
function choicesBelow(walker: Walker, container: object): [object, Choice][] {
  const found = new Map<object, Choice>();
  const pending = [container];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const choice = walker.choices.get(next);
    if (choice === undefined || found.has(next)) continue;
    found.set(next, choice);
    pending.push(choice.yes, choice.no);
  }
  return [...found].sort(([, a], [, b]) => b.order - a.order);
}

/** Brings the member `key` of all choices that `container` takes part in up to date. */
export function refresh(walker: Walker, container: object, key: string): void {
  const found = new Map<object, Choice>();
  const pending = [...(walker.chosen.get(container) ?? [])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const choice = walker.choices.get(next);
    if (choice === undefined || found.has(next)) continue;
    found.set(next, choice);
    pending.push(...(walker.chosen.get(next) ?? []));
  }
  const outer = walker.mask;
  for (const [joined, { condition, yes, no }] of [...found].sort(([, a], [, b]) => a.order - b.order)) {
    // The joined value must be right for every lane it was made for, not only for those that write now.
    walker.mask = walker.owned.get(joined)?.created ?? outer;
    joinMember(walker, joined, condition, yes, no, key);
  }
  walker.mask = outer;
}
