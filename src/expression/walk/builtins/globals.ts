/** The global names walked code may use, each a value that only this table gives a meaning. */
import { Tensor } from "../../../tensor/index.ts";
import { release } from "../data/containers.ts";
import { toNumber, truth } from "../operations/guarded.ts";
import { text } from "../operations/operators.ts";
import type { Builtin } from "../types.ts";
import { arrayBuiltins } from "./array.ts";
import { mathBuiltins } from "./math.ts";
import {
  arrayConstructor,
  arrayFunctions,
  globalTests,
  numberFunctions,
  objectFunctions,
  typedConstructor,
  typedFunctions,
} from "./objects.ts";

/** A name that was found; wrapped, because its value may be undefined. */
export interface Found {
  readonly value: unknown;
}

const functions = new Map<unknown, Builtin>(arrayBuiltins);
const constructors = new Map<unknown, Builtin>();
const members = new Map<unknown, Map<string | number, unknown>>();
const globals = new Map<string, Found>([
  ["undefined", { value: undefined }],
  ["NaN", { value: Number.NaN }],
  ["Infinity", { value: Number.POSITIVE_INFINITY }],
]);

/** Lists a global object: its members that are functions are carried out by the table, its constants read. */
function list(
  name: string,
  carriedOut: Iterable<readonly [string, Builtin]>,
  constants: readonly string[] = [],
): void {
  const value: unknown = Reflect.get(globalThis, name);
  const table = new Map<string | number, unknown>();
  for (const [member, builtin] of carriedOut) {
    const own: unknown = Reflect.get(Object(value), member);
    if (typeof own !== "function") continue;
    functions.set(own, builtin);
    table.set(member, own);
  }
  for (const member of constants) table.set(member, Reflect.get(Object(value), member));
  members.set(value, table);
  globals.set(name, { value });
}

/** Lists a global function, and what it does when called and, if it may be, when constructed. */
function callable(name: string, call: Builtin, construct?: Builtin): void {
  const value: unknown = Reflect.get(globalThis, name);
  functions.set(value, call);
  if (construct !== undefined) constructors.set(value, construct);
  if (!globals.has(name)) globals.set(name, { value });
}

list("Math", mathBuiltins(), ["E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2"]);
list("Object", Object.entries(objectFunctions));
list("Array", Object.entries(arrayFunctions));
list("Number", Object.entries(numberFunctions), [
  "EPSILON",
  "MAX_SAFE_INTEGER",
  "MAX_VALUE",
  "MIN_SAFE_INTEGER",
  "MIN_VALUE",
  "NaN",
  "NEGATIVE_INFINITY",
  "POSITIVE_INFINITY",
]);
for (const name of ["log", "info", "warn", "error", "debug"]) {
  const f: unknown = Reflect.get(console, name);
  if (typeof f !== "function") continue;
  functions.set(f, (walker, args) =>
    Reflect.apply(
      f,
      console,
      args.map((arg) => release(walker, arg)),
    ),
  );
}
members.set(
  console,
  new Map(["log", "info", "warn", "error", "debug"].map((name) => [name, Reflect.get(console, name)])),
);
globals.set("console", { value: console });

callable("Array", arrayConstructor, arrayConstructor);
callable("Number", (walker, args) => (args.length === 0 ? 0 : toNumber(walker, args[0])));
callable("Boolean", (walker, [value]) => truth(walker, value));
callable("String", (walker, args) => (args.length === 0 ? "" : text(walker, args[0])));
for (const [name, builtin] of Object.entries(globalTests)) callable(name, builtin);
for (const name of ["parseFloat", "parseInt"]) globals.set(name, { value: Reflect.get(Number, name) });
for (const name of [
  "Float64Array",
  "Float32Array",
  "Int8Array",
  "Uint8Array",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
]) {
  list(name, Object.entries(typedFunctions(name)), ["BYTES_PER_ELEMENT"]);
  constructors.set(Reflect.get(globalThis, name), typedConstructor(name));
}
for (const name of ["Error", "RangeError", "TypeError"]) {
  const make = Reflect.get(globalThis, name);
  const error: Builtin = (_walker, [message]) =>
    Reflect.construct(make, [message instanceof Tensor ? "a traced number" : String(message ?? "")]);
  callable(name, error, error);
}
// Keeps functions' names after bundling: `__name(f, "f")` is f. Nothing else in a bundle defines it differently.
const keepName = (): never => {
  throw new TypeError("`__name` is carried out by the walk");
};
functions.set(keepName, (_walker, [f]) => f);
globals.set("__name", { value: keepName });

/** The global of a name, if it is listed. */
export function globalNamed(name: string): Found | undefined {
  return globals.get(name);
}

/** What a function of JavaScript does in the walk, if it is listed. */
export function builtinOf(f: unknown): Builtin | undefined {
  return functions.get(f);
}

/** What `new f(…)` does in the walk, if `f` is listed. */
export function constructorOf(f: unknown): Builtin | undefined {
  return constructors.get(f);
}

/** A member of Math, Number, Object, Array, ...; for those, an unlisted member is not found and not read either. */
export function namespaceMember(object: unknown, key: string | number): Found | undefined {
  const table = members.get(object);
  return table?.has(key) === true ? { value: table.get(key) } : undefined;
}
