/** The course of the loss in bounded memory: means of equally many steps, of twice as many whenever there are too many of them. Plain data. */

/** A curve so far. */
export interface LossCurve {
  /** Steps of which each value is the mean. */
  readonly width: number;
  /** The means, in order. */
  readonly values: readonly number[];
  /** The sum and number of steps that make no whole mean yet. */
  readonly sum: number;
  readonly count: number;
}

/** As many values are kept at most: more than a screen has columns. */
const most = 2048;

/** The curve of no steps. */
export const emptyCurve: LossCurve = { width: 1, values: [], sum: 0, count: 0 };

/** The curve after another step. */
export function withLoss(curve: LossCurve, loss: number): LossCurve {
  const { width } = curve;
  const [sum, count] = [curve.sum + loss, curve.count + 1];
  if (count < width) return { ...curve, sum, count };
  const values = [...curve.values, sum / width];
  if (values.length < most) return { width, values, sum: 0, count: 0 };
  const halved = Array.from(
    { length: most / 2 },
    (_, i) => ((values[2 * i] ?? 0) + (values[2 * i + 1] ?? 0)) / 2,
  );
  return { width: 2 * width, values: halved, sum: 0, count: 0 };
}

/** The points of a curve: the last step of each mean, and the mean. */
export function curvePoints({
  width,
  values,
}: LossCurve): { readonly step: number; readonly loss: number }[] {
  return values.map((loss, i) => ({ step: (i + 1) * width, loss }));
}
