/** Joins a card to the function that gives one number for each example. */
import { callOf } from "../../core/call-of.ts";
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { type PartSetting, readSettings } from "../../solver/card.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Loss, LossCard, LossFactory, LossOptions, Reduction } from "./loss.ts";
import { reduced } from "./reduced.ts";

/** What a card says of its own. */
type OwnLossCard = Omit<LossCard, "sum">;

const reductions: readonly Reduction[] = ["mean", "sum", "none"];

const reductionSetting: PartSetting = {
  kind: "part",
  name: "reduction",
  meaning: 'what becomes of the numbers of the examples: "mean", "sum" or "none"',
  default: '"mean"',
  source: "PyTorch",
};

const ofSums =
  "The sum over a batch of n examples has n times the gradient of the mean: plain gradient steps need a rate divided by n, and another one for every batch size. " +
  "Methods that divide by the size of the gradient (Adam) hardly notice; clipping and weight decay, which compare the gradient with something else, do.";

/** A loss factory. `K` names the numbers among its options, all of which are on the card. */
export function lossFactory<K extends string = never>(
  own: OwnLossCard,
  examplesOf: (numbers: { [P in K]: number }) => Loss["examples"],
): LossFactory<{ readonly [P in K]?: number } & LossOptions> {
  const card = { ...own, settings: [...own.settings, reductionSetting], sum: ofSums };
  const call = callOf(card.name);
  const factory = (options: { readonly [P in K]?: number } & LossOptions = {}): Loss => {
    refuseTensor(call, options);
    const numbers = readSettings<K>(card, options, call);
    const reduction = readReduction(call, options);
    const { name, targets, outputs } = card;
    return newLoss(call, {
      lossName: name,
      settings: { ...numbers, reduction },
      targets,
      outputs,
      reduction,
      examples: examplesOf(numbers),
    });
  };
  return Object.assign(factory, { card });
}

/** Makes what is known of a loss callable. */
export function newLoss(call: string, known: { readonly [P in keyof Loss]: Loss[P] }): Loss {
  const { examples, reduction } = known;
  const loss = (outputs: Tensor, targets: Tensor, weights?: Tensor): Tensor =>
    reduced(call, reduction, examples(outputs, targets), weights);
  return Object.assign(loss, known);
}

/** The reduction among options. @throws ArgumentError for what is none. */
export function readReduction(call: string, { reduction = "mean" }: LossOptions): Reduction {
  if (!reductions.includes(reduction))
    throw new ArgumentError(
      `${call}({ reduction }): must be "mean", "sum" or "none"; got ${showValue(reduction)}; the default is "mean"`,
    );
  return reduction;
}

function refuseTensor(call: string, options: unknown): void {
  if (options instanceof Tensor)
    throw new ArgumentError(
      `${call}: makes a loss, and takes options; call what it makes: const loss = ${call}(); loss(outputs, targets)`,
    );
}
