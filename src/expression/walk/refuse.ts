/** Errors of the walk: what cannot be traced, where, and what to do instead. */
import { TraceError } from "../../core/errors.ts";
import { placeOf } from "./source.ts";
import type { Walker } from "./types.ts";

/** What to do about a variable or function that the source alone does not show. */
export const PASS_AS_DATA: string =
  "pass it as data in the second argument, or mark the function with differentiable(...) and use the build plugin";

/** The remedy that always exists. */
export const USE_TENSORS: string = "write this part with tensor operations";

/** Throws the sentence "`what` (line 2 of `f`: `…`); remedy." at the present node. */
export function refuse(walker: Walker, what: string, remedy: string, cause?: unknown): never {
  const place = placeOf(walker.source, walker.node.start, walker.node.end);
  throw new TraceError(`${what} (${place}); ${remedy}.`, cause === undefined ? undefined : { cause });
}

/** How errors name a value: "an array", "the string \"a\"", ... */
export function nameOf(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "string") return `the string ${JSON.stringify(value.slice(0, 20))}`;
  if (typeof value === "function") return "a function";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}
