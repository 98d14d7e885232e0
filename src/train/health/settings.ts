/** From where on something looks wrong, with the sources of the limits. */
import type { NumberSetting } from "../../solver/card.ts";

/** Options of `healthMonitor`. */
export interface HealthOptions {
  /** A loss above so many times its start, for good, is no noise. In (1, ∞). Default 2, Nabla's: a network that knows nothing is where it starts. */
  readonly rise?: number;
  /** Updates of more than this share of the parameters, for good, are too long. In (0, ∞). Default 0.5; Karpathy calls 0.001 right. */
  readonly highRatio?: number;
  /** Updates that were never more than this share of the parameters are too short. In [0, ∞). Default 1e-6; Karpathy calls 0.001 right. */
  readonly lowRatio?: number;
  /** A gradient so many times its running median explodes. In (1, ∞). Default 1000, Nabla's: beyond the noise of batches. */
  readonly explosion?: number;
  /** Gradients of the first layers below this share of those of the last vanish. In [0, 1). Default 1e-3, Nabla's: what about seven layers of sigmoids lose. */
  readonly vanishing?: number;
  /**
   * A layer of whose units more than this share is 0 for all examples. In [0, 1). Default 0.6, Nabla's: 0.4 of a network is Karpathy's sign of a rate too high, but
   * of the last layers of deep ones nearly half is off for all examples from the start.
   */
  readonly dead?: number;
}

/** The limits, all of them. */
export type HealthLimits = Required<HealthOptions>;

/** Karpathy, CS231n, Neural Networks Part 3: "a rough heuristic is that this ratio should be somewhere around 1e-3". */
const ratioSource = "Karpathy, CS231n, Neural Networks Part 3: around 10⁻³ is right";

/** The settings as cards list them. */
export const healthSettings: readonly NumberSetting[] = [
  {
    kind: "number",
    name: "rise",
    meaning: "how many times its start the loss is where it has gone wrong",
    default: 2,
    source: "Nabla: a network that knows nothing is where it starts",
    range: "(1, ∞)",
  },
  {
    kind: "number",
    name: "highRatio",
    meaning: "‖Δx‖/‖x‖ above which steps are too long",
    default: 0.5,
    source: ratioSource,
    range: "(0, ∞)",
  },
  {
    kind: "number",
    name: "lowRatio",
    meaning: "‖Δx‖/‖x‖ below which steps are too short",
    default: 1e-6,
    source: ratioSource,
    range: "[0, ∞)",
  },
  {
    kind: "number",
    name: "explosion",
    meaning: "how many times its running median a gradient is that explodes",
    default: 1000,
    source: "Nabla: beyond the noise of batches; Pascanu et al. (2013), section 2.3, for the cliffs",
    range: "(1, ∞)",
  },
  {
    kind: "number",
    name: "vanishing",
    meaning: "‖g‖ of the first layers for that of the last, below which it vanishes",
    default: 1e-3,
    source:
      "Nabla: about seven layers of sigmoids lose that much; Glorot & Bengio (2010), section 4.2, for the loss",
    range: "[0, 1)",
  },
  {
    kind: "number",
    name: "dead",
    meaning: "the share of dead units of a layer",
    default: 0.6,
    source:
      'Nabla; Karpathy, CS231n, Neural Networks Part 1: "as much as 40% of your network can be "dead" (i.e. neurons that never activate across the entire training dataset) if the learning rate is set too high"',
    range: "[0, 1)",
  },
];
