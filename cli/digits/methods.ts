/** The methods that the main job can train with, and their rates. */

import { adagrad, adam, adamw, cosineDecay, momentum, rmsprop, sgd } from "../../src/first-order/index.ts";
import type { Optimizer, Plan } from "../../src/train/index.ts";
import type { DigitsOptions, MethodName } from "./options.ts";

/** A method as this run uses it. */
export interface TrainingMethod {
  readonly name: MethodName;
  /** How people call it: `Momentum 0.9`. */
  readonly title: string;
  /** The rate of the first step. */
  readonly rate: number;
  /** What becomes of it. */
  readonly schedule: "constant" | "cosine to 0";
  /** Made for a run of a length. */
  readonly optimizer: (plan: Plan) => Optimizer;
}

/**
 * The rates that had the lowest loss on 10,000 of the training digits set apart, among 1, 0.3, 0.1, 0.03, 0.01, … (seed 1, four epochs, batches of 100; the digits
 * of the test had no say). Behind them the losses with the rate below, with this one and with the rate above.
 */
const rates: Readonly<Record<MethodName, number>> = {
  sgd: 0.3, // 0.099, 0.083, 0.426
  momentum: 0.03, // 0.097, 0.088, 0.155
  adagrad: 0.01, // 0.148, 0.095, 0.096
  rmsprop: 0.001, // 0.102, 0.083, 0.111
  adam: 0.001, // 0.106, 0.079, 0.118
  adamw: 0.003, // 0.067, 0.065, 0.083
};

/** λ of AdamW. */
const weightDecay = 0.05;

/** The methods that the options ask for. */
export function chosenMethods(options: DigitsOptions): TrainingMethod[] {
  return options.methods.map((name) => {
    const rate = options.rate ?? rates[name];
    return { name, rate, schedule: "constant", ...madeOf(name, rate, options) };
  });
}

type Made = Pick<TrainingMethod, "title" | "optimizer"> & Partial<Pick<TrainingMethod, "schedule">>;

function madeOf(name: MethodName, rate: number, { momentum: decay }: DigitsOptions): Made {
  switch (name) {
    case "sgd":
      return { title: "SGD", optimizer: () => sgd({ rate }) };
    case "momentum":
      return { title: `Momentum ${decay}`, optimizer: () => momentum({ rate, decay }) };
    case "adagrad":
      return { title: "AdaGrad", optimizer: () => adagrad({ rate }) };
    case "rmsprop":
      return { title: "RMSProp", optimizer: () => rmsprop({ rate }) };
    case "adam":
      return { title: "Adam", optimizer: () => adam({ rate }) };
    case "adamw":
      return {
        title: "AdamW with cosine decay",
        schedule: "cosine to 0",
        optimizer: ({ steps }) => adamw({ rate: cosineDecay({ from: rate, steps }), weightDecay }),
      };
    default:
      return name satisfies never;
  }
}
