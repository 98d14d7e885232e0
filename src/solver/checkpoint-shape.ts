/** What a checkpoint must hold before a run trusts it. What a method keeps for itself only that method can know. */
import { showValue } from "../core/checks.ts";
import { isPlainObject } from "../core/tree.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { criterionNames } from "./criteria.ts";
import { wants } from "./question.ts";

/** True for a whole checkpoint. */
export function isCheckpoint(value: unknown): value is Checkpoint {
  return checkpointFault(value) === undefined;
}

/** The first thing wrong with what should be a checkpoint: `its state.x must be …; got …`. */
export function checkpointFault(value: unknown): string | undefined {
  for (const [path, rule, holds] of rules(numberAt(value, "dimension"))) {
    const part = partAt(value, path);
    if (!holds(part)) return `its ${path} must be ${rule}; got ${showValue(part)}`;
  }
  return undefined;
}

/** Where, what is needed there, and whether it is. */
type Rule = readonly [path: string, rule: string, holds: (part: unknown) => boolean];

function rules(dimension: number): readonly Rule[] {
  const isVector = (part: unknown): boolean => part instanceof Float64Array && part.length === dimension;
  const isSeen = (part: unknown): boolean =>
    isPlainObject(part) && isVector(part.x) && typeof part.value === "number";
  const vector = `a Float64Array of ${dimension} numbers`;
  const seen = `{ x, value } of ${dimension} variables, or undefined`;
  return [
    ["version", "a whole number", isCount],
    ["method.name", "a string", (part) => typeof part === "string"],
    ["method.settings", "a plain object", isPlainObject],
    ["dimension", "a whole number", isCount],
    ["kernels", "a string", (part) => typeof part === "string"],
    ["state.x", vector, isVector],
    ["state.value", "a number or undefined", optional(isNumber)],
    ["state.gradient", `${vector} or undefined`, optional(isVector)],
    ["state.steps", "a whole number", isCount],
    ["state.cut", "a number or undefined", optional(isNumber)],
    ["state.verdict", "{ reason, detail } or undefined", optional(isVerdict)],
    ...wants.map((kind): Rule => [`record.spent.${kind}`, "a number ≥ 0", isSize]),
    ["record.elapsedBefore", "a number ≥ 0", isSize],
    ["record.history", "lists of numbers of one length", isHistory],
    [
      "record.path",
      "a list of points or undefined",
      optional((part) => Array.isArray(part) && part.every(isVector)),
    ],
    ["record.scale", seen, optional(isSeen)],
    ["record.best", seen, optional(isSeen)],
    ["record.measured", "an object", isPlainObject],
    ...criterionNames.map((name): Rule => [`record.measured.${name}`, "a number", optional(isNumber)]),
  ];
}

const isNumber = (part: unknown): boolean => typeof part === "number";
const isSize = (part: unknown): boolean => typeof part === "number" && part >= 0;
const isCount = (part: unknown): boolean => Number.isSafeInteger(part) && isSize(part);
const optional =
  (holds: (part: unknown) => boolean) =>
  (part: unknown): boolean =>
    part === undefined || holds(part);

function isVerdict(part: unknown): boolean {
  if (!isPlainObject(part) || typeof part.detail !== "string") return false;
  return part.reason === "stalled" || part.reason === "completed";
}

function isHistory(part: unknown): boolean {
  if (!isPlainObject(part)) return false;
  const lists = [part.value, part.gradientNorm, part.stepNorm];
  const [length] = lists.map((list) => (Array.isArray(list) ? list.length : -1));
  return lists.every((list) => Array.isArray(list) && list.length === length && list.every(isNumber));
}

function partAt(value: unknown, path: string): unknown {
  let part = value;
  for (const key of path.split(".")) part = isPlainObject(part) ? part[key] : undefined;
  return part;
}

function numberAt(value: unknown, path: string): number {
  return Number(partAt(value, path));
}
