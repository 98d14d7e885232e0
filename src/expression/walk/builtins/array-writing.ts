/** Array methods that change the array. Those that change its length need a length that no traced condition decides. */
import { Tensor } from "../../../tensor/index.ts";
import { resizable, writable, writeMember } from "../data/elements.ts";
import { text } from "../operations/operators.ts";
import { nameOf, refuse } from "../refuse.ts";
import type { Builtin, Walker } from "../types.ts";
import { elements, indexArgument, listOf, made } from "./list.ts";

function growing(walker: Walker, self: unknown, verb: string): unknown[] {
  if (!Array.isArray(self))
    return refuse(walker, `\`${verb}\` is called on ${nameOf(self)}`, "use a plain array");
  resizable(walker, self, verb);
  return self;
}

/** Replaces all elements at once, under the present mask. */
function rewrite(walker: Walker, self: unknown, values: readonly unknown[]): unknown {
  if (!Array.isArray(self))
    return refuse(walker, `${nameOf(self)} from outside is written to`, "copy it first");
  writable(walker, self);
  for (const [i, value] of values.entries()) writeMember(walker, self, i, value);
  return self;
}

const fill: Builtin = (walker, [value, start, end], self) => {
  const list = listOf(walker, self);
  const from = indexArgument(walker, start, list.length, 0);
  const to = indexArgument(walker, end, list.length, list.length);
  if (!Array.isArray(self))
    return refuse(walker, `${nameOf(self)} from outside is written to`, "copy it first");
  for (let i = from; i < to; i++) writeMember(walker, self, i, value);
  return self;
};

const splice: Builtin = (walker, args, self) => {
  const array = growing(walker, self, "splice");
  const start = indexArgument(walker, args[0], array.length, 0);
  const rest = array.length - start;
  const removed = args.length === 0 ? 0 : args.length === 1 ? rest : indexArgument(walker, args[1], rest, 0);
  return made(walker, array.splice(start, removed, ...args.slice(2)));
};

/** Sorted copies: only known values have an order while tracing. */
function sorted(walker: Walker, self: unknown, comparator: unknown): unknown[] {
  const list = listOf(walker, self);
  const values = elements(list);
  const traced = "an array is sorted by traced numbers";
  if (comparator !== undefined) {
    return values.sort((a, b) => {
      const order = walker.call(comparator, undefined, [a, b]);
      if (!(order instanceof Tensor)) return Number(order);
      return refuse(walker, traced, "use the tensor operation `sort`");
    });
  }
  if (values.some((value) => value instanceof Tensor))
    refuse(walker, traced, "use the tensor operation `sort`");
  if (list.kind !== undefined) return values.sort((a, b) => Number(a) - Number(b));
  const keyed = values.map((value) => ({ value, key: text(walker, value) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ value }) => value);
}

/** The methods, by name. */
export const writingMethods: Readonly<Record<string, Builtin>> = {
  push: (walker, args, self) => growing(walker, self, "push").push(...args),
  pop: (walker, _, self) => takeOut(walker, growing(walker, self, "pop"), "pop"),
  shift: (walker, _, self) => takeOut(walker, growing(walker, self, "shift"), "shift"),
  unshift: (walker, args, self) => growing(walker, self, "unshift").unshift(...args),
  splice,
  fill,
  reverse: (walker, _, self) => rewrite(walker, self, elements(listOf(walker, self)).reverse()),
  sort: (walker, [comparator], self) => rewrite(walker, self, sorted(walker, self, comparator)),
  toSorted: (walker, [comparator], self) =>
    made(walker, sorted(walker, self, comparator), listOf(walker, self).kind),
  set: (walker, [source, offset], self) => {
    const from = offset === undefined ? 0 : Number(offset);
    if (!Array.isArray(self) || writable(walker, self).kind === undefined) {
      return refuse(
        walker,
        `\`set\` is called on ${nameOf(self)}`,
        "use it on a typed array made in the function",
      );
    }
    const values = elements(listOf(walker, source));
    if (from + values.length > self.length)
      refuse(walker, "`set` writes past the end of the array", "make it longer");
    for (const [i, value] of values.entries()) writeMember(walker, self, from + i, value);
    return undefined;
  },
};

function takeOut(walker: Walker, array: unknown[], end: "pop" | "shift"): unknown {
  if (array.length === 0) return undefined;
  // Read before removing, so that versions written under other masks are joined.
  const value = listOf(walker, array).at(end === "pop" ? array.length - 1 : 0);
  array[end]();
  return value;
}
