/** Who races: methods by name, with their settings in brackets. */

import type { Command } from "commander";
import { allMethods } from "../../src/minimize/index.ts";
import type { ObjectiveWant } from "../../src/problem/types.ts";
import { fixedStep } from "../../src/search/index.ts";
import { gradientDescent } from "../../src/smooth/index.ts";
import type { MethodCard, NumberSetting } from "../../src/solver/card.ts";
import { type AnyFactory, type AnyMethod, anyMethod } from "../../src/solver/method.ts";
import { fitsFunctions } from "../minimize/problem.ts";
import { showNumber } from "../output.ts";
import { callsOf, readCall } from "../typed/call.ts";
import { called, findNamed } from "../typed/find.ts";
import { madeOf, readNumbers } from "../typed/numbers.ts";

/** A method that races. */
export interface Entrant {
  /** What it is called in tables and legends: its name, and the settings that were given. */
  readonly label: string;
  readonly card: MethodCard;
  /** The rate it was given, or that was chosen for the surface; undefined for methods that find their steps themselves. */
  readonly rate: number | undefined;
  readonly method: AnyMethod<ObjectiveWant>;
}

/** The rate that suits a method on the surface; undefined for the method's own default. */
export type RateFor = (card: MethodCard) => number | undefined;

/** The entrants of `adam(rate=0.1),momentum`; names in kebab case or camel case. What is wrong in it ends as wrong usage. */
export function entrantsOf(command: Command, text: string, rateFor: RateFor): Entrant[] {
  const entrants = callsOf(text).map((entry) => entrantOf(command, entry, rateFor));
  if (entrants.length > 0) return entrants;
  return command.error("error: --methods: name at least one method, such as --methods adam,momentum");
}

function entrantOf(command: Command, entry: string, rateFor: RateFor): Entrant {
  const call = readCall(command, "--methods", entry);
  const { card, make } = makerOf(command, call.name);
  const settings = readNumbers(command, "--methods", card, call.settings);
  const hasRate = card.settings.some(({ name }) => name === "rate");
  const rate = hasRate ? (settings.get("rate") ?? rateFor(card) ?? defaultRate(card)) : undefined;
  const given = [...settings].map(([name, value]) => `${name}=${showNumber(value)}`);
  const chosen = new Map([...settings, ...(rate === undefined ? [] : [["rate", rate] as const])]);
  return {
    label: given.length === 0 ? card.name : `${card.name}(${given.join(", ")})`,
    card,
    rate,
    method: madeOf(command, "--methods", () => make(chosen)),
  };
}

function defaultRate({ settings }: MethodCard): number | undefined {
  const rate = settings.find(({ name }) => name === "rate");
  return rate?.kind === "number" ? rate.default : undefined;
}

/** Makes a method from the numbers that were typed. */
interface Maker {
  readonly card: MethodCard;
  readonly make: (settings: ReadonlyMap<string, number>) => AnyMethod<ObjectiveWant>;
}

function makerOf(command: Command, typed: string): Maker {
  const racing = allMethods().filter(asksForFunctions);
  const found = called(racing, typed);
  if (found === undefined && called(allMethods(), typed) !== undefined)
    return command.error(
      `error: ${typed} asks for residuals, and a race is run on values and gradients; leave it out`,
    );
  const factory = found ?? findNamed(command, "method", typed, racing);
  return factory.card.name === fixedDescent.card.name
    ? fixedDescent
    : {
        card: factory.card,
        make: (settings) => asked(command, factory(Object.fromEntries(settings))),
      };
}

/** Whether a method takes values, gradients and what follows from them. */
function asksForFunctions({ card }: AnyFactory): boolean {
  return card.asks.every((kind) => kind !== "residuals" && kind !== "jacobian");
}

function asked(command: Command, method: AnyMethod): AnyMethod<ObjectiveWant> {
  return fitsFunctions(method)
    ? method
    : command.error(`error: ${method.card.name} asks for residuals; leave it out`);
}

const fixedRate: NumberSetting = {
  kind: "number",
  name: "rate",
  meaning: "the length of a step is the rate times that of the gradient",
  default: 0.01,
  source: "Nabla",
  range: "(0, ∞)",
};

/** Gradient descent races as the lecture draws it: by a fixed rate, not with the line search of its factory. */
const fixedDescent: Maker = {
  card: { ...gradientDescent.card, settings: [fixedRate] },
  make: (settings) =>
    anyMethod(gradientDescent({ search: fixedStep(settings.get("rate") ?? fixedRate.default) })),
};
