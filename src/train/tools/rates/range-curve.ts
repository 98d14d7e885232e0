/** The course of the loss over growing rates: smoothed, and read. */
import { at } from "../../../core/exactly.ts";

/** Rates to try. */
export interface SuggestedRates {
  /** Where the smoothed loss falls most steeply in the logarithm of the rate. */
  readonly steepest: number;
  /** A tenth of the rate at which the smoothed loss is lowest. */
  readonly tenthOfMinimum: number;
}

/** Takes one loss after the other and gives their average with weights 1, β, β², … back to the first: bias-corrected, Kingma & Ba (2015), section 3. */
export function smoother(beta: number): (loss: number) => number {
  let sum = 0;
  let weights = 0;
  return (loss) => {
    sum = beta * sum + (1 - beta) * loss;
    weights = beta * weights + (1 - beta);
    return sum / weights;
  };
}

/**
 * What the curve suggests. `smoothed` begins with the loss before the first step, which belongs to no rate: one more than there are rates.
 *
 * @returns undefined where the loss never fell below its beginning.
 */
export function suggestedRates(
  rates: readonly number[],
  smoothed: readonly number[],
): SuggestedRates | undefined {
  const lowest = smoothed.indexOf(Math.min(...smoothed));
  if (lowest <= 0) return undefined;
  // Rates grow by one factor, so that differences of neighbours are slopes in the logarithm of the rate.
  const falls = Array.from(
    { length: lowest },
    (_, i) => (at(smoothed, i + 1 < lowest ? i + 2 : i + 1) - at(smoothed, i)) / (i + 1 < lowest ? 2 : 1),
  );
  const steepest = falls.indexOf(Math.min(...falls));
  return { steepest: at(rates, steepest), tenthOfMinimum: at(rates, lowest - 1) / 10 };
}
