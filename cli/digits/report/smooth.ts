/** Making a long noisy sequence drawable. */

/** A value and the (one-based) step it stands at. */
export interface Point {
  readonly step: number;
  readonly loss: number;
}

/** Means of consecutive groups, so many that at most `most` points remain; each stands at its group's middle. */
export function thin(losses: readonly number[], most: number): Point[] {
  const size = Math.ceil(losses.length / most);
  const points: Point[] = [];
  for (let start = 0; start < losses.length; start += size) {
    const group = losses.slice(start, start + size);
    points.push({ step: start + (group.length + 1) / 2, loss: mean(group) });
  }
  return points;
}

/**
 * Each point with the mean of itself and up to `reach` neighbours on either side. At the beginning, where a loss falls
 * steeply, as many to the right as there are to the left; at the end, where it is flat and noisy, all that there are.
 */
export function smooth(points: readonly Point[], reach: number): Point[] {
  return points.map(({ step }, i) => {
    const near = points.slice(Math.max(0, i - reach), i + Math.min(reach, i) + 1);
    return { step, loss: mean(near.map((point) => point.loss)) };
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
