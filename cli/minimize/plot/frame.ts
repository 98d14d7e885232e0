/** What part of the plane is shown. */

/** An interval of one axis. */
export type Range = readonly [low: number, high: number];

/** Room left around the points, as a share of their extent on either side. */
const margin = 0.18;

/** Below so many of its own units around a point, float64 shows nothing but rounding. */
const finest = 1e-9;

/** Beyond that, differences of coordinates might overflow. */
const farthest = 1e150;

/** True for numbers that have a place on an axis. */
export function isDrawable(value: number): boolean {
  return Math.abs(value) <= farthest;
}

/** For each axis the interval around its coordinates; an axis on which nothing moves is shown as far as the others. */
export function frameOf(axes: readonly (readonly number[])[]): Range[] {
  const spans = axes.map((coordinates) => spanOf(coordinates.filter(isDrawable)));
  const widest = Math.max(...spans.map(({ extent }) => extent));
  return spans.map(({ middle, extent }) => {
    const least = finest * Math.abs(middle);
    const shown = Math.max(extent > least ? extent : widest || Math.abs(middle) || 1, least);
    const half = shown * (0.5 + margin);
    return [middle - half, middle + half];
  });
}

function spanOf(coordinates: readonly number[]): { readonly middle: number; readonly extent: number } {
  if (coordinates.length === 0) return { middle: 0, extent: 0 };
  const [low, high] = extremes(coordinates);
  return { middle: low / 2 + high / 2, extent: high - low };
}

/** The least and the greatest of many numbers. */
export function extremes(numbers: ArrayLike<number>): Range {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] ?? Number.NaN;
    if (number < low) low = number;
    if (number > high) high = number;
  }
  return [low, high];
}

/** The middles of so many equal parts of an interval. */
export function cells([low, high]: Range, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => low + (high - low) * ((i + 0.5) / count));
}
