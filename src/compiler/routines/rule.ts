/** What a routine is: the room it needs and the instructions that it is written with. */
import type { TensorType } from "../../tensor/array.ts";
import type { LaneContext } from "../lanes/lanes.ts";

/** The types of what a step reads and makes; all sizes are positive. */
export interface RoutineTypes {
  readonly inputs: readonly TensorType[];
  readonly outputs: readonly TensorType[];
  /** The value of all elements of an input, where it is known when the routine is written. */
  readonly known: readonly (number | undefined)[];
}

/** Where blocks lie, in bytes. */
export interface RoutinePlaces {
  readonly inputs: readonly number[];
  readonly output: number;
  readonly room: number;
}

/** A routine. */
export interface RoutineRule {
  /** Bytes that it works in. */
  readonly room: number;
  /**
   * Writes the instructions, which leave an integer on the stack: 0, or 1 where the reference must be asked, which throws. Until then
   * nothing has been written.
   */
  readonly write: (context: LaneContext, places: RoutinePlaces) => void;
}
