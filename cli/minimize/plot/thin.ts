/** Leaving out points that cannot be told apart on paper. */

import { at } from "../../../src/core/exactly.ts";
import type { Range } from "./frame.ts";

/** Points on a sheet: where they lie on it, in units of its pixels, is up to the scale. */
export interface Scale {
  readonly x: Range;
  readonly y: Range;
  readonly width: number;
  readonly height: number;
}

/** The points of a path that lie at least `distance` pixels from the one kept before; first and last are kept. */
export function thinPath<P extends { readonly x: number; readonly y: number }>(
  path: readonly P[],
  distance: number,
  { x, y, width, height }: Scale,
): P[] {
  const kept: P[] = [];
  for (const [i, point] of path.entries()) {
    const last = kept.at(-1);
    const dx = last === undefined ? Infinity : ((point.x - last.x) / (x[1] - x[0])) * width;
    const dy = last === undefined ? Infinity : ((point.y - last.y) / (y[1] - y[0])) * height;
    if (i === path.length - 1 || Math.hypot(dx, dy) >= distance) kept.push(point);
  }
  return kept;
}

/** At most so many elements, evenly taken; first and last are kept. */
export function thinEvenly<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list];
  return Array.from({ length: most }, (_, i) => at(list, Math.round((i * (list.length - 1)) / (most - 1))));
}
