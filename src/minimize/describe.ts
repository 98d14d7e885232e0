/** A result in a few lines that a person wants to read. */

import { showNumber } from "../core/show-number.ts";
import { isPlainObject } from "../core/tree.ts";
import type { State } from "../solver/method.ts";
import { wants } from "../solver/question.ts";
import { Tensor } from "../tensor/tensor.ts";
import { isNumericArray } from "../tensor/tree.ts";
import type { MinimizeResult } from "./result.ts";

/** What is described. */
type Described = Omit<MinimizeResult<unknown, State>, "toString">;

/** Numbers are shown with so many digits. */
const digits = 8;

/** As many elements of a list are shown. */
const shownElements = 10;

/** A result in words. */
export interface Description {
  /** How it ended. */
  readonly headline: string;
  /** The point, its value, what it cost, and what to know or do, each under a name. */
  readonly rows: readonly Row[];
}

/** A name, and what is said under it. */
export type Row = readonly [name: string, text: string];

/** How a run ended, and what is to be said about it, name by name. */
export function describeRows(result: Described): Description {
  const { x, value, gradientNorm, criteria, notes, choice, order, converged, reason, advice } = result;
  const tests = Object.entries(criteria).map(
    ([name, { measured, limit, met }]) => `${name} ${short(measured)} ${met ? "≤" : ">"} ${short(limit)}`,
  );
  const row = (name: string, text: string | undefined): Row[] => (text === undefined ? [] : [[name, text]]);
  const rows = [
    ...row("x", showPoint(x)),
    ...row("value", showNumber(value, digits)),
    ...row("gradient", gradientNorm === undefined ? undefined : `largest magnitude ${short(gradientNorm)}`),
    ...row("tests", tests.length === 0 ? undefined : tests.join(", ")),
    ...row("evaluations", showCounts(result)),
    ...row("order", order === undefined ? undefined : `about ${order.toFixed(1)}`),
    ...row("method", choice),
    ...notes.flatMap((note) => row("note", note)),
    ...row("advice", converged || reason === "completed" ? undefined : advice),
  ];
  return { headline: headline(result), rows };
}

/** The same as lines. */
export function describeResult(result: Described): string {
  const { headline: first, rows } = describeRows(result);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [first, ...rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`)].join("\n");
}

function headline({ converged, reason, detail, steps, method }: Described): string {
  const count = `${steps} step${steps === 1 ? "" : "s"} of ${method}`;
  if (converged) return `converged after ${count}: ${detail}`;
  if (reason === "completed") return `completed ${count}: ${detail}`;
  return `not converged (${reason}) after ${count}: ${detail}`;
}

function showCounts({ evaluations, elapsed }: Described): string {
  const counts = wants.filter((kind) => evaluations[kind] > 0).map((kind) => `${kind} ${evaluations[kind]}`);
  return `${counts.join(", ")} in ${elapsed < 10 ? elapsed.toPrecision(2) : elapsed.toFixed(0)} ms`;
}

/** A tree of numbers in one line: `{ rate: 1.2, weights: [0, 1] }`. */
export function showPoint(x: unknown): string {
  if (typeof x === "number") return showNumber(x, digits);
  if (x instanceof Tensor) return showPoint(nested(Array.from(x.toTypedArray()), x.shape));
  if (isNumericArray(x)) return showPoint(Array.from(x));
  if (Array.isArray(x)) {
    const shown = x.slice(0, shownElements).map(showPoint);
    return `[${shown.join(", ")}${x.length > shown.length ? `, … ${x.length - shown.length} more` : ""}]`;
  }
  if (!isPlainObject(x)) return String(x);
  return `{ ${Object.entries(x)
    .map(([key, part]) => `${key}: ${showPoint(part)}`)
    .join(", ")} }`;
}

function nested(values: readonly number[], shape: readonly number[]): unknown {
  const [length, ...rest] = shape;
  if (length === undefined) return values[0];
  const size = values.length / (length || 1);
  return Array.from({ length }, (_, i) => nested(values.slice(i * size, (i + 1) * size), rest));
}

const short = (value: number): string => showNumber(value, 3);
