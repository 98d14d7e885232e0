/** What there is of a name, found among things that have cards. */

import type { Command } from "commander";
import { nearestName } from "../nearest-name.ts";

/** Something with a name in kebab case. */
interface Named {
  readonly card: { readonly name: string };
}

/** The name as cards have it: `gradientDescent` and `gradient-descent` are one. */
export function kebab(typed: string): string {
  return typed.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The one of a name, in kebab or camel case. */
export function called<T extends Named>(among: readonly T[], typed: string): T | undefined {
  const name = kebab(typed);
  return among.find(({ card }) => card.name === name);
}

/** The one of a name; another name ends as wrong usage with the names there are, and the one that was perhaps meant. */
export function findNamed<T extends Named>(
  command: Command,
  what: string,
  typed: string,
  among: readonly T[],
): T {
  return called(among, typed) ?? unknownName(command, what, typed, namesOf(among));
}

/** Ends as wrong usage; `also` are words beside the names that somebody may have meant. */
export function unknownName(
  command: Command,
  what: string,
  typed: string,
  names: readonly string[],
  also: readonly string[] = [],
): never {
  const name = kebab(typed);
  const contains = name.length > 2 ? names.find((each) => each.includes(name)) : undefined;
  const nearest = nearestName(name, [...names, ...also]) ?? contains;
  const hint = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  return command.error(
    `error: there is no ${what} "${typed}".${hint}\nThe ${pluralOf(what)} are ${names.join(", ")}.`,
  );
}

const pluralOf = (what: string): string => (what.endsWith("s") ? `${what}es` : `${what}s`);

function namesOf(among: readonly Named[]): string[] {
  return among.map(({ card }) => card.name);
}
