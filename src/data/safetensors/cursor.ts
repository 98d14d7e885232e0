/**
 * A walk over bytes of JSON whose form is known beforehand. It nests no deeper than that form, so that no text exhausts stack or memory, and
 * it meets every key where it stands, so that one that stands twice is noticed. RFC 8259, but numbers are whole and not negative.
 */
import { FileError } from "../../core/errors.ts";

/** A place in a file's JSON. */
export interface Cursor {
  readonly bytes: Uint8Array;
  /** Where the JSON ends. */
  readonly end: number;
  /** What errors call the file. */
  readonly name: string;
  at: number;
}

/** What can be done about a file that breaks the format's rules. */
export const remedy = "fetch the file again, or write it anew with a safetensors library";

/** The error for a rule that is broken at a place. */
export function broken(cursor: Cursor, rule: string, at: number = cursor.at): FileError {
  return new FileError(`${cursor.name}: ${rule} at offset ${at}; ${remedy}.`);
}

/** Goes past white space. */
export function skipSpace(cursor: Cursor): void {
  const { bytes, end } = cursor;
  while (cursor.at < end && isSpace(bytes[cursor.at])) cursor.at += 1;
}

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Goes past white space and a mark such as `,`, if it stands there. */
function take(cursor: Cursor, mark: string): boolean {
  skipSpace(cursor);
  const isThere = cursor.at < cursor.end && cursor.bytes[cursor.at] === mark.charCodeAt(0);
  if (isThere) cursor.at += 1;
  return isThere;
}

function expectMark(cursor: Cursor, mark: string, where: string): void {
  if (!take(cursor, mark)) throw broken(cursor, `the header needs ${mark} ${where}`);
}

/** An object of more is no header of anything: a few bytes each would become objects of hundreds. */
const mostEntries = 250_000;

/** Visits the entries of an object: `visit` is given a key and its place, and must read the value. */
export function readObject(cursor: Cursor, what: string, visit: (key: string, at: number) => void): void {
  expectMark(cursor, "{", `for ${what}`);
  if (take(cursor, "}")) return;
  const seen = new Set<string>();
  do {
    skipSpace(cursor);
    const { at } = cursor;
    const key = readText(cursor, `a key of ${what}`);
    if (seen.has(key)) throw broken(cursor, `${what} has the key ${show(key)} twice, the second time`, at);
    if (seen.size === mostEntries) throw broken(cursor, `${what} has more than ${mostEntries} entries`, at);
    seen.add(key);
    expectMark(cursor, ":", `behind the key ${show(key)}`);
    visit(key, at);
  } while (take(cursor, ","));
  expectMark(cursor, "}", `or a comma in ${what}`);
}

/** A list of whole numbers. */
export function readNumbers(cursor: Cursor, what: string, most: number): number[] {
  expectMark(cursor, "[", `for ${what}`);
  if (take(cursor, "]")) return [];
  const numbers: number[] = [];
  do {
    if (numbers.length === most) throw broken(cursor, `${what} has more than ${most} numbers`);
    numbers.push(readNumber(cursor, what));
  } while (take(cursor, ","));
  expectMark(cursor, "]", `or a comma in ${what}`);
  return numbers;
}

function readNumber(cursor: Cursor, what: string): number {
  skipSpace(cursor);
  const start = cursor.at;
  let value = 0;
  for (; cursor.at < cursor.end; cursor.at += 1) {
    const digit = (cursor.bytes[cursor.at] ?? 0) - 0x30;
    if (!(digit >= 0 && digit <= 9)) break;
    value = 10 * value + digit;
    if (value > Number.MAX_SAFE_INTEGER)
      throw broken(cursor, `${what} has a number beyond 2⁵³, more than any file holds,`, start);
  }
  const length = cursor.at - start;
  const goesOn = cursor.at < cursor.end && /[.eE]/.test(String.fromCharCode(cursor.bytes[cursor.at] ?? 0));
  if (length === 0 || goesOn || (length > 1 && cursor.bytes[start] === 0x30))
    throw broken(cursor, `${what} needs whole numbers ≥ 0, as in [2, 3],`, start);
  return value;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A string. */
export function readText(cursor: Cursor, what: string): string {
  skipSpace(cursor);
  const start = cursor.at;
  if (start >= cursor.end || cursor.bytes[start] !== 0x22) throw broken(cursor, `${what} must be a string`);
  cursor.at = textEnd(cursor, what);
  try {
    const text: unknown = JSON.parse(utf8.decode(cursor.bytes.subarray(start, cursor.at)));
    // Half a pair of surrogates has no bytes in UTF-8.
    if (typeof text === "string" && !/\p{Surrogate}/u.test(text)) return text;
  } catch {
    // Below.
  }
  throw broken(cursor, `${what} is no valid string of JSON in UTF-8`, start);
}

/** Behind the quotation mark that ends the string that begins here. */
function textEnd(cursor: Cursor, what: string): number {
  const { bytes, end } = cursor;
  for (let i = cursor.at + 1; i < end; i++) {
    if (bytes[i] === 0x22) return i + 1;
    if (bytes[i] === 0x5c) i += 1;
  }
  throw broken(cursor, `${what} is a string that does not end, begun`);
}

/** A name as messages show it. */
export function show(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
