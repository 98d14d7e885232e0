/**
 * The header of a safetensors file, checked against the bytes that are there: 8 bytes with its length (unsigned, little-endian), then JSON,
 * `{"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, "__metadata__": {"key": "text"}}`, then the data.
 * https://huggingface.co/docs/safetensors, section "Format".
 */
import { FileError } from "../../core/errors.ts";
import { broken, type Cursor, readNumbers, readObject, readText, remedy, show, skipSpace } from "./cursor.ts";
import { checkLayout } from "./layout.ts";
import { isStoredName, type StoredName, storedTypes } from "./stored.ts";

/** What a header says of a tensor. */
export interface Entry {
  readonly name: string;
  readonly dtype: StoredName;
  readonly shape: readonly number[];
  /** Where its bytes begin and end, counted from the beginning of the data. */
  readonly begin: number;
  readonly end: number;
}

/** A header. */
export interface Header {
  readonly entries: readonly Entry[];
  readonly metadata: ReadonlyMap<string, string>;
  /** Where the data begin in the file. */
  readonly start: number;
}

/** The key that is no tensor. */
export const metadataKey = "__metadata__";

/** Bytes of a header at most: the format's own rule. */
export const longestHeader = 100_000_000;

/** Axes of a tensor at most: PyTorch's. */
const mostAxes = 64;

/**
 * Reads and checks a header. Its tensors tile the data exactly when it returns.
 *
 * @throws FileError naming file, place and remedy.
 */
export function readHeader(bytes: Uint8Array, name: string): Header {
  const start = 8 + headerLength(bytes, name);
  const cursor: Cursor = { bytes, end: start, name, at: 8 };
  if (bytes[8] !== 0x7b || start === 8)
    throw new FileError(
      `${name} is no safetensors file: its header must begin with { at offset 8; check that this is the right file.`,
    );
  const entries: Entry[] = [];
  const metadata = new Map<string, string>();
  readObject(cursor, "the header", (key, at) => {
    if (key === metadataKey) readMetadata(cursor, metadata);
    else entries.push(readEntry(cursor, key, at));
  });
  skipSpace(cursor);
  if (cursor.at !== start) throw broken(cursor, "something stands behind the header's JSON");
  checkLayout(entries, start, bytes.length, name);
  return { entries, metadata, start };
}

function headerLength(bytes: Uint8Array, name: string): number {
  if (bytes.length < 8)
    throw new FileError(
      `${name} ends at offset ${bytes.length} within the 8 bytes of the header's length; fetch the file again.`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  // "PK", as every zip archive begins.
  if (view.getUint32(0, true) === 0x04034b50)
    throw new FileError(
      `${name} is a zip archive, as torch.save writes it; in PyTorch, save the state_dict by safetensors.torch.save_file.`,
    );
  const length = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true);
  if (length > longestHeader)
    throw new FileError(
      `${name} claims a header of ${length} bytes at offset 0, and safetensors allow ${longestHeader}; check that this is the right file.`,
    );
  if (8 + length > bytes.length)
    throw new FileError(
      `${name} is truncated: its header is to have ${length} bytes from offset 8, but it ends at offset ${bytes.length}; fetch the file again.`,
    );
  return length;
}

function readMetadata(cursor: Cursor, metadata: Map<string, string>): void {
  readObject(cursor, metadataKey, (key) => {
    metadata.set(key, readText(cursor, `${metadataKey}: the value of ${show(key)}`));
  });
}

/** A tensor's entry: its three keys in any order, and no other. */
function readEntry(cursor: Cursor, name: string, at: number): Entry {
  const what = `tensor ${show(name)}`;
  let dtype: StoredName | undefined;
  let shape: readonly number[] | undefined;
  let offsets: readonly number[] | undefined;
  readObject(cursor, what, (key, place) => {
    if (key === "dtype") dtype = readDtype(cursor, what);
    else if (key === "shape") shape = readNumbers(cursor, `the shape of ${what}`, mostAxes);
    else if (key === "data_offsets") offsets = readNumbers(cursor, `the data_offsets of ${what}`, 2);
    else throw broken(cursor, `${what} has the key ${show(key)}, which the format does not know,`, place);
  });
  const [begin, end] = offsets ?? [];
  if (dtype === undefined || shape === undefined || begin === undefined || end === undefined)
    throw broken(cursor, `${what} needs dtype, shape and two data_offsets; it stands`, at);
  return { name, dtype, shape, begin, end };
}

function readDtype(cursor: Cursor, what: string): StoredName {
  skipSpace(cursor);
  const { at } = cursor;
  const dtype = readText(cursor, `the dtype of ${what}`);
  if (isStoredName(dtype)) return dtype;
  throw new FileError(
    `${cursor.name}: ${what} has the dtype ${show(dtype)} at offset ${at}; Nabla reads ${Object.keys(storedTypes).join(", ")}. Convert it to one of them, or ${remedy}.`,
  );
}
