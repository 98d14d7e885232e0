/** Making a long noisy sequence drawable. */

/** A value and the (one-based) step it stands at. */
export interface Point {
  readonly step: number;
  readonly loss: number;
}

/** Means of consecutive groups, so many that at most `most` points remain; each stands at its group's middle. */
export function thin(points: readonly Point[], most: number): Point[] {
  const size = Math.ceil(points.length / most);
  const groups = Array.from({ length: Math.ceil(points.length / size) || 0 }, (_, i) =>
    points.slice(i * size, (i + 1) * size),
  );
  return groups.map((group) => ({
    step: mean(group.map(({ step }) => step)),
    loss: mean(group.map(({ loss }) => loss)),
  }));
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
