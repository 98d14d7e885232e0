/** Which steps have a function of WebAssembly of their own, and the room that it needs. */
import type { TensorType } from "../../tensor/array.ts";
import type { Step } from "../../tensor/graph.ts";
import type { Routine } from "../fuse/nest.ts";
import type { LaneContext } from "../lanes/lanes.ts";
import { argumentOfExtremum } from "./argument-of-extremum.ts";
import { castToInteger } from "./cast-to-integer.ts";
import { foldWindows } from "./fold-windows.ts";
import { gather } from "./gather.ts";
import { linearRecurrence } from "./linear-recurrence.ts";
import { draw } from "./random.ts";
import type { RoutinePlaces, RoutineRule, RoutineTypes } from "./rule.ts";
import { scatterAdd } from "./scatter-add.ts";

/** The rule that writes a step; undefined where the step is left to the reference. */
function ruleOf(step: Step, types: RoutineTypes): RoutineRule | undefined {
  switch (step.primitive) {
    case "gather":
      return gather(step, types);
    case "scatterAdd":
      return scatterAdd(step, types);
    case "argmax":
    case "argmin":
      return argumentOfExtremum(step, types);
    case "cast":
      return castToInteger(step, types);
    case "linearRecurrence":
      return linearRecurrence(step, types);
    case "foldWindows":
      return foldWindows(step, types);
    case "randomUniform":
    case "randomNormal":
    case "randomBits":
    case "randomSplit":
      return draw(step, types);
    default:
      return undefined;
  }
}

/** Whether a step has a routine. */
export function hasRoutine(step: Step, inputs: readonly TensorType[]): boolean {
  return ruleOf(step, { inputs, outputs: step.types, known: [] }) !== undefined;
}

/** The rule of a unit that has a routine. */
function ruleOfUnit({ step, operands, known }: Routine, types: readonly TensorType[]): RoutineRule {
  const inputs = operands.map(({ root, shape }) => ({ dtype: types[root]?.dtype ?? "float64", shape }));
  const rule = ruleOf(step, { inputs, outputs: step.types, known });
  if (rule === undefined) throw new RangeError(`${step.primitive} has no routine`);
  return rule;
}

/** Bytes of memory that a routine works in. */
export function routineRoom(unit: Routine, types: readonly TensorType[]): number {
  return ruleOfUnit(unit, types).room;
}

/** Writes the instructions of a routine, given where its operands, its first output and its room lie. */
export function writeRoutine(
  context: LaneContext,
  unit: Routine,
  types: readonly TensorType[],
  places: RoutinePlaces,
): void {
  ruleOfUnit(unit, types).write(context, places);
}
