/** What moves the parameters: a method by its name, with settings in brackets. */

import type { Command } from "commander";
import { allMethods } from "../../../src/minimize/index.ts";
import type { ObjectiveWant } from "../../../src/problem/types.ts";
import type { MethodCard } from "../../../src/solver/card.ts";
import type { AnyFactory, AnyMethod } from "../../../src/solver/method.ts";
import { fitsFunctions } from "../../minimize/problem.ts";
import { readCall } from "../../typed/call.ts";
import { called, findNamed } from "../../typed/find.ts";
import { madeOf, readNumbers } from "../../typed/numbers.ts";

/** An optimizer that was chosen. */
export interface ChosenOptimizer {
  readonly card: MethodCard;
  /** Its rate, where it has one. */
  readonly rate: number | undefined;
  /** Whether somebody said it. */
  readonly isRateGiven: boolean;
  readonly method: AnyMethod<ObjectiveWant>;
  /** Whether every step must see all examples. */
  readonly isFullBatch: boolean;
}

/** Makes the optimizer of `adam(beta1=0.8)`, with the rate of `--lr`; what does not fit ends as wrong usage. */
export function chosenOptimizer(command: Command, text: string, lr: number | undefined): ChosenOptimizer {
  const call = readCall(command, "--optimizer", text);
  const factory = factoryOf(command, call.name);
  const { card } = factory;
  const settings = new Map(readNumbers(command, "--optimizer", card, call.settings));
  if (lr !== undefined) withRate(command, card, settings, lr);
  const method = madeOf(command, settings.size > call.settings.length ? "--lr" : "--optimizer", () =>
    factory(Object.fromEntries(settings)),
  );
  const standard = card.settings.find(({ name }) => name === "rate");
  const rate = settings.get("rate") ?? (standard?.kind === "number" ? standard.default : undefined);
  return fitsFunctions(method)
    ? { card, rate, isRateGiven: settings.has("rate"), method, isFullBatch: card.family !== "first-order" }
    : unfit(command, card);
}

/** Methods that train networks: those of gradients. */
function factoryOf(command: Command, typed: string): AnyFactory {
  const fitting = allMethods().filter(
    ({ card: { family, asks } }) =>
      family === "first-order" ||
      (family === "smooth" && asks.every((kind) => kind === "value" || kind === "gradient")),
  );
  const other = called(fitting, typed) === undefined ? called(allMethods(), typed) : undefined;
  if (other === undefined) return findNamed(command, "method", typed, fitting);
  return unfit(command, other.card);
}

function unfit(command: Command, { name, asks }: MethodCard): never {
  return command.error(
    `error: --optimizer: ${name} asks for ${asks.join(", ")}, and a network offers values and gradients; take adam, momentum or lbfgs`,
  );
}

function withRate(command: Command, card: MethodCard, settings: Map<string, number>, lr: number): void {
  if (!card.settings.some(({ name }) => name === "rate"))
    command.error(`error: --lr: ${card.name} chooses the lengths of its steps itself; leave --lr out`);
  if (settings.has("rate"))
    command.error(
      `error: --lr: --optimizer says rate=${settings.get("rate")} already; leave one of them out`,
    );
  settings.set("rate", lr);
}
