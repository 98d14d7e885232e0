/** What somebody may have meant who misspelt a name. */

import { at } from "../src/core/exactly.ts";

/** The name that is fewest edits away, unless that is nearly all of it. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const distances = names.map((name) => editDistance(typed.toLowerCase(), name));
  const least = Math.min(...distances);
  const nearest = names[distances.indexOf(least)];
  return nearest !== undefined && least <= Math.max(2, 0.4 * nearest.length) ? nearest : undefined;
}

/** Insertions, deletions, substitutions and swaps of neighbours. Damerau (1964), optimal string alignment. */
function editDistance(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const cell = (i: number, j: number): number => at(at(d, i), j);
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      at(d, i)[j] = Math.min(
        cell(i - 1, j) + 1,
        cell(i, j - 1) + 1,
        cell(i - 1, j - 1) + (isSame ? 0 : 1),
        isSwap ? cell(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
  }
  return cell(a.length, b.length);
}
