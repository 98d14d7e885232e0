/** `switch`: lanes enter at the case they match, fall through, and leave at `break`. */
import type { SwitchStatement } from "acorn";
import { collect } from "../branching/jumps.ts";
import { type Mask, NOBODY, regroup, split } from "../branching/mask.ts";
import { truth } from "../operations/guarded.ts";
import { operate } from "../operations/operators.ts";
import type { Scope, Walker } from "../types.ts";
import { hoist } from "./functions.ts";
import { innerScope } from "./scope.ts";

/** Runs a switch on a value that is known or traced. */
export function switchStatement(walker: Walker, node: SwitchStatement, outer: Scope): void {
  const value = walker.evaluate(node.discriminant, outer);
  const entry = walker.mask;
  const scope = innerScope(outer);
  const { frame } = scope;
  const start = frame.jumps.length;
  hoist(
    walker,
    node,
    node.cases.flatMap((clause) => clause.consequent),
    scope,
  );
  const { entering, unmatched } = match(walker, node, value, scope);
  const left: Mask[] = [unmatched];
  let active = NOBODY;
  for (const [i, clause] of node.cases.entries()) {
    const into = entering[i] ?? NOBODY;
    walker.mask =
      active === NOBODY || into === NOBODY
        ? active === NOBODY
          ? into
          : active
        : regroup(entry, true, [active, into]);
    for (const statement of clause.consequent) {
      if (walker.mask === NOBODY) break;
      walker.execute(statement, scope);
    }
    left.push(...collect(frame, start, (jump) => jump.kind === "break" && jump.label === undefined));
    active = walker.mask;
  }
  walker.mask = regroup(entry, frame.jumps.length > start, [active, ...left]);
}

/** Which lanes enter at each case; `default` takes what no case matched. */
function match(
  walker: Walker,
  node: SwitchStatement,
  value: unknown,
  scope: Scope,
): { entering: Mask[]; unmatched: Mask } {
  const entry = walker.mask;
  const entering: Mask[] = node.cases.map(() => NOBODY);
  let unmatched = entry;
  for (const [i, { test }] of node.cases.entries()) {
    if (test === undefined || test === null || unmatched === NOBODY) continue;
    walker.mask = unmatched;
    const wanted = walker.evaluate(test, scope);
    walker.node = test;
    const same = truth(walker, operate(walker, "===", value, wanted));
    if (same === true) {
      entering[i] = unmatched;
      unmatched = NOBODY;
    } else if (same !== false) {
      const sides = split(unmatched, same);
      entering[i] = sides.yes;
      unmatched = sides.no;
    }
  }
  walker.mask = entry;
  const otherwise = node.cases.findIndex(({ test }) => test === undefined || test === null);
  if (otherwise < 0) return { entering, unmatched };
  entering[otherwise] = unmatched;
  return { entering, unmatched: NOBODY };
}
