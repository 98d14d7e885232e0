/** Writing safetensors. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import type { NdArray } from "../../tensor/array.ts";
import type { Dtype } from "../../tensor/dtype.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { show } from "./cursor.ts";
import { longestHeader, metadataKey } from "./header.ts";
import { storedAs } from "./stored.ts";

/** Values by name: a `Map`, a list of pairs or a plain object. */
export type Named<T> = Iterable<readonly [string, T]> | Readonly<Record<string, T>>;

/**
 * Tensors as the bytes of a safetensors file, which PyTorch and others open. As the reference implementation does it, tensors lie in the order of width,
 * the widest first, and then of name, and the header is filled up with spaces to a multiple of 8 bytes: every element is aligned.
 *
 * @param tensors by name; float64 is written as F64, float32 as F32, int32 as I32, bool as BOOL.
 * @param metadata text by name, for free use.
 * @throws ArgumentError for a name that is given twice, or is kept by the format (`__metadata__`), and for what is no tensor, or no text.
 * @throws TraceError for a tensor that is traced.
 * @example
 * ```ts
 * import { tensor, writeSafetensors } from "nabla";
 *
 * const bytes = writeSafetensors({ "0.bias": tensor(new Float32Array([1, 2])) });
 * new TextDecoder().decode(bytes.subarray(8, 71)); // → {"0.bias":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}…
 * ```
 */
export function writeSafetensors(tensors: Named<Tensor>, metadata: Named<string> = {}): Uint8Array {
  const written = readTensors(tensors);
  const header = headerOf(written, readTexts(metadata));
  const size = written.reduce((sum, [, { data }]) => sum + data.byteLength, 0);
  const bytes = room(8 + header.length + size);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 8);
  let at = 8 + header.length;
  for (const [, { data }] of written) {
    // Little-endian, as processors that Node and browsers run on are.
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/** The place of a dtype in the file: the widest first, and as the reference implementation has it. */
const places: Readonly<Record<Dtype, number>> = { float64: 0, float32: 1, int32: 2, bool: 3 };

/** Tensors by name, in the order of the file. */
function readTensors(tensors: Named<Tensor>): [string, NdArray][] {
  const call = "writeSafetensors(tensors)";
  const read = pairs(call, tensors).map(([name, x]): [string, NdArray] => {
    checkName(call, name);
    if (name === metadataKey)
      throw new ArgumentError(`${call}: no tensor can be called ${metadataKey}; the format keeps that name`);
    if (!(x instanceof Tensor))
      throw new ArgumentError(`${call}: ${show(name)} must be a tensor; got ${showValue(x)}`);
    return [name, x.values(call)];
  });
  return read.sort(([a, x], [b, y]) => places[x.dtype] - places[y.dtype] || (a < b ? -1 : 1));
}

function readTexts(metadata: Named<string>): [string, string][] {
  const call = "writeSafetensors(tensors, metadata)";
  return pairs(call, metadata).map(([name, text]): [string, string] => {
    checkName(call, name);
    if (typeof text !== "string")
      throw new ArgumentError(
        `${call}: ${show(name)} must be a text; got ${showValue(text)}; write other values as JSON`,
      );
    checkName(call, text);
    return [name, text];
  });
}

/** Values with their names, each of which must be given once. */
function pairs<T>(call: string, named: Named<T>): (readonly [string, T])[] {
  if (typeof named !== "object" || named === null)
    throw new ArgumentError(`${call}: needs values by name, such as { weight }; got ${showValue(named)}`);
  const list = isIterable(named) ? Array.from(named) : Object.entries(named);
  const seen = new Set<unknown>();
  for (const [name] of list) {
    if (seen.has(name))
      throw new ArgumentError(`${call}: the name ${showValue(name)} is given twice; give each once`);
    seen.add(name);
  }
  return list;
}

function isIterable<T>(named: Named<T>): named is Iterable<readonly [string, T]> {
  return Symbol.iterator in named;
}

function checkName(call: string, name: unknown): asserts name is string {
  if (typeof name !== "string") throw new ArgumentError(`${call}: names are text; got ${showValue(name)}`);
  if (/\p{Surrogate}/u.test(name))
    throw new ArgumentError(
      `${call}: ${show(name)} holds half a pair of surrogates, which has no bytes in UTF-8; use whole characters`,
    );
}

/** Written entry by entry, since objects put names that look like numbers first. */
function headerOf(
  tensors: readonly (readonly [string, NdArray])[],
  texts: readonly (readonly [string, string])[],
): Uint8Array {
  let position = 0;
  const entries = tensors.map(([name, { dtype, shape, data }]) => {
    const begin = position;
    position += data.byteLength;
    const entry = { dtype: storedAs[dtype], shape, data_offsets: [begin, position] };
    return `${JSON.stringify(name)}:${JSON.stringify(entry)}`;
  });
  const metadata = texts.map(([name, text]) => `${JSON.stringify(name)}:${JSON.stringify(text)}`).join(",");
  if (texts.length > 0) entries.unshift(`${JSON.stringify(metadataKey)}:{${metadata}}`);
  const json = new TextEncoder().encode(`{${entries.join(",")}}`);
  const header = new Uint8Array(8 * Math.ceil(json.length / 8)).fill(0x20);
  header.set(json);
  if (header.length > longestHeader)
    throw new ArgumentError(
      `writeSafetensors: names, shapes and metadata fill ${header.length} bytes, and the format allows ${longestHeader}; write several files`,
    );
  return header;
}

function room(size: number): Uint8Array {
  try {
    return new Uint8Array(size);
  } catch (cause) {
    throw new ArgumentError(
      `writeSafetensors: a file of ${size} bytes does not fit into memory; write several files`,
      { cause },
    );
  }
}
