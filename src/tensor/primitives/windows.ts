/** Sliding windows over images and their transpose: what pooling of every kind, and its derivatives, is made of. */
import { ShapeError } from "../../core/errors.ts";
import { at, exactly } from "../../core/exactly.ts";
import { emptyArray } from "../array.ts";
import { type Shape, showShape, sizeOf } from "../shape.ts";
import type { Pair } from "./convolution.ts";
import type { Primitive } from "./types.ts";

/** Geometry of the windows; places outside the image read `value`. */
export interface WindowParams {
  readonly size: Pair;
  readonly stride: Pair;
  readonly low: Pair;
  readonly high: Pair;
  readonly dilation: Pair;
  readonly value: number;
}

/** Geometry of the windows and the image they came from. */
export interface FoldParams extends WindowParams {
  readonly image: Pair;
}

function count(params: WindowParams, shape: Shape, axis: 0 | 1): number {
  const extent = (params.size[axis] - 1) * params.dilation[axis] + 1;
  const room = at(shape, shape.length - 2 + axis) + params.low[axis] + params.high[axis];
  if (room < extent) {
    throw new ShapeError(
      `pooling: windows of ${params.size.join("×")} do not fit into the padded image ${showShape(shape)}; pad more or use smaller windows`,
    );
  }
  return Math.floor((room - extent) / params.stride[axis]) + 1;
}

/** Calls `visit` with the place of each window element in the image (-1 outside) and in the stack of windows. */
function forEachPlace(
  params: WindowParams,
  image: Pair,
  planes: number,
  windows: Pair,
  visit: (place: number, element: number) => void,
): void {
  const [kh, kw] = params.size;
  const [h, w] = image;
  let element = 0;
  for (let plane = 0; plane < planes; plane++) {
    for (let i = 0; i < windows[0]; i++) {
      for (let j = 0; j < windows[1]; j++) {
        for (let p = 0; p < kh; p++) {
          const row = i * params.stride[0] + p * params.dilation[0] - params.low[0];
          for (let q = 0; q < kw; q++, element++) {
            const column = j * params.stride[1] + q * params.dilation[1] - params.low[1];
            const inside = row >= 0 && row < h && column >= 0 && column < w;
            visit(inside ? (plane * h + row) * w + column : -1, element);
          }
        }
      }
    }
  }
}

/** `[…, h, w]` → `[…, h', w', kh·kw]`: the elements of each window along a last axis. */
export const windows: Primitive<WindowParams> = {
  type: (inputs, params) => {
    const [x] = exactly(inputs, 1);
    const shape = [
      ...x.shape.slice(0, -2),
      count(params, x.shape, 0),
      count(params, x.shape, 1),
      params.size[0] * params.size[1],
    ];
    return [{ dtype: x.dtype, shape }];
  },
  evaluate: (inputs, params, outputs) => {
    const [x] = exactly(inputs, 1);
    const out = emptyArray(at(outputs, 0));
    const [h, w] = exactly(x.shape.slice(-2), 2);
    const [oh, ow] = exactly(out.shape.slice(-3, -1), 2);
    forEachPlace(params, [h, w], sizeOf(x.shape.slice(0, -2)), [oh, ow], (place, element) => {
      out.data[element] = place < 0 ? params.value : (x.data[place] as number);
    });
    return [out];
  },
  jvp: ({ params, apply }, tangents) =>
    tangents[0] ? apply([tangents[0]], { ...params, value: 0 }) : [undefined],
  vjp: ({ inputs, params }, cotangents) => {
    const [h, w] = exactly(at(inputs, 0).shape.slice(-2), 2);
    return [cotangents[0]?.foldWindows({ ...params, value: 0, image: [h, w] })];
  },
  batch: ({ inputs, params, apply }) => apply(inputs, params),
};

/** The transpose of `windows`: every window element is added to its place in the image. */
export const foldWindows: Primitive<FoldParams> = {
  type: (inputs, { image }) => {
    const [x] = exactly(inputs, 1);
    return [{ dtype: x.dtype, shape: [...x.shape.slice(0, -3), ...image] }];
  },
  evaluate: (inputs, params, outputs) => {
    const [x] = exactly(inputs, 1);
    const out = emptyArray(at(outputs, 0));
    const sums = new Float64Array(out.data.length);
    const [oh, ow] = exactly(x.shape.slice(-3, -1), 2);
    forEachPlace(params, params.image, sizeOf(x.shape.slice(0, -3)), [oh, ow], (place, element) => {
      if (place >= 0) sums[place] = (sums[place] as number) + (x.data[element] as number);
    });
    out.data.set(sums);
    return [out];
  },
  jvp: ({ params, apply }, tangents) => (tangents[0] ? apply([tangents[0]], params) : [undefined]),
  vjp: ({ params: { image: _, ...params } }, cotangents) => [cotangents[0]?.windows(params)],
  batch: ({ inputs, params, apply }) => apply(inputs, params),
};
