/**
 * Convolution from the input's side (kernels-assembly/fold.ts): for each image and group, the kernel `[o·kh·kw, c]` times
 * the image `[c, h·w]` is what each element contributes to the result; contributions are then added where they belong.
 * Padding and gaps between the input's elements are never multiplied. The room holds, in order: tables of rows and columns,
 * the kernel with its channels last, contributions, the product's own room.
 */

import type { ConvolutionCall, Kernels, PreparedCall, ProductCall } from "../kernels.ts";
import type { KernelExports } from "./exports.ts";
import { area, type Geometry } from "./geometry.ts";
import { bytesOf } from "./product.ts";

type Call = Omit<ConvolutionCall, "room">;

/** Bytes of contributions computed at a time, so that they are still in the processor's cache when they are added. */
const CHUNK = 256 * 1024;
/** As in kernels-assembly: bytes of a vector, of a block's head and of what it says about a column of the kernel. */
const VECTOR = 16;
const HEAD = 16;
const ENTRY = 32;

const align = (address: number): number => Math.ceil(address / 64) * 64;

/** How a kind of kernels multiplies contributions. */
export type FoldProducts = Pick<Kernels, "product" | "productRoom">;

/** Where the parts of the room begin, from its start, and how contributions are divided. */
interface Layout {
  readonly columns: number;
  readonly ordered: number;
  readonly contributions: number;
  readonly products: number;
  /** Filters of a group whose contributions are computed at a time. */
  readonly filters: number;
  /** Vectors in a row of the result. */
  readonly blocks: number;
  /** Bytes of the contributions to one filter. */
  readonly filterBytes: number;
}

function layoutOf({ dtype, inputDilation }: Call, geometry: Geometry): Layout {
  const { input, kernel, result, filters, groupFilters, groupChannels } = geometry;
  const size = bytesOf(dtype);
  const gap = inputDilation[1];
  const blocks = Array.from({ length: Math.min(gap, result[1]) }, (_, first) =>
    Math.ceil(Math.ceil((result[1] - first) / gap) / (VECTOR / size)),
  ).reduce((sum, count) => sum + count, 0);
  const filterBytes = area(kernel) * area(input) * size;
  // Parts of about equal size instead of full ones and a rest.
  const parts = Math.max(1, Math.ceil((groupFilters * filterBytes) / CHUNK));
  const together = Math.max(1, Math.ceil(groupFilters / parts));
  const columns = align(4 * result[0] * (kernel[0] + 1));
  const ordered = columns + align(blocks * (HEAD + kernel[1] * ENTRY));
  // Masked lanes are read on either side of the contributions.
  const contributions = align(ordered + filters * groupChannels * area(kernel) * size + VECTOR);
  const products = contributions + align(together * filterBytes + VECTOR);
  return { columns, ordered, contributions, products, filters: together, blocks, filterBytes };
}

/** Some filters of one group. */
interface Part {
  readonly group: number;
  /** The first of the filters, counted in the group. */
  readonly first: number;
  readonly count: number;
}

function partsOf({ groups }: Call, { groupFilters }: Geometry, { filters }: Layout): readonly Part[] {
  const parts = Math.ceil(groupFilters / filters);
  return Array.from({ length: groups * parts }, (_, i) => {
    const first = (i % parts) * filters;
    return { group: Math.floor(i / parts), first, count: Math.min(filters, groupFilters - first) };
  });
}

function contributionsOf(
  call: ConvolutionCall,
  geometry: Geometry,
  layout: Layout,
  image: number,
  { group, first, count }: Part,
): ProductCall {
  const { channels, groupFilters, groupChannels, kernel, input } = geometry;
  const size = bytesOf(call.dtype);
  const taps = area(kernel);
  const places = area(input);
  const filter = group * groupFilters + first;
  return {
    dtype: call.dtype,
    rows: count * taps,
    columns: places,
    inner: groupChannels,
    a: {
      address: call.room + layout.ordered + filter * taps * groupChannels * size,
      stride: groupChannels,
      isTransposed: false,
    },
    b: {
      address: call.input.address + (image * channels + group * groupChannels) * places * size,
      stride: places,
      isTransposed: false,
    },
    c: { address: call.room + layout.contributions, stride: places },
    accumulate: false,
    room: call.room + layout.products,
  };
}

/** Bytes of room that `foldImages` needs. */
export function foldRoom(
  call: Call,
  geometry: Geometry,
  { productRoom }: Pick<FoldProducts, "productRoom">,
): number {
  const layout = layoutOf(call, geometry);
  // Parts have two shapes: the last one may have fewer filters than the others.
  const rooms = [layout.filters, geometry.groupFilters % layout.filters].map((count) =>
    productRoom(contributionsOf({ ...call, room: 0 }, geometry, layout, 0, { group: 0, first: 0, count })),
  );
  return layout.products + Math.max(...rooms);
}

/** Prepares a convolution of images `first` to `end` (without it). */
export function foldImages(
  kernels: Pick<KernelExports, "orderByRows" | "fillFoldRows" | "fillFoldColumns" | "fold">,
  call: ConvolutionCall,
  geometry: Geometry,
  { product }: Pick<FoldProducts, "product">,
): (first: number, end: number) => void {
  const layout = layoutOf(call, geometry);
  const parts = partsOf(call, geometry, layout);
  const begin = prepareTables(kernels, call, geometry, layout);
  const add = prepareSums(kernels, call, geometry, layout);
  // Made when an image is first computed: a thread computes some of them only.
  const products: PreparedCall[] = [];
  return (first, end) => {
    begin();
    for (let image = first; image < end; image++) {
      parts.forEach((part, i) => {
        const index = image * parts.length + i;
        products[index] ??= product(contributionsOf(call, geometry, layout, image, part));
        products[index]();
        add(image, part);
      });
    }
  };
}

function prepareTables(
  kernels: Pick<KernelExports, "orderByRows" | "fillFoldRows" | "fillFoldColumns">,
  { dtype, kernel: weights, low, dilation, inputDilation, room }: ConvolutionCall,
  { input, kernel, result, filters, groupChannels }: Geometry,
  layout: Layout,
): PreparedCall {
  const isDouble = dtype === "float64" ? 1 : 0;
  const taps = area(kernel);
  const row = groupChannels * taps * bytesOf(dtype);
  const ordered = room + layout.ordered;
  return () => {
    kernels.orderByRows(isDouble, filters, groupChannels, taps, 1, weights.address, row, ordered);
    kernels.fillFoldRows(
      isDouble,
      ...input,
      ...kernel,
      result[0],
      low[0],
      dilation[0],
      inputDilation[0],
      room,
    );
    kernels.fillFoldColumns(
      isDouble,
      area(input),
      input[1],
      kernel[1],
      result[1],
      low[1],
      dilation[1],
      inputDilation[1],
      room + layout.columns,
    );
  };
}

function prepareSums(
  kernels: Pick<KernelExports, "fold">,
  { dtype, result: target, inputDilation, room }: ConvolutionCall,
  { kernel, result, filters, groupFilters }: Geometry,
  layout: Layout,
): (image: number, part: Part) => void {
  const isDouble = dtype === "float64" ? 1 : 0;
  const plane = area(result) * bytesOf(dtype);
  return (image, { group, first, count }) => {
    kernels.fold(
      isDouble,
      count,
      ...kernel,
      ...result,
      inputDilation[1],
      room + layout.contributions,
      layout.filterBytes,
      room,
      room + layout.columns,
      layout.blocks,
      target.address + (image * filters + group * groupFilters + first) * plane,
    );
  };
}
