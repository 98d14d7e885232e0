/** Joining the values of two branches: numbers by a select, arrays and objects member by member. */
import { Tensor, where } from "../../../tensor/index.ts";
import { kindOf, own } from "../data/owned.ts";
import { count } from "../operations/guarded.ts";
import { nameOf, refuse } from "../refuse.ts";
import type { Walker } from "../types.ts";
import { load } from "./version.ts";

const REMEDY = "let both branches give numbers, or arrays and objects of the same form";

/**
 * `condition ? yes : no` for values already computed.
 *
 * A number joined with nothing (`undefined`) is NaN there, which is what arithmetic would make of it.
 */
export function join(walker: Walker, condition: Tensor, yes: unknown, no: unknown): unknown {
  if (Object.is(yes, no)) return yes;
  const a = numeric(yes);
  const b = numeric(no);
  if (a !== undefined && b !== undefined && !(yes === undefined && no === undefined)) {
    return select(walker, condition, a, b);
  }
  if (isContainer(yes) && isContainer(no)) return joinContainers(walker, condition, yes, no);
  return refuse(
    walker,
    `a traced condition chooses between ${describe(yes)} and ${describe(no)}, which cannot be joined`,
    REMEDY,
  );
}

function select(
  walker: Walker,
  condition: Tensor,
  yes: number | boolean | Tensor,
  no: number | boolean | Tensor,
): Tensor {
  if (!sameShape(yes, no)) {
    refuse(walker, `a traced condition chooses between ${describe(yes)} and ${describe(no)}`, REMEDY);
  }
  count(walker);
  const truths = isTruth(yes) && isTruth(no);
  return truths ? where(condition, yes, no) : where(condition, arithmetic(yes), arithmetic(no));
}

function isTruth(value: number | boolean | Tensor): boolean {
  return typeof value === "boolean" || (value instanceof Tensor && value.dtype === "bool");
}

function arithmetic(value: number | boolean | Tensor): number | Tensor {
  if (typeof value === "boolean") return Number(value);
  return value instanceof Tensor && value.dtype === "bool" ? where(value, 1, 0) : value;
}

function numeric(value: unknown): number | boolean | Tensor | undefined {
  if (typeof value === "number" || typeof value === "boolean" || value instanceof Tensor) return value;
  return value === undefined ? Number.NaN : undefined;
}

function sameShape(a: number | boolean | Tensor, b: number | boolean | Tensor): boolean {
  const left = a instanceof Tensor ? a.shape : [];
  const right = b instanceof Tensor ? b.shape : [];
  return left.length === right.length && left.every((size, axis) => size === right[axis]);
}

function describe(value: unknown): string {
  if (value instanceof Tensor)
    return value.rank === 0 ? "a number" : `a tensor of shape [${value.shape.join(", ")}]`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return nameOf(value);
}

function isContainer(value: unknown): value is Record<string, unknown> | unknown[] {
  return (
    typeof value === "object" && value !== null && !(value instanceof Tensor) && !ArrayBuffer.isView(value)
  );
}

/** A joined array remembers the two it stands for, so that a later write through any of them reaches the others. */
function joinContainers(walker: Walker, condition: Tensor, yes: object, no: object): object {
  const joined: object = Array.isArray(yes) ? [] : {};
  const keys = Object.keys(yes);
  const others = Object.keys(no);
  const alike =
    Array.isArray(yes) === Array.isArray(no) && kindOf(walker, yes)?.name === kindOf(walker, no)?.name;
  if (!alike || keys.length !== others.length || !keys.every((key) => Object.hasOwn(no, key))) {
    const what =
      alike && Array.isArray(yes) ? `${describe(yes)} and ${describe(no)}` : "values of different form";
    refuse(walker, `a traced condition chooses between ${what}, which cannot be joined`, REMEDY);
  }
  own(walker, joined, kindOf(walker, yes));
  for (const key of keys) joinMember(walker, joined, condition, yes, no, key);
  walker.choicesMade += 1;
  walker.choices.set(joined, { order: walker.choicesMade, condition, yes, no });
  for (const side of [yes, no]) walker.chosen.set(side, [...(walker.chosen.get(side) ?? []), joined]);
  return joined;
}

/** Brings one member of a joined array or object up to date with the two it stands for. */
export function joinMember(
  walker: Walker,
  joined: object,
  condition: Tensor,
  yes: object,
  no: object,
  key: string,
): void {
  const merge = (c: Tensor, a: unknown, b: unknown): unknown => join(walker, c, a, b);
  const a = load(Reflect.get(yes, key), walker.mask, merge);
  const b = load(Reflect.get(no, key), walker.mask, merge);
  Reflect.set(joined, key, join(walker, condition, a, b));
}
