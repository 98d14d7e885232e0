/** Targets as a loss takes them: numbers of classes, yes and no, or values brought to zero mean and unit variance. */

import type { Command } from "commander";
import type { Loss } from "../../../src/nn/losses/index.ts";
import { countOf, type Dataset, type Part } from "../data/dataset.ts";
import { type Units, unitsFor, withUnits } from "./units.ts";

/** What a network is to be trained on. */
export interface Targets {
  readonly train: Part;
  readonly test: Part | undefined;
  /** Numbers that must come out for an example. */
  readonly outputs: number;
  /** Where the network learns standardized values: what these are in the target's own unit. */
  readonly units?: Units;
}

/** The parts with targets for a loss; classes that are too many for it end as wrong usage. */
export function targetsFor(command: Command, loss: Loss, dataset: Dataset): Targets {
  const { train, test, answer } = dataset;
  if (answer.kind === "values") {
    const units = unitsFor(loss, train.targets);
    const outputs = train.targets.shape[1] ?? 1;
    if (units === undefined) return { train, test, outputs };
    return { train: withUnits(train, units), test: test && withUnits(test, units), outputs, units };
  }
  if (loss.targets === "classes") return { train, test, outputs: answer.count };
  if (answer.count !== 2)
    command.error(
      `error: --loss: ${loss.lossName} tells yes from no, and ${dataset.name} has ${answer.count} classes; take cross-entropy`,
    );
  const no = loss.lossName === "hinge" ? -1 : 0;
  return { train: answered(train, no), test: test && answered(test, no), outputs: 1 };
}

/** The second of two classes is yes. */
function answered(part: Part, no: number): Part {
  const data = Float32Array.from(part.targets.data, (label) => (label === 1 ? 1 : no));
  return { ...part, targets: { data, shape: [countOf(part), 1] } };
}
