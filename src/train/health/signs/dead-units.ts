/** Units that are 0 for every example: no gradient passes them, and nothing wakes them. Karpathy, CS231n, Neural Networks Part 1; Lu et al. (2020), Dying ReLU and Initialization. */
import type { DeadUnits, HealthEpoch } from "../facts.ts";
import type { HealthLimits } from "../settings.ts";

/** Of a few units a large share may be 0 by chance; all of them may not. */
const few = 8;

/** Where units are dead, or undefined. */
export function dying({ deadUnits }: HealthEpoch, { dead: share }: HealthLimits): string | undefined {
  const layers = deadUnits.filter(
    ({ dead, units }) => units > 0 && (dead === units || (units >= few && dead > share * units)),
  );
  if (layers.length === 0) return undefined;
  const more = layers.length > 3 ? `, and in ${layers.length - 3} more layers` : "";
  return `Units are 0 for every example that was looked at: ${layers.slice(0, 3).map(show).join(", ")}${more}. They learn nothing any more: lower the rate, start anew with biases of 0 and weights by He, or use leakyRelu, elu or gelu.`;
}

const show = ({ path, dead, units }: DeadUnits): string => `${dead} of the ${units} of ${path}`;
