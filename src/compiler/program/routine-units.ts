/** Routines as functions of the program's module. */
import type { Routine } from "../fuse/nest.ts";
import { writeRoutine } from "../routines/index.ts";
import { byteOf, type Making } from "./making.ts";
import type { PlacedRoutine } from "./module.ts";
import type { Action } from "./moves.ts";
import { roomKey } from "./part.ts";

/** The routines of a graph in its place. */
export function placedRoutines(making: Making): (PlacedRoutine & { readonly unit: Routine })[] {
  const { units, address, room } = making;
  return units.units.flatMap((unit, i) => {
    if (unit.kind !== "routine") return [];
    const places = {
      inputs: unit.operands.map((place) => byteOf(place, units.types, address)),
      output: address(unit.step.first),
      room: room(roomKey(i)),
    };
    return [{ unit, write: (context) => writeRoutine(context, unit, units.types, places) }];
  });
}

/** Runs a routine; where it refuses its operands, the reference, which says what is wrong with them. */
export function routineAction(
  f: (first: number, end: number, kept: number) => number,
  reference: Action,
): Action {
  return () => {
    if (f(0, 0, 0) !== 0) reference();
  };
}
