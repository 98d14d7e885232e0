/** What the compiler knows of primitives when it fuses: which it writes as code element by element, and which are dear. */
import type { TensorType } from "../../tensor/array.ts";
import { isFloat } from "../../tensor/dtype.ts";
import type { Step } from "../../tensor/graph.ts";
import type { PrimitiveName } from "../../tensor/primitives/index.ts";
import type { Combination } from "./nest.ts";

/** Elementwise primitives that cost several times an addition: computed once rather than again. */
const dear: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  "cbrt",
  "exp",
  "expm1",
  "log",
  "log1p",
  "log2",
  "log10",
  "sin",
  "cos",
  "tan",
  "asin",
  "acos",
  "atan",
  "sinh",
  "cosh",
  "tanh",
  "asinh",
  "acosh",
  "atanh",
  "erf",
  "erfc",
  "lgamma",
  "polygamma",
  "sigmoid",
  "softplus",
  "pow",
  "atan2",
  "hypot",
  "rem",
]);

/** Elementwise primitives of floats that cost about an addition. */
const cheap: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  "neg",
  "abs",
  "sign",
  "sqrt",
  "relu",
  "floor",
  "ceil",
  "round",
  "trunc",
  "isNaN",
  "isFinite",
  "add",
  "sub",
  "mul",
  "div",
  "maximum",
  "minimum",
]);

const comparisons: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  "equal",
  "notEqual",
  "less",
  "lessEqual",
  "greater",
  "greaterEqual",
]);

const connectives: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  "logicalNot",
  "logicalAnd",
  "logicalOr",
  "logicalXor",
]);

/** Primitives on integers that are one instruction on four of them. */
const onIntegers: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  "neg",
  "abs",
  "add",
  "sub",
  "mul",
  "maximum",
  "minimum",
]);

const folds: Partial<Readonly<Record<PrimitiveName, Combination>>> = {
  reduceSum: "sum",
  reduceMax: "max",
  reduceMin: "min",
};

/** Whether a primitive is dear. */
export function isDear(name: PrimitiveName): boolean {
  return dear.has(name);
}

/** How a step folds, where it is a fold that is written as code. */
export function combinationOf(step: Step, inputs: readonly TensorType[]): Combination | undefined {
  const dtype = inputs[0]?.dtype;
  return dtype === undefined || dtype === "bool" ? undefined : folds[step.primitive];
}

/** Whether a step is written as code element by element. */
export function isElementwise(step: Step, inputs: readonly TensorType[]): boolean {
  const { primitive } = step;
  const dtypes = inputs.map(({ dtype }) => dtype);
  const [first] = dtypes;
  if (first === undefined) return false;
  if (primitive === "cast")
    return isFloat(step.params.dtype) || step.params.dtype === "bool" || first === "bool";
  if (primitive === "select" || connectives.has(primitive)) return true;
  if (comparisons.has(primitive))
    return first !== "bool" || primitive === "equal" || primitive === "notEqual";
  if (isFloat(first)) return cheap.has(primitive) || dear.has(primitive);
  return first === "int32" && onIntegers.has(primitive);
}
