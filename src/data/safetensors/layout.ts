/** Whether tensors lie in the data as the format wants it: each as long as its shape says, side by side, from the first byte to the last. */
import { FileError } from "../../core/errors.ts";
import { remedy, show } from "./cursor.ts";
import type { Entry } from "./header.ts";
import { storedTypes } from "./stored.ts";

/**
 * Checks all entries of a header; the data lie between `start` and the file's `end`.
 *
 * @throws FileError naming the tensor and the place in the file.
 */
export function checkLayout(entries: readonly Entry[], start: number, end: number, name: string): void {
  for (const entry of entries) checkLength(entry, name);
  const inOrder = entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end);
  let position = 0;
  let before = "the beginning of the data";
  for (const entry of inOrder) {
    const what = `tensor ${show(entry.name)}`;
    const place = `at offset ${start + Math.min(entry.begin, position)}`;
    if (entry.begin > position)
      throw new FileError(
        `${name}: between ${before} and ${what} lie bytes of no tensor, ${place}; ${remedy}.`,
      );
    if (entry.begin < position)
      throw new FileError(`${name}: ${what} overlaps with ${before}, ${place}; ${remedy}.`);
    position = entry.end;
    before = what;
  }
  if (start + position > end)
    throw new FileError(
      `${name} is truncated: ${before} is to end at offset ${start + position}, but the file ends at offset ${end}; fetch the file again.`,
    );
  if (start + position < end)
    throw new FileError(
      `${name} has trailing bytes: ${before} ends at offset ${start + position}, the file at ${end}; fetch it again, or cut it there.`,
    );
}

function checkLength({ name, dtype, shape, begin, end }: Entry, file: string): void {
  let bytes: number = storedTypes[dtype].width;
  const what = `tensor ${show(name)}, [${shape.join(", ")}] of ${dtype}`;
  for (const length of shape) {
    bytes *= length;
    // Also of a product that is 0 in the end, the reference implementation refuses one that overflows on the way.
    if (!Number.isSafeInteger(bytes))
      throw new FileError(`${file}: ${what}, has more elements than can be counted; ${remedy}.`);
  }
  if (end - begin !== bytes)
    throw new FileError(
      `${file}: ${what}, needs ${bytes} bytes, and its data_offsets [${begin}, ${end}] hold ${end - begin}; ${remedy}.`,
    );
}
