/** What a caller is told about a problem, and given back of it. */
import type { DerivativeSource } from "../solver/problem.ts";
import type { Want } from "../solver/question.ts";
import type { Untraceable } from "./tracing.ts";
import type { Variables } from "./variables.ts";

/** Says which derivatives are by differences, why, and how to get exact ones; nothing where none are. */
export function noteOn(
  sources: Partial<Readonly<Record<Want, DerivativeSource>>>,
  { cause, remedy }: Untraceable,
): string[] {
  if (!Object.values(sources).includes("differences")) return [];
  const which = sources.gradient === "differences" ? "derivatives" : "second derivatives";
  return [`${which} are by finite differences, because ${cause}; for exact ones ${remedy}`];
}

/** The way back from variables to the caller's structure. */
export function restorer<X>({ layout, toPoint }: Variables): (u: Float64Array) => X {
  // The tree is made after the caller's own start, leaf by leaf.
  return (u) => layout.toTree(toPoint(u)) as X;
}
