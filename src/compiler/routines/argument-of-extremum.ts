/** The index of the first largest or smallest element along an axis; the first NaN counts as either. */
import { at } from "../../core/exactly.ts";
import type { Step } from "../../tensor/graph.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { elementSize } from "../loops/memory.ts";
import type { RoutineRule, RoutineTypes } from "./rule.ts";
import { advance, pointerTo, pushDouble, times } from "./walking.ts";

/** The routine of `argmax` and `argmin`. */
export function argumentOfExtremum(
  { primitive, params: { axis } }: Extract<Step, { readonly primitive: "argmax" | "argmin" }>,
  { inputs }: RoutineTypes,
): RoutineRule {
  const { dtype, shape } = at(inputs, 0);
  const length = at(shape, axis);
  const inner = sizeOf(shape.slice(axis + 1));
  const size = elementSize[dtype];
  return {
    room: 0,
    write: ({ code }, places) => {
      const start = pointerTo(code, at(places.inputs, 0));
      const to = pointerTo(code, places.output);
      const [pointer, place, winner] = [code.local("i32"), code.local("i32"), code.local("i32")];
      const [best, candidate] = [code.local("f64"), code.local("f64")];
      const writeLine = (): void => {
        code.get(start);
        code.set(pointer);
        pushDouble(code, pointer, dtype);
        code.set(best);
        code.integer(0);
        code.tee(place);
        code.set(winner);
        if (length > 1)
          times(code, length - 1, () => {
            advance(code, place, 1);
            advance(code, pointer, inner * size);
            pushDouble(code, pointer, dtype);
            code.tee(candidate);
            code.get(best);
            // Not "is it larger": of a NaN that is false, too.
            code.op(primitive === "argmax" ? "f64Le" : "f64Ge");
            code.op("i32Eqz");
            code.get(best);
            code.get(best);
            code.op("f64Eq");
            code.op("i32And");
            code.when(() => {
              code.get(candidate);
              code.set(best);
              code.get(place);
              code.set(winner);
            });
          });
        code.get(to);
        code.get(winner);
        code.access("i32Store", 0);
        advance(code, to, 4);
      };
      times(code, sizeOf(shape.slice(0, axis)), () => {
        times(code, inner, () => {
          writeLine();
          advance(code, start, size);
        });
        advance(code, start, (length - 1) * inner * size);
      });
      code.integer(0);
    },
  };
}
