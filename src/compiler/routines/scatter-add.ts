/** A base with updates added at indices along one axis. Floats of single precision are summed in doubles, as the reference sums them. */
import { at } from "../../core/exactly.ts";
import type { Dtype } from "../../tensor/dtype.ts";
import type { Step } from "../../tensor/graph.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Code } from "../emit/code.ts";
import { elementSize } from "../loops/memory.ts";
import { checkIndices, pointToRow } from "./indices.ts";
import type { RoutineRule, RoutineTypes } from "./rule.ts";
import {
  advance,
  convertRun,
  copyRun,
  pointerTo,
  pushDouble,
  pushDoubles,
  type Stream,
  streamOf,
  times,
  walkRun,
} from "./walking.ts";

/** The routine of `scatterAdd`; truth values are left to the reference. */
export function scatterAdd(
  { params: { axis } }: Extract<Step, { readonly primitive: "scatterAdd" }>,
  { inputs }: RoutineTypes,
): RoutineRule | undefined {
  const base = at(inputs, 0);
  const { dtype } = base;
  if (dtype === "bool") return undefined;
  const picks = sizeOf(at(inputs, 1).shape);
  const rows = at(base.shape, axis);
  const size = sizeOf(base.shape);
  const inner = sizeOf(base.shape.slice(axis + 1));
  const summed = dtype === "float32" ? "float64" : dtype;
  return {
    room: dtype === "float32" ? 8 * size : 0,
    write: ({ code }, places) => {
      const indices = at(places.inputs, 1);
      checkIndices(code, indices, picks, rows);
      const first = streamOf(pointerTo(code, at(places.inputs, 0)), dtype);
      const result = streamOf(pointerTo(code, places.output), dtype);
      const sums = streamOf(pointerTo(code, dtype === "float32" ? places.room : places.output), summed);
      convert(code, first, sums, size);
      const from = streamOf(pointerTo(code, at(places.inputs, 2)), dtype);
      const row = code.local("i32");
      const table = pointerTo(code, dtype === "float32" ? places.room : places.output);
      const index = code.local("i32");
      times(code, sizeOf(base.shape.slice(0, axis)), () => {
        code.integer(indices);
        code.set(index);
        times(code, picks, () => {
          pointToRow(code, row, table, index, inner * sums.size);
          addRun(code, streamOf(row, summed), from, inner);
          advance(code, from.pointer, inner * from.size);
          advance(code, index, 4);
        });
        advance(code, table, rows * inner * sums.size);
      });
      if (dtype === "float32") convert(code, sums, result, size);
      code.integer(0);
    },
  };
}

type TypedStream = Stream & { readonly dtype: Dtype };

function convert(code: Code, from: TypedStream, to: TypedStream, count: number): void {
  const isNarrow = ({ dtype }: TypedStream): boolean => dtype === "float32";
  if (isNarrow(from) === isNarrow(to)) copyRun(code, from.pointer, to.pointer, count * from.size);
  else
    convertRun(
      code,
      { ...from, dtype: isNarrow(from) ? "float32" : "float64" },
      { ...to, dtype: isNarrow(to) ? "float32" : "float64" },
      count,
    );
}

/** to += from. */
function addRun(code: Code, to: TypedStream, from: TypedStream, count: number): void {
  const isInteger = to.dtype === "int32";
  const width = 16 / elementSize[to.dtype];
  walkRun(code, count, width, [to, from], ([sum = 0, term = 0], elements, first) => {
    const [toOffset, fromOffset] = [first * to.size, first * from.size];
    code.get(sum);
    code.get(sum);
    if (isInteger && elements > 1) {
      code.vectorAccess("v128Load", toOffset);
      code.get(term);
      code.vectorAccess("v128Load", fromOffset);
      code.vector("i32x4Add");
      code.vectorAccess("v128Store", toOffset);
    } else if (isInteger) {
      code.access("i32Load", toOffset);
      code.get(term);
      code.access("i32Load", fromOffset);
      code.op("i32Add");
      code.access("i32Store", toOffset);
    } else if (elements > 1) {
      code.vectorAccess("v128Load", toOffset);
      pushDoubles(code, term, from.dtype === "float32" ? "float32" : "float64", fromOffset);
      code.vector("f64x2Add");
      code.vectorAccess("v128Store", toOffset);
    } else {
      code.access("f64Load", toOffset);
      pushDouble(code, term, from.dtype, fromOffset);
      code.op("f64Add");
      code.access("f64Store", toOffset);
    }
  });
}
