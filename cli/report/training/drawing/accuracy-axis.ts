/** An axis for accuracies near 1: by the logarithm of what is missing, so that 98 % and 99 % are as far apart as 80 % and 90 %. */

import { extremes } from "../../../minimize/plot/frame.ts";
import { logTicks, upright, type ValueAxis } from "./axis.ts";

/** From so large a ratio of the errors, their logarithm is drawn. */
const wide = 2;

/** The axis for these accuracies, 0 to 1; linear where one of them is 1 or all are alike. */
export function accuracyAxis(values: readonly number[], label: string): ValueAxis {
  const [low, high] = extremes(values);
  const [least, most] = [1 - high, 1 - low];
  if (least <= 0 || most / least < wide) {
    const domain = low === high ? [low - 0.05, Math.min(1, high + 0.05)] : [low, high];
    const options = { ...upright, label, domain, nice: true, ticks: 5, tickFormat: shareText };
    return { options, isShown: Number.isFinite, place: (value) => value };
  }
  const place = (accuracy: number): number => -Math.log10(1 - accuracy);
  return {
    options: {
      ...upright,
      label,
      domain: [place(1 - most * 1.1), place(1 - least / 1.1)],
      ticks: logTicks(least, most).map((error) => place(1 - error)),
      tickFormat: (at: number) => shareText(1 - 10 ** -at),
    },
    isShown: Number.isFinite,
    place,
  };
}

/** `98 %`, `99.5 %` */
const shareText = (share: number): string => `${Number((100 * share).toFixed(4))} %`;
