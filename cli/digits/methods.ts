/** The methods that the main job can train with. */

import { adam, linearDecay, momentum, type Schedule } from "../../src/first-order/index.ts";
import type { Network } from "./network.ts";
import type { DigitsOptions, MethodName } from "./options.ts";
import { type Learner, learner } from "./step.ts";

/** A method as this run uses it. */
export interface TrainingMethod {
  readonly name: MethodName;
  /** How people call it: `SGD with momentum 0.9`. */
  readonly title: string;
  /** The rate at each step. */
  readonly rate: Schedule;
  /** The option that sets the rate of the first step. */
  readonly rateOption: string;
  /** A network that learns by it. */
  readonly begin: (network: Network) => Learner;
}

/** The methods that the options ask for, for a run of so many steps: their rates fall to 0 along a straight line. */
export function chosenMethods(options: DigitsOptions, steps: number): TrainingMethod[] {
  return options.methods.map((name) => methodOf(name, options, steps));
}

function methodOf(name: MethodName, options: DigitsOptions, steps: number): TrainingMethod {
  switch (name) {
    case "momentum": {
      const rate = linearDecay({ from: options.rate, to: 0, steps });
      const { transformation } = momentum({ rate, decay: options.momentum });
      const title = `SGD with momentum ${options.momentum}`;
      return { name, title, rate, rateOption: "--rate", begin: (start) => learner(transformation, start) };
    }
    case "adam": {
      const rate = linearDecay({ from: options.adamRate, to: 0, steps });
      const { transformation } = adam({ rate });
      return {
        name,
        title: "Adam",
        rate,
        rateOption: "--adam-rate",
        begin: (start) => learner(transformation, start),
      };
    }
    default:
      return name satisfies never;
  }
}
