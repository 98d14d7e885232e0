/** A list narrowed to a known length, so that its elements can be named. A wrong length is a mistake of Nabla's own. */
export function exactly<T>(list: readonly T[], length: 1): readonly [T];
export function exactly<T>(list: readonly T[], length: 2): readonly [T, T];
export function exactly<T>(list: readonly T[], length: 3): readonly [T, T, T];
export function exactly<T>(list: readonly T[], length: number): readonly T[] {
  if (list.length !== length) throw new RangeError(`expected ${length} values, got ${list.length}`);
  return list;
}

/** The element at a place that is known to exist. */
export function at<T>(list: ArrayLike<T | undefined>, index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`no element at ${index} of ${list.length}`);
  return value;
}
