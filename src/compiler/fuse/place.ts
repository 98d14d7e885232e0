/**
 * Where the elements of a value lie: a strided view of a stored block. Steps that only move elements (reshape, transpose, slice, …)
 * become places and cost nothing.
 */
import { at } from "../../core/exactly.ts";
import { type Shape, sizeOf, stridesOf } from "../../tensor/shape.ts";

/** A view of the block of one slot. */
export interface Place {
  /** The slot whose block it is. */
  readonly root: number;
  /** The element of the block at index 0. */
  readonly offset: number;
  readonly shape: Shape;
  /** Elements of the block between neighbours along each axis; 0 where an axis was stretched. */
  readonly strides: readonly number[];
}

/** The whole block of a slot, row-major. */
export function wholeBlock(root: number, shape: Shape): Place {
  return { root, offset: 0, shape, strides: stridesOf(shape) };
}

/** Whether a place is one run of elements, row-major. */
export function isContiguous({ shape, strides }: Place): boolean {
  const dense = stridesOf(shape);
  return shape.every((length, axis) => length === 1 || strides[axis] === dense[axis]);
}

/** Stretched to a shape, as operands of elementwise steps are. */
export function broadcastPlace(place: Place, shape: Shape): Place {
  const missing = shape.length - place.shape.length;
  const strides = shape.map((_, axis) =>
    axis < missing || place.shape[axis - missing] === 1 ? 0 : at(place.strides, axis - missing),
  );
  return { ...place, shape, strides };
}

/** Axis i of the result is axis `permutation[i]`. */
export function transposePlace(place: Place, permutation: readonly number[]): Place {
  const pick = (values: readonly number[]): number[] => permutation.map((axis) => at(values, axis));
  return { ...place, shape: pick(place.shape), strides: pick(place.strides) };
}

/** Every `steps[i]`-th element along axis i, from `starts[i]`. */
export function slicePlace(
  place: Place,
  starts: readonly number[],
  steps: readonly number[],
  shape: Shape,
): Place {
  const offset = starts.reduce((sum, start, axis) => sum + start * at(place.strides, axis), place.offset);
  return { ...place, offset, shape, strides: place.strides.map((stride, axis) => stride * at(steps, axis)) };
}

/** The order reversed along axes. */
export function flipPlace(place: Place, axes: readonly number[]): Place {
  const offset = axes.reduce(
    (sum, axis) => sum + Math.max(0, at(place.shape, axis) - 1) * at(place.strides, axis),
    place.offset,
  );
  return { ...place, offset, strides: place.strides.map((s, axis) => (axes.includes(axis) ? -s : s)) };
}

/** The same elements in row-major order under another shape; undefined where no strides say that. */
export function reshapePlace(place: Place, shape: Shape): Place | undefined {
  const runs = runsOf(place);
  const strides: number[] = [];
  let run = 0;
  let left = runs[0]?.length ?? 1;
  for (const length of shape) {
    if (length === 1) {
      strides.push(0);
      continue;
    }
    if (left === 1) left = runs[++run]?.length ?? 1;
    if (left % length !== 0) return undefined;
    left /= length;
    strides.push(at(runs, run).stride * left);
  }
  return { ...place, shape, strides };
}

/** The axes, neighbours joined where one continues the other, axes of length 1 left out. */
function runsOf({ shape, strides }: Place): { readonly length: number; readonly stride: number }[] {
  const runs: { length: number; stride: number }[] = [];
  for (const [axis, length] of shape.entries()) {
    if (length === 1) continue;
    const stride = at(strides, axis);
    const last = runs.at(-1);
    if (last !== undefined && last.stride === stride * length) {
      last.length *= length;
      last.stride = stride;
    } else runs.push({ length, stride });
  }
  return runs;
}

/** Windows over the last two axes, `[…, h', w', kh·kw]`, as the axes `[…, h', w', kh, kw]`. */
export function windowsPlace(
  place: Place,
  { size, stride, dilation }: { readonly [K in "size" | "stride" | "dilation"]: readonly [number, number] },
  windows: readonly [number, number],
): Place {
  const lead = place.shape.length - 2;
  const [row, column] = [at(place.strides, lead), at(place.strides, lead + 1)];
  return {
    ...place,
    shape: [...place.shape.slice(0, lead), ...windows, ...size],
    strides: [
      ...place.strides.slice(0, lead),
      row * stride[0],
      column * stride[1],
      row * dilation[0],
      column * dilation[1],
    ],
  };
}

/**
 * Windows `[…, h', w', kh·kw]` that cover an image once, as `[…, h', kh, w', kw]`: the image, rows and columns taken apart. Undefined
 * where windows overlap, leave gaps or reach over the edge.
 */
export function tilesPlace(
  place: Place,
  { size, stride, low, dilation, image }: TileParams,
): Place | undefined {
  const lead = place.shape.length - 3;
  const windows = [at(place.shape, lead), at(place.shape, lead + 1)];
  const isTiled = [0, 1].every(
    (axis) =>
      at(size, axis) === at(stride, axis) &&
      (at(dilation, axis) === 1 || at(size, axis) === 1) &&
      at(low, axis) === 0 &&
      at(windows, axis) * at(size, axis) === at(image, axis),
  );
  if (!isTiled) return undefined;
  const taken = reshapePlace(place, [...place.shape.slice(0, -1), ...size]);
  const order = [...place.shape.slice(0, lead).keys(), lead, lead + 2, lead + 1, lead + 3];
  return taken && transposePlace(taken, order);
}

type TileParams = {
  readonly [K in "size" | "stride" | "low" | "dilation" | "image"]: readonly [number, number];
};

/** The number of elements. */
export function placeSize({ shape }: Place): number {
  return sizeOf(shape);
}
