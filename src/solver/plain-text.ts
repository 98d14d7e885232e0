/**
 * Plain data in JSON, bit for bit. What JSON cannot say is said by an object with the key `$`: `{ $: "NaN" }`,
 * `{ $: "Float64Array", base64 }`. An object of the data that has this key itself is wrapped: `{ $: "object", value }`.
 */
import { showValue } from "../core/checks.ts";
import { ArgumentError, FileError } from "../core/errors.ts";
import { isPlainObject } from "../core/tree.ts";
import { type ArrayTypeName, arrayTypeOf, arrayTypes, bytesOf, isArrayTypeName } from "./plain-data.ts";

/** How deep data may be nested, so that no walk over it exhausts the stack. */
const deepest = 500;

/**
 * Data as JSON can say it. `path` names the data in messages.
 *
 * @throws ArgumentError naming the place of what is no plain data.
 */
export function toJson(value: unknown, path: string, depth = 0): unknown {
  if (depth > deepest)
    throw new ArgumentError(
      `${path.slice(0, 80)}…: is nested more than ${deepest} deep, or holds itself; keep plain data flat`,
    );
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (value === undefined) return { $: "undefined" };
  if (typeof value === "number") return numberToJson(value);
  const type = arrayTypeOf(value);
  if (type !== undefined && ArrayBuffer.isView(value)) return { $: type, base64: toBase64(bytesOf(value)) };
  if (Array.isArray(value))
    return Array.from(value, (item: unknown, i) => toJson(item, `${path}[${i}]`, depth + 1));
  if (!isPlainObject(value))
    throw new ArgumentError(
      `${path}: is ${showValue(value)}, which cannot be written as text; use numbers, strings, booleans, typed arrays, lists and plain objects`,
    );
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, toJson(item, `${path}.${key}`, depth + 1)]),
  );
  return Object.hasOwn(value, "$") ? { $: "object", value: copy } : copy;
}

/** −0 and what is not finite have no literal in JSON; all other numbers survive it exactly. */
function numberToJson(value: number): unknown {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return { $: Object.is(value, -0) ? "-0" : String(value) };
}

/**
 * The data that was written by {@link toJson}.
 *
 * @throws FileError naming the place of what cannot have been written by it.
 */
export function fromJson(json: unknown, path: string, depth = 0): unknown {
  if (depth > 2 * deepest) throw damaged(path.slice(0, 80), `is nested more than ${deepest} deep`);
  if (Array.isArray(json)) return json.map((item: unknown, i) => fromJson(item, `${path}[${i}]`, depth + 1));
  if (!isPlainObject(json)) return json;
  if (!Object.hasOwn(json, "$")) return entriesFromJson(json, path, depth);
  const { $: tag, base64, value } = json;
  if (tag === "undefined") return undefined;
  if (tag === "object" && isPlainObject(value)) return entriesFromJson(value, path, depth);
  if (isArrayTypeName(tag) && typeof base64 === "string") return arrayFromBase64(tag, base64, path);
  if (tag === "NaN" || tag === "Infinity" || tag === "-Infinity" || tag === "-0") return Number(tag);
  throw damaged(path, `holds an unknown kind of value, ${showValue(tag)}`);
}

function entriesFromJson(json: Record<string, unknown>, path: string, depth: number): unknown {
  return Object.fromEntries(
    Object.entries(json).map(([key, item]) => [key, fromJson(item, `${path}.${key}`, depth + 1)]),
  );
}

function arrayFromBase64(type: ArrayTypeName, base64: string, path: string): unknown {
  const bytes = fromBase64(base64);
  if (bytes === undefined || bytes.length % arrayTypes[type].BYTES_PER_ELEMENT !== 0)
    throw damaged(path, `holds a ${type} whose bytes are not whole`);
  return new arrayTypes[type](bytes.buffer);
}

const damaged = (path: string, what: string): FileError =>
  new FileError(`${path}: ${what}; the text was changed or damaged: take another copy or an earlier one`);

/** Bytes at a time, so that no call has too many arguments. */
const chunk = 0x2000;

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += chunk) text += String.fromCharCode(...bytes.subarray(i, i + chunk));
  return btoa(text);
}

function fromBase64(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  } catch {
    return undefined;
  }
}
