/** Loops. Lanes that break out under a traced condition wait at the end; the others go on under the narrower mask. */
import type {
  DoWhileStatement,
  Expression,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  Pattern,
  Statement,
  VariableDeclaration,
  WhileStatement,
} from "acorn";
import { collect } from "../branching/jumps.ts";
import { type Mask, NOBODY, regroup, split } from "../branching/mask.ts";
import { readMember } from "../data/elements.ts";
import { iterate } from "../data/iterate.ts";
import { truth } from "../operations/guarded.ts";
import { nameOf, refuse } from "../refuse.ts";
import type { Frame, Scope, Walker } from "../types.ts";
import { tick } from "./functions.ts";
import { makesClosures, namesIn } from "./hoist.ts";
import { bind } from "./patterns.ts";
import { copyScope, declare, innerScope } from "./scope.ts";

/** Rounds of a loop that only a traced condition ends; beyond it the loop is taken to have no bound. */
const MOST_OPEN_ROUNDS = 1000;

/** One loop, whatever it was written as. */
interface Loop {
  readonly labels: readonly string[];
  /** Absent: always true. */
  readonly test: (() => unknown) | undefined;
  readonly body: () => void;
  readonly update: () => void;
  readonly bodyFirst?: boolean;
}

/** Goes round until the test is known to be false or no lane is left. */
function run(walker: Walker, frame: Frame, loop: Loop): void {
  const at = walker.node;
  const entry = walker.mask;
  const start = frame.jumps.length;
  const left: Mask[] = [];
  const ours = (label: string | undefined): boolean => label === undefined || loop.labels.includes(label);
  let skipTest = loop.bodyFirst === true;
  for (let open = 0; ; ) {
    tick(walker);
    const answer = skipTest || loop.test === undefined ? true : truth(walker, loop.test());
    if (answer === false) break;
    if (answer !== true) {
      const sides = split(walker.mask, answer);
      left.push(sides.no);
      walker.mask = sides.yes;
    }
    skipTest = false;
    const known = answer === true && loop.test !== undefined;
    if (!known && walker.mask !== entry && ++open > MOST_OPEN_ROUNDS) refuseOpen(walker, at);
    const round = walker.mask;
    const before = frame.jumps.length;
    loop.body();
    if (frame.jumps.length > before) {
      const next = collect(frame, before, (jump) => jump.kind === "continue" && ours(jump.label));
      const lost = frame.jumps.length > before;
      left.push(...collect(frame, before, (jump) => jump.kind === "break" && ours(jump.label)));
      walker.mask = regroup(round, lost, [walker.mask, ...next]);
    }
    if (walker.mask === NOBODY) break;
    loop.update();
  }
  walker.mask = regroup(entry, frame.jumps.length > start, [walker.mask, ...left]);
}

function refuseOpen(walker: Walker, at: Walker["node"]): never {
  walker.node = at;
  return refuse(
    walker,
    "only a traced condition ends this loop, so the number of its rounds is not known while tracing",
    "give it a known bound, as in `for (let k = 0; k < 50; k++)`, or use whileLoop",
  );
}

const nothing = (): void => undefined;

/** `while (test) body`. */
export function whileLoop(
  walker: Walker,
  node: WhileStatement,
  scope: Scope,
  labels: readonly string[],
): void {
  run(walker, scope.frame, {
    labels,
    test: testOf(walker, node.test, () => scope),
    body: () => walker.execute(node.body, scope),
    update: nothing,
  });
}

/** `do body while (test)`. */
export function doLoop(
  walker: Walker,
  node: DoWhileStatement,
  scope: Scope,
  labels: readonly string[],
): void {
  run(walker, scope.frame, {
    labels,
    test: testOf(walker, node.test, () => scope),
    body: () => walker.execute(node.body, scope),
    update: nothing,
    bodyFirst: true,
  });
}

