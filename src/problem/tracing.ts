/** Whether a function can be traced; where it cannot, why. */
import { readData } from "../autodiff/reading.ts";
import { inputsOf, type Traced, tracer } from "../autodiff/traced.ts";
import { TraceError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { isPlainObject } from "../core/tree.ts";
import { type AnyFunction, closureOf } from "../expression/index.ts";
import type { NdArray } from "../tensor/array.ts";
import type { Graph } from "../tensor/graph.ts";
import { Tensor } from "../tensor/tensor.ts";
import { isNumericArray } from "../tensor/tree.ts";
import type { Bound } from "./exact.ts";
import type { Layout } from "./layout.ts";
import type { Variables } from "./variables.ts";

/** A function as a graph, with the values of the inputs that are not variables. */
export interface Graphed {
  readonly traced: Traced;
  /** The tensors among the further arguments. */
  readonly rest: readonly NdArray[];
}

/** Why a function is not a graph, in words that follow "because", and what would make it one. */
export interface Untraceable {
  readonly cause: string;
  readonly remedy: string;
}

const asynchronous: Untraceable = {
  cause: "an asynchronous function cannot be traced",
  remedy: "give a gradient beside the value",
};

const impure: Untraceable = {
  cause:
    "the function does not give the same at every call (it draws random numbers, counts or reads a clock)",
  remedy: "draw what is random before, and pass it as `data`",
};

/**
 * Traces a function of a point, unless it cannot be traced or would not be the same at its next call: random numbers, clocks
 * and counters must not be frozen in a graph.
 *
 * @throws TraceError inside a function that is being traced around the call, on whose values the function depends.
 */
export function tryToTrace(
  call: string,
  f: AnyFunction,
  layout: Layout,
  data: readonly unknown[],
): Graphed | Untraceable {
  // Run on stand-ins it might already write to somebody far away.
  if (Object.prototype.toString.call(f) === "[object AsyncFunction]") return asynchronous;
  const readings = [layout.point, ...data.map(readData)];
  let traced: Traced;
  try {
    traced = tracer(call, f)(readings);
    if (!traced.isWalked && readsClock(f)) return impure;
    if (mayHide(f, traced, data) && !sameGraph(traced.graph, tracer(call, f)(readings).graph)) return impure;
  } catch (error) {
    return {
      cause: `the function cannot be traced: ${causeOf(error)}`,
      remedy:
        "pass what it captures as `data`, write it with tensor operations, give derivatives yourself, or use the build plugin",
    };
  }
  if (traced.captured.length > 0)
    throw new TraceError(
      `${call}: the function depends on a value that is being traced around this call; solve outside of functions that are traced, or pass what it depends on as a number`,
    );
  return {
    traced,
    rest: inputsOf(readings, traced)
      .slice(layout.types.length)
      .map((x) => x.values()),
  };
}

/** A traced function as a graph of variables. */
export function bound({ traced, rest }: Graphed, { compose, types, dimension }: Variables): Bound {
  return { graph: compose(traced.graph), count: types.length, rest, dimension };
}

/** What an error says was wrong, without its remedies, which follow the last semicolon. */
function causeOf(error: unknown): string {
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  const end = line.lastIndexOf("; ");
  const sentence = end > 0 ? line.slice(0, end) : line;
  return sentence.length > 200 ? `${sentence.slice(0, 200)}…` : sentence;
}

/** Whether something may have gone into a trace that the function's own source does not show. */
function mayHide(f: AnyFunction, { isWalked }: Traced, data: readonly unknown[]): boolean {
  return !isWalked || closureOf(f) !== undefined || data.some(holdsCode);
}

/** Two traces may well fall into the same millisecond. */
function readsClock(f: AnyFunction): boolean {
  return /\bDate\.now\s*\(|\bnew Date\b|\bperformance\.now\s*\(|\bhrtime\b/.test(
    Function.prototype.toString.call(f),
  );
}

function holdsCode(value: unknown): boolean {
  if (value instanceof Tensor || isNumericArray(value)) return false;
  if (Array.isArray(value)) return value.some(holdsCode);
  if (isPlainObject(value)) return Object.values(value).some(holdsCode);
  return typeof value === "function" || (typeof value === "object" && value !== null);
}

/** True when two traces of one function hold the same steps and constants. */
function sameGraph(a: Graph, b: Graph): boolean {
  if (a.steps.length !== b.steps.length || a.constants.length !== b.constants.length) return false;
  return (
    sameParts(a.constants, b.constants) && sameParts(a.outputs, b.outputs) && sameParts(a.steps, b.steps)
  );
}

function sameParts(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Tensor) return b instanceof Tensor && sameParts(a.values(), b.values());
  // Rules of custom derivatives are made anew by every trace; what they do cannot be compared.
  if (typeof a === "function") return typeof b === "function";
  if (isNumericArray(a)) return isNumericArray(b) && sameElements(a, b);
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((x, i) => sameParts(x, b[i]));
  if (!isPlainObject(a) || !isPlainObject(b)) return false;
  return Object.keys(a).every((key) => sameParts(a[key], b[key]));
}

function sameElements(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(at(a, i), at(b, i))) return false;
  return true;
}
