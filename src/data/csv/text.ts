/** The bytes of a table as text: what is no text is refused here, with the line that shows it. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError, FileError } from "../../core/errors.ts";

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

/** So many bytes are looked at together while UTF-8 is checked. */
const pieceLength = 2 ** 16;

/**
 * UTF-8 without byte order mark, checked. UTF-16 is read where its mark says so.
 *
 * @throws ArgumentError for what is neither text nor bytes; FileError for bytes that are no text.
 */
export function utf8Of(call: string, source: string | Uint8Array, name: string): Uint8Array {
  if (typeof source === "string")
    return refuseNul(new TextEncoder().encode(source.replace(/^\uFEFF/, "")), name);
  if (!isBytes(source))
    throw new ArgumentError(
      `${call}: needs the table's text, or its bytes as a Uint8Array; got ${showValue(source)}`,
    );
  const [first, second, third] = source;
  if (first === 0xff && second === 0xfe) return fromUtf16(source, "utf-16le", name);
  if (first === 0xfe && second === 0xff) return fromUtf16(source, "utf-16be", name);
  const isMarked = first === 0xef && second === 0xbb && third === 0xbf;
  return checkUtf8(refuseNul(isMarked ? source.subarray(3) : source, name), name);
}

/** By name and not by class: arrays from other realms have other classes. */
function isBytes(source: unknown): source is Uint8Array {
  return Object.prototype.toString.call(source) === "[object Uint8Array]";
}

function fromUtf16(source: Uint8Array, encoding: string, name: string): Uint8Array {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(source);
    return refuseNul(new TextEncoder().encode(text), name);
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    throw new FileError(
      `${name} begins as ${encoding.toUpperCase()} text and does not go on so; save it as UTF-8.`,
      {
        cause,
      },
    );
  }
}

function refuseNul(bytes: Uint8Array, name: string): Uint8Array {
  const [first, second, third, fourth] = bytes;
  if (first === 0x1f && second === 0x8b)
    throw new FileError(`${name} is gzip-compressed (1f 8b at offset 0); decompress it first.`);
  if (first === 0x50 && second === 0x4b && third === 3 && fourth === 4)
    throw new FileError(
      `${name} is a ZIP archive, such as an .xlsx workbook (PK at offset 0); save the sheet as CSV.`,
    );
  const nul = bytes.indexOf(0);
  if (nul >= 0)
    throw new FileError(
      `${name}, line ${lineAt(bytes, nul)}: holds a NUL byte (offset ${nul}), so it is no text; check that this is the right file.`,
    );
  return bytes;
}

function checkUtf8(bytes: Uint8Array, name: string): Uint8Array {
  let start = 0;
  while (start < bytes.length) {
    // A line end is never part of a longer character, so pieces that end there can be judged alone.
    const end = endOfLine(bytes, start + pieceLength);
    if (!isUtf8(bytes.subarray(start, end))) {
      let line = start;
      while (isUtf8(bytes.subarray(line, endOfLine(bytes, line)))) line = endOfLine(bytes, line);
      throw new FileError(
        `${name}, line ${lineAt(bytes, line)}: is not UTF-8; save the file as UTF-8, or decode it first: new TextDecoder("windows-1252").decode(bytes).`,
      );
    }
    start = end;
  }
  return bytes;
}

/** The place behind the first LF, CRLF or CR from `from` on. */
function endOfLine(bytes: Uint8Array, from: number): number {
  let place = from;
  while (place < bytes.length && bytes[place] !== NEWLINE && bytes[place] !== RETURN) place++;
  const isPair = bytes[place] === RETURN && bytes[place + 1] === NEWLINE;
  return Math.min(bytes.length, place + (isPair ? 2 : 1));
}

/** Where the first line begins that has more than so many bytes, its end among them; -1 where none has. */
export function longLineIn(bytes: Uint8Array, most: number): number {
  let start = 0;
  while (bytes.length - start > most) {
    const end = endOfLine(bytes, start);
    if (end - start > most) return start;
    start = end;
  }
  return -1;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The line that an offset lies in, counted from 1 as editors do. */
export function lineAt(bytes: Uint8Array, offset: number): number {
  return lineCounter(bytes).lineOf(offset);
}

/** Counts lines along a text; every question asks for a place not before the last one. */
export interface LineCounter {
  readonly lineOf: (offset: number) => number;
  /** The line of the first character from `offset` on that is no white space. */
  readonly lineOfText: (offset: number) => number;
}

/** A counter that stands at the beginning of a text, whose lines end in LF, CRLF or CR. */
export function lineCounter(bytes: Uint8Array): LineCounter {
  let place = 0;
  let line = 1;
  const lineOf = (offset: number): number => {
    for (; place < offset; place++) {
      const byte = bytes[place];
      if (byte === NEWLINE || (byte === RETURN && bytes[place + 1] !== NEWLINE)) line++;
    }
    return line;
  };
  const isBlank = (byte: number | undefined): boolean =>
    byte === NEWLINE || byte === RETURN || byte === SPACE || byte === TAB;
  return {
    lineOf,
    lineOfText: (offset) => {
      let text = offset;
      while (isBlank(bytes[text])) text++;
      return lineOf(text);
    },
  };
}
