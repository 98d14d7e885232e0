/** What JavaScript lets through and a compiler would not: checked at the edge of a call, named in a sentence. */
import { ArgumentError } from "./errors.ts";

/** A value as an error message shows it: short, and never failing itself, whatever it is given. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
    case "bigint":
      return `${value}n`;
    case "function":
      return "a function";
    case "object":
      return showObject(value);
    default:
      return String(value);
  }
}

function showObject(value: object): string {
  try {
    if (Array.isArray(value)) {
      const shown = Array.from(value.slice(0, 8), (item: unknown) =>
        Array.isArray(item) ? `[${item.length} items]` : showValue(item),
      );
      return `[${shown.join(", ")}${value.length > 8 ? ", …" : ""}]`;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null)
      return `an object with the keys { ${Object.keys(value).slice(0, 8).join(", ")} }`;
    return `a ${value.constructor.name}`;
  } catch {
    return "an object that cannot be read";
  }
}

/** Refuses what is no function, such as a point where a function is meant. */
export function checkFunction(call: string, f: unknown, what = "a function"): void {
  if (typeof f !== "function") throw new ArgumentError(`${call}: needs ${what}; got ${showValue(f)}`);
}

/** Refuses what is no number; NaN and infinities are numbers. */
export function checkNumber(call: string, value: unknown, what: string): void {
  if (typeof value !== "number")
    throw new ArgumentError(`${call}: ${what} is a number; got ${showValue(value)}`);
}

/** Refuses what is no array. */
export function checkList(call: string, list: unknown, what: string): void {
  if (!Array.isArray(list)) throw new ArgumentError(`${call}: needs ${what}; got ${showValue(list)}`);
}

/** Refuses options that are no object, and names that the call does not know: a misspelt option must not be ignored. */
export function checkOptions(call: string, options: unknown, names: readonly string[]): void {
  const known = `{ ${names.join(", ")} }`;
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new ArgumentError(`${call}: options are an object ${known}; got ${showValue(options)}`);
  const wrong = Object.keys(options).find((name) => !names.includes(name));
  if (wrong !== undefined)
    throw new ArgumentError(`${call}: unknown option ${showValue(wrong)}; the options are ${known}`);
}
