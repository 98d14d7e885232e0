/** A result in a few lines that a person wants to read. */

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

/** The lines: how it ended, the point, its value, what it cost, and what to know or do. */
export function describeResult(result: Described): string {
  const { x, value, gradientNorm, criteria, notes, choice, order } = result;
  const tests = Object.entries(criteria).map(
    ([name, { measured, limit, met }]) => `${name} ${short(measured)} ${met ? "≤" : ">"} ${limit}`,
  );
  const rows: [string, string][] = [
    ["x", showPoint(x)],
    ["value", showNumber(value)],
    ...(gradientNorm === undefined
      ? []
      : [["gradient", `largest magnitude ${short(gradientNorm)}`] satisfies [string, string]]),
    ...(tests.length === 0 ? [] : [["tests", tests.join(", ")] satisfies [string, string]]),
    ["evaluations", showCounts(result)],
    ...(order === undefined ? [] : [["order", `about ${order.toFixed(1)}`] satisfies [string, string]]),
    ...(choice === undefined ? [] : [["method", choice] satisfies [string, string]]),
    ...notes.map((note): [string, string] => ["note", note]),
    ...(result.converged ? [] : [["advice", result.advice] satisfies [string, string]]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [headline(result), ...rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`)].join("\n");
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
  if (typeof x === "number") return showNumber(x);
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

const showNumber = (value: number): string => String(Number(value.toPrecision(digits)));

const short = (value: number): string => String(Number(value.toPrecision(3)));
