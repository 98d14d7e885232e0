/** The method that was asked for on the command line, with its settings. */

import type { Command } from "commander";
import { allMethods } from "../../src/minimize/index.ts";
import type { AnyFactory, AnyMethod } from "../../src/solver/method.ts";
import { findNamed } from "../typed/find.ts";
import { madeOf, readNumbers } from "../typed/numbers.ts";
import { type FormulaProblem, fitsFunctions, needsSquares } from "./problem.ts";

/** What the command line says about the method. */
export interface MethodOptions {
  readonly method?: string;
  readonly set?: readonly string[];
  readonly seed?: number;
}

/** The factory of a name; an unknown name ends as wrong usage with the names there are. */
export function factoryOf(command: Command, name: string): AnyFactory {
  return findNamed(command, "method", name, allMethods());
}

/** The method asked for; undefined where it is to be chosen by the problem. */
export function methodOf(
  command: Command,
  { method: name, set = [], seed }: MethodOptions,
  { residuals }: Pick<FormulaProblem, "residuals">,
): AnyMethod | undefined {
  if (name === undefined) {
    const loose = set.length > 0 ? "--set" : seed === undefined ? undefined : "--seed";
    if (loose === undefined) return undefined;
    return command.error(`error: ${loose} needs to know the method; name it with --method`);
  }
  const factory = factoryOf(command, name);
  const { card } = factory;
  const settings = new Map(readNumbers(command, "--set", card, set));
  if (seed !== undefined) {
    if (!card.settings.some((setting) => setting.name === "seed"))
      return command.error(`error: ${name} draws no random numbers; leave --seed out`);
    settings.set("seed", seed);
  }
  const method = madeOf(command, "--set", () => factory(Object.fromEntries(settings)));
  return residuals || fitsFunctions(method) ? method : command.error(`error: ${needsSquares(name)}`);
}
