/** Which examples a batch consists of: drawn from a key, with or without putting them back. */
import { at } from "../../../core/exactly.ts";
import { fillUniform } from "../../../core/random/index.ts";
import { fold, type Key } from "../../../core/random/key.ts";

/**
 * `size` numbers of examples among `count`, for the number of a batch: all choices are equally likely (up to 2⁻⁵³). Without replacement by Floyd's
 * method, whose work does not depend on `count`: Bentley & Floyd (1987), A Sample of Brilliance.
 */
export function drawBatch(
  key: Key,
  batch: number,
  {
    size,
    count,
    replacement,
  }: { readonly size: number; readonly count: number; readonly replacement: boolean },
): Int32Array {
  const uniform = fillUniform(fold(key, batch), new Float64Array(size));
  if (replacement) return Int32Array.from(uniform, (u) => Math.floor(u * count));
  const chosen = new Set<number>();
  for (let i = 0; i < size; i++) {
    const last = count - size + i;
    const candidate = Math.floor(at(uniform, i) * (last + 1));
    chosen.add(chosen.has(candidate) ? last : candidate);
  }
  return Int32Array.from(chosen);
}
