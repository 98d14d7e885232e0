/** From a start to variables. */
import { ArgumentError } from "../core/errors.ts";
import { isFiniteVector } from "../core/vector.ts";
import { scaleOf } from "./differences.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { changeOfVariables } from "./transforms/change.ts";
import type { Variables } from "./variables.ts";

/**
 * The variables of a start.
 *
 * @throws ArgumentError when there is nothing to vary, a number is not finite, or the start lies outside of a parameter's domain.
 */
export function variablesOf(call: string, start: unknown, parameters: unknown): Variables {
  const layout = layoutOf(call, start);
  const x = layout.toVector(start, "the start");
  const holdsSingles = layout.point.leaves.some((leaf) => leaf instanceof Float32Array);
  const variables =
    parameters === undefined && !holdsSingles
      ? themselves(layout, x)
      : changeOfVariables(call, layout, x, parameters);
  if (variables.dimension === 0)
    throw new ArgumentError(
      `${call}: the start holds no variables; give at least one number that is not fixed`,
    );
  if (!isFiniteVector(variables.start)) {
    const i = variables.start.findIndex((value) => !Number.isFinite(value));
    throw new ArgumentError(
      `${call}: the start must be finite; element ${i} of ${variables.dimension} is ${variables.start[i]}; start where the function has a value`,
    );
  }
  return variables;
}

function themselves(layout: Layout, start: Float64Array): Variables {
  return {
    layout,
    dimension: layout.size,
    start,
    types: layout.types,
    scale: scaleOf(start, layout.epsilon),
    toPoint: (u) => u,
    compose: (graph) => graph,
    chain: undefined,
  };
}
