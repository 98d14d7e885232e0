/** `Object`, `Array`, `Number` and the constructors of arrays. */
import {
  equal,
  isFinite as isFiniteTensor,
  isNaN as isNaNTensor,
  logicalAnd,
  Tensor,
  trunc,
} from "../../../tensor/index.ts";
import { setMember } from "../data/assigning.ts";
import { define } from "../data/containers.ts";
import { readMember } from "../data/elements.ts";
import { iterate } from "../data/iterate.ts";
import { kindOf, own, typedKind } from "../data/owned.ts";
import { toNumber } from "../operations/guarded.ts";
import { text } from "../operations/operators.ts";
import { nameOf, refuse } from "../refuse.ts";
import type { Builtin, TypedKind, Walker } from "../types.ts";
import { made } from "./list.ts";

/** The longest array that `new Array(n)` and its kin make. */
const LONGEST = 50_000_000;

function entriesOf(walker: Walker, value: unknown): [string, unknown][] {
  if (typeof value !== "object" || value === null || value instanceof Tensor) {
    return refuse(
      walker,
      `the keys of ${nameOf(value)} are listed`,
      "list those of a plain object or an array",
    );
  }
  return Object.keys(value).map((key) => [key, readMember(walker, value, key)]);
}

function fromEntries(walker: Walker, entries: Iterable<readonly [unknown, unknown]>): object {
  const object = own(walker, {});
  for (const [key, value] of entries) define(object, text(walker, key), value);
  return object;
}

const hasOwn: Builtin = (walker, [object, key]) => {
  if (typeof object !== "object" || object === null)
    return refuse(walker, `\`Object.hasOwn\` of ${nameOf(object)}`, "pass an object");
  return Object.hasOwn(object, text(walker, key));
};

/** `Object.name` for the listed names. */
export const objectFunctions: Readonly<Record<string, Builtin>> = {
  keys: (walker, [value]) =>
    own(
      walker,
      entriesOf(walker, value).map(([key]) => key),
    ),
  values: (walker, [value]) =>
    own(
      walker,
      entriesOf(walker, value).map(([, member]) => member),
    ),
  entries: (walker, [value]) =>
    own(
      walker,
      entriesOf(walker, value).map((entry) => own(walker, entry)),
    ),
  fromEntries: (walker, [list]) =>
    fromEntries(
      walker,
      iterate(walker, list).map((entry) => {
        const [key, value] = iterate(walker, entry);
        return [key, value] as const;
      }),
    ),
  hasOwn,
  is: (walker, [a, b]) => {
    if (!(a instanceof Tensor) && !(b instanceof Tensor)) return Object.is(a, b);
    return refuse(walker, "`Object.is` is asked of a traced number", "use ===");
  },
  freeze: (_walker, [value]) => value,
  assign: (walker, [target, ...sources]) => {
    for (const source of sources) {
      if (source === undefined || source === null) continue;
      for (const [key, value] of entriesOf(walker, source)) setMember(walker, target, key, value);
    }
    return target;
  },
};

function lengthOf(walker: Walker, value: unknown): number {
  const length = value instanceof Tensor && !value.isTraced ? value.item() : value;
  if (typeof length === "number" && Number.isInteger(length) && length >= 0 && length <= LONGEST)
    return length;
  const what = length instanceof Tensor ? "a traced number" : nameOf(length);
  return refuse(
    walker,
    `the length of a new array is ${what}`,
    `use a whole number known while tracing, at most ${LONGEST}`,
  );
}

/** What `Array.from` takes: something with elements, or `{ length: n }`. */
function itemsOf(walker: Walker, source: unknown): readonly unknown[] {
  if (typeof source !== "object" || source === null || Array.isArray(source)) return iterate(walker, source);
  if (source instanceof Tensor || ArrayBuffer.isView(source)) return iterate(walker, source);
  const length = lengthOf(walker, readMember(walker, source, "length"));
  return Array.from({ length }, (_, i) => readMember(walker, source, i));
}

function from(walker: Walker, source: unknown, f: unknown, kind: TypedKind | undefined): unknown[] {
  const items = itemsOf(walker, source);
  const values = f === undefined ? [...items] : items.map((item, i) => walker.call(f, undefined, [item, i]));
  return made(walker, values, kind);
}

/** `Array(n)` and `Array(a, b, …)`. */
export const arrayConstructor: Builtin = (walker, args) => {
  if (args.length !== 1 || (typeof args[0] !== "number" && !(args[0] instanceof Tensor)))
    return own(walker, [...args]);
  return own(walker, new Array<unknown>(lengthOf(walker, args[0])));
};

/** `Array.name` for the listed names. */
export const arrayFunctions: Readonly<Record<string, Builtin>> = {
  isArray: (walker, [value]) => Array.isArray(value) && kindOf(walker, value) === undefined,
  from: (walker, [source, f]) => from(walker, source, f, undefined),
  of: (walker, args) => own(walker, [...args]),
};

/** `new Float64Array(…)` and its kin: plain arrays that remember what they stand for. */
export function typedConstructor(name: string): Builtin {
  return (walker, [source]) => {
    const kind = typedKind(name);
    if (source === undefined) return made(walker, [], kind);
    if (typeof source !== "object" || (source instanceof Tensor && source.rank === 0)) {
      return made(walker, new Array<unknown>(lengthOf(walker, source)).fill(0), kind);
    }
    return from(walker, source, undefined, kind);
  };
}

/** All typed arrays share one `from` and one `of`: which is meant, the object before the dot says. */
function typeName(self: unknown, name: string): string {
  return typeof self === "function" ? self.name : name;
}

/** `Float64Array.from` and `Float64Array.of`. */
export function typedFunctions(name: string): Readonly<Record<string, Builtin>> {
  return {
    from: (walker, [source, f], self) => from(walker, source, f, typedKind(typeName(self, name))),
    of: (walker, args, self) => made(walker, [...args], typedKind(typeName(self, name))),
  };
}

function test(known: (value: unknown) => boolean, traced: (x: Tensor) => Tensor): Builtin {
  return (_walker, [value]) => (value instanceof Tensor ? traced(value) : known(value));
}

/** `Number.name` for the listed names. */
export const numberFunctions: Readonly<Record<string, Builtin>> = {
  isFinite: test(Number.isFinite, isFiniteTensor),
  isNaN: test(Number.isNaN, isNaNTensor),
  isInteger: test(Number.isInteger, (x) => logicalAnd(isFiniteTensor(x), equal(trunc(x), x))),
  isSafeInteger: (walker, [value]) =>
    value instanceof Tensor
      ? refuse(walker, "`Number.isSafeInteger` is asked of a traced number", "use Number.isInteger")
      : Number.isSafeInteger(value),
  parseFloat: (walker, [value]) => (value instanceof Tensor ? value : Number.parseFloat(text(walker, value))),
  parseInt: (walker, [value, radix]) =>
    Number.parseInt(text(walker, value), radix === undefined ? undefined : Number(radix)),
};

/** The global `isNaN` and `isFinite`, which convert first. */
export const globalTests: Readonly<Record<string, Builtin>> = {
  isNaN: (walker, [value]) => test(Number.isNaN, isNaNTensor)(walker, [toNumber(walker, value)], undefined),
  isFinite: (walker, [value]) =>
    test(Number.isFinite, isFiniteTensor)(walker, [toNumber(walker, value)], undefined),
};
