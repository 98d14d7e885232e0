/** A rectangle cut by a line. Sutherland & Hodgman (1974), Reentrant polygon clipping, for a single edge. */

import { at } from "../../../../src/core/exactly.ts";
import type { Range } from "../../../minimize/plot/frame.ts";
import type { DecisionLine } from "../report.ts";

/** A point of the plane. */
export type Corner = readonly [x: number, y: number];

/** ax + by + c. */
export function signedValue({ a, b, c }: Pick<DecisionLine, "a" | "b" | "c">, [x, y]: Corner): number {
  return a * x + b * y + c;
}

/** The part of the rectangle where ax + by + c ≥ 0, as its corners in order; none where it is below 0 everywhere. */
export function positivePart(
  line: Pick<DecisionLine, "a" | "b" | "c">,
  [xs, ys]: readonly [Range, Range],
): Corner[] {
  const corners: Corner[] = [
    [xs[0], ys[0]],
    [xs[1], ys[0]],
    [xs[1], ys[1]],
    [xs[0], ys[1]],
  ];
  return corners.flatMap((corner, i) => {
    const next = at(corners, (i + 1) % corners.length);
    const [here, there] = [signedValue(line, corner), signedValue(line, next)];
    const kept = here >= 0 ? [corner] : [];
    const isCut = (here > 0 && there < 0) || (here < 0 && there > 0);
    return !isCut ? kept : [...kept, between(corner, next, here / (here - there))];
  });
}

/** The two points at which the line enters and leaves the rectangle; undefined where it passes by. */
export function crossing(
  line: Pick<DecisionLine, "a" | "b" | "c">,
  frame: readonly [Range, Range],
): readonly [Corner, Corner] | undefined {
  const size = Math.max(...positivePart(line, frame).map((corner) => Math.abs(signedValue(line, corner))), 0);
  const [from, to] = positivePart(line, frame).filter(
    (corner) => Math.abs(signedValue(line, corner)) <= 1e-9 * size,
  );
  return from === undefined || to === undefined ? undefined : [from, to];
}

function between([x, y]: Corner, [u, v]: Corner, share: number): Corner {
  return [x + (u - x) * share, y + (v - y) * share];
}
