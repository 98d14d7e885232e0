/** The methods of arrays that the walk carries out: as function values, so that they can be recognised when called. */
import type { Builtin } from "../types.ts";
import { readingMethods } from "./array-reading.ts";
import { writingMethods } from "./array-writing.ts";

/** Every listed method, by the token that stands for it. */
export const arrayBuiltins: Map<unknown, Builtin> = new Map();
const tokens = new Map<string, () => never>();

for (const [name, builtin] of Object.entries({ ...readingMethods, ...writingMethods })) {
  const token = (): never => {
    throw new TypeError(`the array method \`${name}\` was taken off its array`);
  };
  tokens.set(name, token);
  arrayBuiltins.set(token, builtin);
}

/** The value of `array.name`, if it is a method of the subset. */
export function arrayMethod(name: string | number): unknown {
  return typeof name === "string" ? tokens.get(name) : undefined;
}
