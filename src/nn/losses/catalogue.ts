/** The losses by name, for menus, command lines, and files of models. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import type { Settings } from "../../solver/card.ts";
import { absoluteError } from "./absolute-error.ts";
import { binaryCrossEntropy } from "./binary-cross-entropy.ts";
import { crossEntropy } from "./cross-entropy.ts";
import { hinge } from "./hinge.ts";
import { huberLoss } from "./huber-loss.ts";
import { klDivergence } from "./kl-divergence.ts";
import type { Loss, LossCard, LossFactory, LossOptions } from "./loss.ts";
import { multiclassHinge } from "./multiclass-hinge.ts";
import { smoothL1 } from "./smooth-l1.ts";
import { softCrossEntropy } from "./soft-cross-entropy.ts";
import { squaredError } from "./squared-error.ts";

/** A factory whose options only its card tells. It checks them. */
export interface AnyLossFactory {
  readonly card: LossCard;
  readonly make: (options: Settings) => Loss;
}

/**
 * All losses. In programs import the factory itself, whose options are typed.
 *
 * ```ts
 * import { losses } from "nabla";
 * losses.map(({ card }) => card.name).slice(0, 3); // → [ "squared-error", "absolute-error", "huber-loss" ]
 * ```
 */
export const losses: readonly AnyLossFactory[] = [
  any(squaredError),
  any(absoluteError),
  any(huberLoss),
  any(smoothL1),
  any(crossEntropy),
  any(softCrossEntropy),
  any(klDivergence),
  any(binaryCrossEntropy),
  any(hinge),
  any(multiclassHinge),
];

/**
 * The loss of a name and settings, as a loss tells them of itself.
 *
 * ```ts
 * import { crossEntropy, lossNamed } from "nabla";
 * const { lossName, settings } = crossEntropy({ labelSmoothing: 0.1 });
 * lossNamed(lossName, settings).settings; // → { labelSmoothing: 0.1, reduction: "mean" }
 * ```
 *
 * @throws ArgumentError for a name that is none, and settings that are not its own.
 */
export function lossNamed(name: string, settings: Settings = {}): Loss {
  const factory = losses.find(({ card }) => card.name === name);
  if (factory === undefined)
    throw new ArgumentError(
      `lossNamed: there is no loss ${showValue(name)}; the losses are ${losses.map(({ card }) => card.name).join(", ")}`,
    );
  return factory.make(settings);
}

/** Forgets the types of options, which the factory checks by its card. */
function any<Options extends LossOptions>(factory: LossFactory<Options>): AnyLossFactory {
  return { card: factory.card, make: (options) => factory(options as Options) };
}
