/** Floats cut to int32. What no int32 can hold (NaN, too large) is refused before anything is written. */
import { at } from "../../core/exactly.ts";
import type { Step } from "../../tensor/graph.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Code } from "../emit/code.ts";
import { elementSize } from "../loops/memory.ts";
import type { RoutineRule, RoutineTypes } from "./rule.ts";
import { advance, pointerTo, pushDouble, pushDoubles, streamOf, times, walkRun } from "./walking.ts";

/** The routine of casts from floats to int32. */
export function castToInteger(
  { params }: Extract<Step, { readonly primitive: "cast" }>,
  { inputs }: RoutineTypes,
): RoutineRule | undefined {
  const { dtype, shape } = at(inputs, 0);
  if (params.dtype !== "int32" || dtype === "int32" || dtype === "bool") return undefined;
  const size = sizeOf(shape);
  return {
    room: 0,
    write: ({ code }, places) => {
      const address = at(places.inputs, 0);
      checkRange(code, address, dtype, size);
      const from = streamOf(pointerTo(code, address), dtype);
      const to = streamOf(pointerTo(code, places.output), "int32");
      walkRun(code, size, 2, [from, to], ([source = 0, target = 0], elements, first) => {
        code.get(target);
        if (elements > 1) pushDoubles(code, source, dtype, first * from.size);
        else {
          pushDouble(code, source, dtype, first * from.size);
          code.vector("f64x2Splat");
        }
        code.vector("i32x4TruncSatF64x2SZero");
        code.vectorAccess(elements > 1 ? "v128Store64Lane" : "v128Store32Lane", 4 * first, 0);
      });
      code.integer(0);
    },
  };
}

/** Leaves the routine with 1 unless all elements lie between −2³¹ − 1 and 2³¹. */
function checkRange(code: Code, address: number, dtype: "float32" | "float64", size: number): void {
  const pointer = pointerTo(code, address);
  const isGood = code.local("i32");
  code.integer(1);
  code.set(isGood);
  times(code, size, () => {
    pushDouble(code, pointer, dtype);
    code.double(-(2 ** 31) - 1);
    code.op("f64Gt");
    pushDouble(code, pointer, dtype);
    code.double(2 ** 31);
    code.op("f64Lt");
    code.op("i32And");
    code.get(isGood);
    code.op("i32And");
    code.set(isGood);
    advance(code, pointer, elementSize[dtype]);
  });
  code.get(isGood);
  code.op("i32Eqz");
  code.when(() => {
    code.integer(1);
    code.op("return");
  });
}
