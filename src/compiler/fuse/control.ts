/** Which loops and branches run in the memory of the program that they are in. */
import type { Graph, Step } from "../../tensor/graph.ts";
import { unknownLength } from "../../tensor/shape.ts";
import type { ControlStep } from "./nest.ts";

/** Whether a step contains graphs. */
export function isControl(step: Step): step is ControlStep {
  return step.primitive === "scan" || step.primitive === "while" || step.primitive === "cond";
}

/** The graphs inside of a step: a scan's body; condition and body of a while; both branches. */
export function graphsOf({ primitive, params }: ControlStep): readonly Graph[] {
  switch (primitive) {
    case "scan":
      return [params.body];
    case "while":
      return [params.condition, params.body];
    case "cond":
      return [params.whenTrue, params.whenFalse];
    default:
      return primitive satisfies never;
  }
}

/** Whether all that its graphs take and give has a size: tapes of unknown length are scanned and stacked, never handed in whole. */
export function runsInMemory(step: ControlStep): boolean {
  return graphsOf(step).every(({ inputs, results }) =>
    [...inputs, ...results].every(({ shape }) => !shape.includes(unknownLength)),
  );
}
