/** x[…, indices, …] along one axis, a run of neighbours for every index. */
import { at } from "../../core/exactly.ts";
import type { Step } from "../../tensor/graph.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { elementSize } from "../loops/memory.ts";
import { checkIndices, pointToRow } from "./indices.ts";
import type { RoutineRule, RoutineTypes } from "./rule.ts";
import { advance, copyRun, pointerTo, times } from "./walking.ts";

/** The routine of `gather`. */
export function gather(
  { params: { axis } }: Extract<Step, { readonly primitive: "gather" }>,
  { inputs }: RoutineTypes,
): RoutineRule {
  const table = at(inputs, 0);
  const picks = sizeOf(at(inputs, 1).shape);
  const rows = at(table.shape, axis);
  const bytes = sizeOf(table.shape.slice(axis + 1)) * elementSize[table.dtype];
  return {
    room: 0,
    write: ({ code }, places) => {
      const indices = at(places.inputs, 1);
      checkIndices(code, indices, picks, rows);
      const base = pointerTo(code, at(places.inputs, 0));
      const to = pointerTo(code, places.output);
      const [from, index] = [code.local("i32"), code.local("i32")];
      times(code, sizeOf(table.shape.slice(0, axis)), () => {
        code.integer(indices);
        code.set(index);
        times(code, picks, () => {
          pointToRow(code, from, base, index, bytes);
          copyRun(code, from, to, bytes);
          advance(code, to, bytes);
          advance(code, index, 4);
        });
        advance(code, base, rows * bytes);
      });
      code.integer(0);
    },
  };
}
