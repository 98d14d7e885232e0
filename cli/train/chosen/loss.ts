/** What the training minimizes, and what else it measures: asked for, or as the targets are. */

import type { Command } from "commander";
import {
  type AnyLossFactory,
  crossEntropy,
  type Loss,
  losses,
  squaredError,
} from "../../../src/nn/losses/index.ts";
import { type Metric, metricNamed, metrics } from "../../../src/train/metrics/index.ts";
import { callsOf, readCall } from "../../typed/call.ts";
import { called, findNamed, unknownName } from "../../typed/find.ts";
import { madeOf, readNumbers } from "../../typed/numbers.ts";
import type { Answer } from "../data/dataset.ts";

/** What a loss or a model takes targets for. */
type Kind = Answer["kind"];

/** A loss that was asked for. */
export interface AskedLoss {
  readonly loss: Loss;
  readonly kind: Kind;
}

/** The loss of `huber(delta=0.5)`; an unknown name, and one whose targets no table has, end as wrong usage. */
export function askedLoss(command: Command, text: string | undefined): AskedLoss | undefined {
  if (text === undefined) return undefined;
  const call = readCall(command, "--loss", text);
  const { card, make } = factoryOf(command, call.name);
  const kind = kindOf(card);
  if (kind === undefined)
    return command.error(
      `error: --loss: ${card.name} compares with probabilities of classes, which only a program can give; take cross-entropy`,
    );
  const settings = readNumbers(command, "--loss", card, call.settings);
  return { loss: madeOf(command, "--loss", () => make(Object.fromEntries(settings))), kind };
}

function factoryOf(command: Command, typed: string): AnyLossFactory {
  return called(losses, `${typed}-loss`) ?? findNamed(command, "loss", typed, losses);
}

/** Answers of yes and no are two classes. */
function kindOf({ targets, outputs }: AnyLossFactory["card"]): Kind | undefined {
  if (targets === "classes" || outputs === "logit" || outputs === "score") return "classes";
  return outputs === "values" ? "values" : undefined;
}

/** The loss that goes with what is to be predicted. */
export function usualLoss({ kind }: Answer): Loss {
  return kind === "classes" ? crossEntropy() : squaredError();
}

/** The metrics of a list of names. */
export function askedMetrics(
  command: Command,
  names: readonly string[] | undefined,
  loss: Loss,
): readonly Metric[] | undefined {
  return names?.flatMap(callsOf).map((name) => {
    const metric = /^top-[1-9]\d*-accuracy$/.test(name)
      ? metricNamed(name)
      : (metrics.find((each) => each.name === name) ?? unknownMetric(command, name));
    if (metric.targets === loss.targets) return metric;
    return command.error(
      `error: --metrics: ${metric.name} judges ${metric.targets}, and ${loss.lossName} is trained on ${loss.targets}; leave it out`,
    );
  });
}

function unknownMetric(command: Command, name: string): never {
  const names = metrics.map((metric) => metric.name);
  return unknownName(command, "metric", name, [...names, "top-5-accuracy"]);
}
