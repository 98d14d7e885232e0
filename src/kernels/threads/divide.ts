/** What is worth dividing, and into which ranges. */

/**
 * Operations from which on a task is worth dividing: a thread takes some 15 µs for so many. Measured, to hand a part over and
 * wait for it takes 1 µs while the worker watches, and 3 to 15 µs to wake it.
 */
export const operationsWorthDividing: number = 2 ** 18;

/** From `first` to `end`, without it. */
export type Range = readonly [first: number, end: number];

/** At most `parts` ranges of about equal length that make up 0 to `length`; all but the last end at multiples of `step`. */
export function rangesOf(length: number, parts: number, step: number): readonly [Range, ...Range[]] {
  const size = Math.max(step, Math.ceil(length / parts / step) * step);
  const rest = Array.from(
    { length: Math.max(0, Math.ceil(length / size) - 1) },
    (_, i): Range => [(i + 1) * size, Math.min(length, (i + 2) * size)],
  );
  return [[0, Math.min(size, length)], ...rest];
}
