/** Down the gradient: u ← −η(t) u. The last part of most chains. */
import { each } from "./each.ts";
import { describeRate, type Rate, rateSetting, readRate } from "./schedule.ts";
import type { GradientTransformation } from "./transformation.ts";

const settings = [rateSetting(0.01, "Keras")];

/**
 * Multiplies by −η: what is added to the parameters then leads down.
 *
 * ```ts
 * import { scaleByRate, tensor } from "nabla";
 * scaleByRate(0.5).update([tensor([2, -4])], {}, [], { rate: tensor(0.5) }).updates[0]; // → Tensor(float64 [2]) [-1, 2]
 * ```
 *
 * @param rate η, above 0, or a schedule of it.
 * @throws ArgumentError for anything else.
 */
export function scaleByRate(rate: Rate): GradientTransformation<object, { rate: number }> {
  const schedule = readRate({ name: "scaleByRate", settings }, rate);
  return {
    name: "scale-by-rate",
    settings: { rate: describeRate(schedule) },
    init: () => ({}),
    hyperparameters: (t) => ({ rate: schedule.at(t) }),
    update: (updates, state, _, { rate }) => {
      const factor = rate.neg();
      return { updates: each((u) => u.mul(factor), updates), state };
    },
    share: (t) => schedule.at(t) / schedule.largest,
  };
}
