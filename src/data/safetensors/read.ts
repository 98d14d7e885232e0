/** Reading safetensors. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { show } from "./cursor.ts";
import { type Entry, readHeader } from "./header.ts";
import { storedTypes } from "./stored.ts";

/** What a safetensors file holds. */
export interface Safetensors {
  /** The tensors by their names, in the order of the header. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Free text about them; empty where there is none. */
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * Reads a safetensors file given as bytes, in Node or in a browser. F64 becomes float64; F32, F16 and BF16 become float32, exactly; integers of all
 * widths become int32, BOOL bool. Nothing is allocated before the header has been checked against the bytes that are there.
 *
 * @param bytes the whole file; it is copied, never kept.
 * @param name what errors call the file.
 * @throws FileError naming file, offset or tensor, and remedy, when the bytes break a rule of the format, when an element type is none of these, or when
 *   an integer does not fit into an int32.
 * @example
 * ```ts
 * import { readSafetensors, tensor, writeSafetensors } from "nabla";
 *
 * const bytes = writeSafetensors({ weight: tensor([1, 2]) }, { made: "here" });
 * const { tensors, metadata } = readSafetensors(bytes);
 * tensors.get("weight"); // → Tensor(float64 [2]) [1, 2]
 * metadata.get("made"); // → here
 * ```
 */
export function readSafetensors(bytes: Uint8Array, name = "safetensors data"): Safetensors {
  if (!(bytes instanceof Uint8Array))
    throw new ArgumentError(
      `readSafetensors: needs the file's bytes as a Uint8Array; got ${showValue(bytes)}`,
    );
  const { entries, metadata, start } = readHeader(bytes, name);
  const tensors = new Map(
    entries.map((entry): [string, Tensor] => [entry.name, decode(bytes, entry, start, name)]),
  );
  return { tensors, metadata };
}

function decode(file: Uint8Array, entry: Entry, start: number, name: string): Tensor {
  const type = storedTypes[entry.dtype];
  const bytes = file.subarray(start + entry.begin, start + entry.end);
  const data = type.decode({
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    count: bytes.byteLength / type.width,
    title: `${name}: tensor ${show(entry.name)} (from offset ${start + entry.begin})`,
  });
  return new Tensor({ dtype: type.dtype, shape: entry.shape }, data);
}
