/** Which graphs are made of single numbers alone. */
import type { TensorType } from "../../tensor/array.ts";
import type { Graph, Step } from "../../tensor/graph.ts";
import { arithmetic, comparisons, connectives, hostFunctions } from "./rules.ts";

/** True when every value of a graph is one double or one truth value, and every step is known to scalar programs. */
export function isScalarGraph({ inputs, constants, steps, results }: Graph): boolean {
  return (
    [...inputs, ...constants, ...results].every(isScalar) &&
    steps.every((step) => step.types.every(isScalar) && isKnown(step))
  );
}

const isScalar = ({ dtype, shape }: TensorType): boolean =>
  shape.length === 0 && (dtype === "float64" || dtype === "bool");

const others: ReadonlySet<string> = new Set([
  "select",
  "cast",
  "logicalNot",
  "isNaN",
  "isFinite",
  "polygamma",
  "relu",
]);

const tables: readonly object[] = [arithmetic, comparisons, connectives, hostFunctions];

function isKnown({ primitive }: Step): boolean {
  return others.has(primitive) || tables.some((table) => primitive in table);
}
