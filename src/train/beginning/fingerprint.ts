/** A short text that tells data apart: shapes, and a hash of values spread over them. Not for secrets. */
import type { ExampleData } from "../../data/examples/example-array.ts";
import type { ArraySource } from "../batches/array-loader.ts";

/** As many values are looked at in each array. */
const looks = 4096;

/** The fingerprint of examples. */
export function fingerprintOf({ inputs, targets, indices }: ArraySource): string {
  const parts = [inputs, targets].map((rows) => `${rows.shape.join("×")} ${hashOf(rows)}`);
  return [...parts, ...(indices ? [String(indices.length)] : [])].join(", ");
}

/** FNV-1a over the bits of some values. */
function hashOf({ data }: ExampleData): string {
  const stride = Math.max(1, Math.floor(data.length / looks));
  const bits = new Uint32Array(new Float64Array(1).buffer);
  const number = new Float64Array(bits.buffer);
  let hash = 0x811c9dc5;
  for (let i = 0; i < data.length; i += stride) {
    number[0] = data[i] ?? 0;
    for (const word of bits) hash = Math.imul(hash ^ word, 0x01000193) >>> 0;
  }
  return hash.toString(16);
}
