/** Which graphs are made of single numbers alone. */
import type { TensorType } from "../../tensor/array.ts";
import type { Graph } from "../../tensor/graph.ts";
import { arithmetic, comparisons, connectives, hostFunctions } from "./rules.ts";

/** True when every value of a graph is one double or one truth value, and every step is known to scalar programs. */
export function isScalarGraph({ inputs, constants, steps, results }: Graph): boolean {
  return (
    [inputs, constants, results].every((types) => types.every(isScalar)) &&
    steps.every(({ primitive, types }) => known.has(primitive) && types.every(isScalar))
  );
}

const isScalar = ({ dtype, shape }: TensorType): boolean =>
  shape.length === 0 && (dtype === "float64" || dtype === "bool");

/** The primitives that scalar programs know. */
const known: ReadonlySet<string> = new Set([
  "select",
  "cast",
  "logicalNot",
  "isNaN",
  "isFinite",
  "polygamma",
  "relu",
  ...[arithmetic, comparisons, connectives, hostFunctions].flatMap((table) => Object.keys(table)),
]);
