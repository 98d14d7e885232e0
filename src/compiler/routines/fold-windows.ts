/**
 * The transpose of sliding windows: every window element is added to its place in the image. For each element (p, q) of a window the
 * windows whose element lies inside of the image are a rectangle, so nothing is asked inside of the loops.
 */
import { at, exactly } from "../../core/exactly.ts";
import type { Step } from "../../tensor/graph.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Code } from "../emit/code.ts";
import { elementSize } from "../loops/memory.ts";
import type { RoutineRule, RoutineTypes } from "./rule.ts";
import { advance, clearRun, convertRun, pointerTo, pushDouble, streamOf, times } from "./walking.ts";

type FoldWindows = Extract<Step, { readonly primitive: "foldWindows" }>;

/** Windows of more elements are left to the reference. */
const mostElements = 64;

/** The routine of `foldWindows`, of floats. */
export function foldWindows(
  { params }: FoldWindows,
  { inputs, outputs }: RoutineTypes,
): RoutineRule | undefined {
  const [x] = exactly(inputs, 1);
  const [y] = exactly(outputs, 1);
  const { dtype } = x;
  const elements = params.size[0] * params.size[1];
  if (dtype === "int32" || dtype === "bool" || elements > mostElements) return undefined;
  const plane = params.image[0] * params.image[1];
  const windows: readonly [number, number] = [
    at(x.shape, x.shape.length - 3),
    at(x.shape, x.shape.length - 2),
  ];
  const size = elementSize[dtype];
  return {
    room: dtype === "float32" ? 8 * plane : 0,
    write: ({ code }, places) => {
      const from = pointerTo(code, at(places.inputs, 0));
      const to = pointerTo(code, places.output);
      const sums = dtype === "float32" ? pointerTo(code, places.room) : to;
      times(code, sizeOf(y.shape) / plane, () => {
        clearRun(code, sums, 8 * plane);
        for (let p = 0; p < params.size[0]; p++)
          for (let q = 0; q < params.size[1]; q++)
            addElement(code, { params, dtype, windows, from, sums }, p, q);
        if (dtype === "float32") convertRun(code, streamOf(sums, "float64"), streamOf(to, dtype), plane);
        advance(code, from, windows[0] * windows[1] * elements * size);
        advance(code, to, plane * size);
      });
      code.integer(0);
    },
  };
}

/** One plane being summed. */
interface Plane {
  readonly params: FoldWindows["params"];
  readonly dtype: "float32" | "float64";
  readonly windows: readonly [number, number];
  readonly from: number;
  readonly sums: number;
}

/** The windows along an axis whose element at `offset` lies inside of the image. */
function inside(
  params: FoldWindows["params"],
  axis: 0 | 1,
  windows: number,
  element: number,
): [number, number] {
  const offset = element * params.dilation[axis] - params.low[axis];
  const stride = params.stride[axis];
  const first = Math.max(0, Math.ceil(-offset / stride));
  const last = Math.min(windows - 1, Math.floor((params.image[axis] - 1 - offset) / stride));
  return [first, last - first + 1];
}

/** Adds element (p, q) of all windows. */
function addElement(code: Code, { params, dtype, windows, from, sums }: Plane, p: number, q: number): void {
  const { size, stride, dilation, low, image } = params;
  const [i, rows] = inside(params, 0, windows[0], p);
  const [j, columns] = inside(params, 1, windows[1], q);
  if (rows <= 0 || columns <= 0) return;
  const elements = size[0] * size[1];
  const bytes = elementSize[dtype];
  const row = i * stride[0] + p * dilation[0] - low[0];
  const column = j * stride[1] + q * dilation[1] - low[1];
  const [source, target] = [code.local("i32"), code.local("i32")];
  const begin = (pointer: number, base: number, offset: number): void => {
    code.get(base);
    code.integer(offset);
    code.op("i32Add");
    code.set(pointer);
  };
  begin(source, from, ((i * windows[1] + j) * elements + p * size[1] + q) * bytes);
  begin(target, sums, 8 * (row * image[1] + column));
  times(code, rows, () => {
    times(code, columns, () => {
      code.get(target);
      code.get(target);
      code.access("f64Load", 0);
      pushDouble(code, source, dtype);
      code.op("f64Add");
      code.access("f64Store", 0);
      advance(code, source, elements * bytes);
      advance(code, target, 8 * stride[1]);
    });
    advance(code, source, (windows[1] - columns) * elements * bytes);
    advance(code, target, 8 * (stride[0] * image[1] - columns * stride[1]));
  });
}
