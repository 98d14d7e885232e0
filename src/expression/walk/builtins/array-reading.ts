/** Array methods that leave the array as it is. */
import { Tensor } from "../../../tensor/index.ts";
import { and, or } from "../branching/branch.ts";
import { truth } from "../operations/guarded.ts";
import { operate, text } from "../operations/operators.ts";
import { refuse } from "../refuse.ts";
import type { Builtin, Walker } from "../types.ts";
import { each, elements, indexArgument, listOf, made, refuseHole, requireFunction } from "./list.ts";

function knownTruth(walker: Walker, value: unknown, method: string): boolean {
  const condition = truth(walker, value);
  if (typeof condition === "boolean") return condition;
  const remedy = "weigh each element by a condition instead, as in `sum + (x > 0 ? x : 0)`";
  return refuse(
    walker,
    `\`${method}\` decides by a traced condition, so its result has no known form`,
    remedy,
  );
}

const map: Builtin = (walker, [f], self) => {
  const results: unknown[] = [];
  each(walker, self, f, (result) => {
    results.push(result);
    return true;
  });
  return made(walker, results, listOf(walker, self).kind);
};

const filter: Builtin = (walker, [f], self) => {
  const kept: unknown[] = [];
  each(walker, self, f, (result, element) => {
    if (knownTruth(walker, result, "filter")) kept.push(element);
    return true;
  });
  return made(walker, kept, listOf(walker, self).kind);
};

/** `reduce` from the left, or with `step` -1 from the right. */
function fold(step: 1 | -1): Builtin {
  return (walker, args, self) => {
    const list = listOf(walker, self);
    requireFunction(walker, args[0]);
    const order = Array.from({ length: list.length }, (_, i) => (step === 1 ? i : list.length - 1 - i));
    let result = args[1];
    if (args.length < 2) {
      const first = order.shift();
      if (first === undefined)
        return refuse(walker, "an empty array is reduced without a first value", "give one");
      result = list.at(first);
    }
    for (const i of order) {
      refuseHole(walker, list, i);
      result = walker.call(args[0], undefined, [result, list.at(i), i, self]);
    }
    return result;
  };
}

/** `every` and `some`: traced answers are combined, and what follows one is asked under its mask. */
function quantifier(join: typeof and, neutral: boolean): Builtin {
  return (walker, [f], self) => {
    const list = listOf(walker, self);
    requireFunction(walker, f);
    const from = (i: number): unknown => {
      if (i >= list.length) return neutral;
      const answer = truth(walker, walker.call(f, undefined, [list.at(i), i, self]));
      return join(walker, answer, () => from(i + 1));
    };
    return from(0);
  };
}

function search(
  name: string,
  step: 1 | -1,
  give: (element: unknown, index: number) => unknown,
  none: unknown,
): Builtin {
  return (walker, [f], self) => {
    const list = listOf(walker, self);
    requireFunction(walker, f);
    for (let n = 0; n < list.length; n++) {
      const i = step === 1 ? n : list.length - 1 - n;
      if (knownTruth(walker, walker.call(f, undefined, [list.at(i), i, self]), name))
        return give(list.at(i), i);
    }
    return none;
  };
}

function position(name: string, last: boolean): Builtin {
  return (walker, [wanted], self) => {
    const found = elements(listOf(walker, self)).map((element) => {
      if (name === "includes" && Object.is(element, wanted)) return true;
      return knownTruth(walker, operate(walker, "===", element, wanted), name);
    });
    const index = last ? found.lastIndexOf(true) : found.indexOf(true);
    return name === "includes" ? index >= 0 : index;
  };
}

const concat: Builtin = (walker, args, self) => {
  const joined = elements(listOf(walker, self));
  for (const arg of args) {
    if (Array.isArray(arg)) joined.push(...elements(listOf(walker, arg)));
    else joined.push(arg);
  }
  return made(walker, joined);
};

function flattened(walker: Walker, values: readonly unknown[], depth: number): unknown[] {
  const flat: unknown[] = [];
  for (const value of values) {
    if (depth < 1 || !Array.isArray(value)) flat.push(value);
    else for (const inner of flattened(walker, elements(listOf(walker, value)), depth - 1)) flat.push(inner);
  }
  return flat;
}

const slice: Builtin = (walker, [start, end], self) => {
  const list = listOf(walker, self);
  const from = indexArgument(walker, start, list.length, 0);
  const to = indexArgument(walker, end, list.length, list.length);
  return made(walker, elements(list).slice(from, to), list.kind);
};

const at: Builtin = (walker, [index], self) => {
  const list = listOf(walker, self);
  if (index instanceof Tensor && index.isTraced) {
    return refuse(walker, "an element is chosen by a traced number", "choose by a condition on each index");
  }
  const whole = Math.trunc(Number(index)) || 0;
  return list.at(whole < 0 ? list.length + whole : whole);
};

/** The methods, by name. */
export const readingMethods: Readonly<Record<string, Builtin>> = {
  map,
  filter,
  forEach: (walker, [f], self) => each(walker, self, f, () => true),
  reduce: fold(1),
  reduceRight: fold(-1),
  every: quantifier(and, true),
  some: quantifier(or, false),
  find: search("find", 1, (element) => element, undefined),
  findIndex: search("findIndex", 1, (_, index) => index, -1),
  findLast: search("findLast", -1, (element) => element, undefined),
  findLastIndex: search("findLastIndex", -1, (_, index) => index, -1),
  indexOf: position("indexOf", false),
  lastIndexOf: position("lastIndexOf", true),
  includes: position("includes", false),
  concat,
  slice,
  at,
  flat: (walker, [depth], self) =>
    made(walker, flattened(walker, elements(listOf(walker, self)), depth === undefined ? 1 : Number(depth))),
  flatMap: (walker, args, self) => {
    const mapped = map(walker, args, self);
    return made(walker, flattened(walker, elements(listOf(walker, mapped)), 1));
  },
  keys: (walker, _, self) =>
    made(
      walker,
      elements(listOf(walker, self)).map((_element, i) => i),
    ),
  values: (walker, _, self) => made(walker, elements(listOf(walker, self))),
  entries: (walker, _, self) =>
    made(
      walker,
      elements(listOf(walker, self)).map((element, i) => made(walker, [i, element])),
    ),
  join: (walker, [separator], self) => {
    const texts = elements(listOf(walker, self)).map((element) =>
      element === undefined || element === null ? "" : text(walker, element),
    );
    return texts.join(separator === undefined ? "," : text(walker, separator));
  },
  with: (walker, [index, value], self) => {
    const list = listOf(walker, self);
    const whole = Math.trunc(Number(index)) || 0;
    const at = whole < 0 ? list.length + whole : whole;
    if (index instanceof Tensor || at < 0 || at >= list.length)
      refuse(walker, "`with` replaces an element whose index is not one of the array's", "use a known index");
    return made(
      walker,
      elements(list).map((element, i) => (i === at ? value : element)),
      list.kind,
    );
  },
  toReversed: (walker, _, self) =>
    made(walker, elements(listOf(walker, self)).reverse(), listOf(walker, self).kind),
};