/** A literal test says no more than an absent one. */
function testOf(
  walker: Walker,
  test: Expression | null | undefined,
  scope: () => Scope,
): (() => unknown) | undefined {
  if (test === undefined || test === null) return undefined;
  if (test.type === "Literal" && test.value) return undefined;
  if (
    test.type === "UnaryExpression" &&
    test.operator === "!" &&
    test.argument.type === "Literal" &&
    !test.argument.value
  ) {
    return undefined;
  }
  return () => walker.evaluate(test, scope());
}

/** `for (init; test; update) body`, with fresh variables each round when closures could tell. */
export function forLoop(walker: Walker, node: ForStatement, outer: Scope, labels: readonly string[]): void {
  const { init, test, update, body } = node;
  let scope = outer;
  if (init?.type === "VariableDeclaration") {
    scope = loopScope(walker, init, outer);
    walker.execute(init, scope);
  } else if (init !== undefined && init !== null) {
    walker.perform(init, scope);
  }
  const renew = scope !== outer && makesClosures(node);
  run(walker, scope.frame, {
    labels,
    test: testOf(walker, test, () => scope),
    body: () => walker.execute(body, scope),
    update: () => {
      if (renew) scope = copyScope(walker, scope);
      if (update !== undefined && update !== null) walker.perform(update, scope);
    },
  });
}

function loopScope(walker: Walker, node: VariableDeclaration, outer: Scope): Scope {
  if (node.kind === "var") return outer;
  const scope = innerScope(outer);
  const kind = node.kind === "let" ? "let" : "const";
  for (const { id } of node.declarations) {
    for (const name of namesIn(id)) declare(scope, name, kind, walker.mask, undefined, false);
  }
  return scope;
}

/** `for (const x of xs) body`; an array that grows meanwhile is followed to its end. */
export function forOfLoop(
  walker: Walker,
  node: ForOfStatement,
  scope: Scope,
  labels: readonly string[],
): void {
  if (node.await) refuse(walker, "`for await` is outside the subset", "get the data first");
  const list = walker.evaluate(node.right, scope);
  walker.node = node.right;
  if (!Array.isArray(list)) {
    overValues(walker, node, node.body, iterate(walker, list), scope, labels);
    return;
  }
  let i = 0;
  run(walker, scope.frame, {
    labels,
    test: () => i < list.length,
    body: () => round(walker, node.left, node.body, readMember(walker, list, i++), scope),
    update: nothing,
  });
}

/** `for (const key in object) body`: the object's own keys. */
export function forInLoop(
  walker: Walker,
  node: ForInStatement,
  scope: Scope,
  labels: readonly string[],
): void {
  const object = walker.evaluate(node.right, scope);
  walker.node = node.right;
  if (object === undefined || object === null) return;
  if (typeof object !== "object") {
    refuse(walker, `the keys of ${nameOf(object)} are listed`, "use for...of");
  }
  overValues(walker, node, node.body, Object.keys(object), scope, labels);
}

function overValues(
  walker: Walker,
  node: ForOfStatement | ForInStatement,
  body: Statement,
  values: readonly unknown[],
  scope: Scope,
  labels: readonly string[],
): void {
  let i = 0;
  run(walker, scope.frame, {
    labels,
    test: () => i < values.length,
    body: () => round(walker, node.left, body, values[i++], scope),
    update: nothing,
  });
}

function round(
  walker: Walker,
  left: VariableDeclaration | Pattern,
  body: Statement,
  value: unknown,
  outer: Scope,
): void {
  let scope = outer;
  if (left.type !== "VariableDeclaration") bind(walker, scope, left, value, "assign");
  else {
    const target = left.declarations[0]?.id;
    if (left.kind === "using" || left.kind === "await using" || target === undefined) {
      refuse(walker, "`using` is outside the subset", "use const");
    }
    scope = loopScope(walker, left, outer);
    bind(walker, scope, target, value, left.kind);
  }
  walker.execute(body, scope);
}
