/**
 * Convolution by staged planes (kernels-assembly/correlation.ts): for each image and group, a few channels at
 * a time are staged and multiplied where they lie. The room holds, in order: spilled sums, two tables of
 * taps, staged planes, the kernel by rows.
 */

import type { ConvolutionCall } from "../kernels.ts";
import type { KernelExports } from "./exports.ts";
import { area, type Geometry, spread } from "./geometry.ts";
import { bytesOf } from "./product.ts";

type Call = Omit<ConvolutionCall, "room">;

/** Bytes of spilled sums, and what a tile may read behind the last staged row. */
const SPILL = 128;
const BEHIND = 32;

const align = (address: number): number => Math.ceil(address / 16) * 16;

/** Where the parts of the room begin, from its start. */
interface Layout {
  readonly table: number;
  /** The table of the last channels, where they are fewer. */
  readonly lastTable: number;
  readonly staged: number;
  readonly ordered: number;
  readonly bytes: number;
}

function layoutOf(call: Call, geometry: Geometry): Layout {
  const { planes, stagedHeight, partBreadth, kernel, filters, groupChannels, byRows } = geometry;
  const size = bytesOf(call.dtype);
  const tableBytes = align(4 * planes * area(kernel));
  const lastTable = SPILL + tableBytes;
  const staged = lastTable + (byRows ? tableBytes : 0);
  const ordered = staged + align(planes * stagedHeight * call.stride[1] * partBreadth * size + BEHIND);
  const orderedBytes = byRows ? filters * groupChannels * area(kernel) * size : 0;
  return { table: SPILL, lastTable, staged, ordered, bytes: ordered + orderedBytes };
}

/** Bytes of room that `correlateImages` needs. */
export const correlationRoom = (call: Call, geometry: Geometry): number => layoutOf(call, geometry).bytes;

/** Neighbouring channels of one group that are staged together. */
interface Channels {
  readonly first: number;
  readonly count: number;
  readonly group: number;
}

function channelsOf({ groups }: Call, { groupChannels, planes }: Geometry): readonly Channels[] {
  const parts = Math.ceil(groupChannels / planes);
  return Array.from({ length: groups * parts }, (_, i) => {
    const first = (i % parts) * planes;
    return { first, count: Math.min(planes, groupChannels - first), group: Math.floor(i / parts) };
  });
}

/** Prepares a convolution of images `first` to `end` (without it). */
export function correlateImages(
  kernels: KernelExports,
  call: Call,
  geometry: Geometry,
): (first: number, end: number, room: number) => void {
  const layout = layoutOf(call, geometry);
  const channels = channelsOf(call, geometry);
  const fill = fillTables(kernels, call, geometry, layout);
  const order = orderKernel(kernels, call, geometry, layout);
  const stage = stagePlanes(kernels, call, geometry, layout);
  const multiply = multiplyPlanes(kernels, call, geometry, layout);
  return (first, end, room) => {
    fill(room);
    if (geometry.byRows) for (const some of channels) order(some, room);
    for (let image = first; image < end; image++) {
      for (const some of channels) {
        stage(image, some, room);
        multiply(image, some, room);
      }
    }
  };
}

const flag = (is: boolean): number => (is ? 1 : 0);

function fillTables(
  kernels: KernelExports,
  call: Call,
  { planes, groupChannels, kernel, byRows, stagedHeight, partBreadth }: Geometry,
  layout: Layout,
): (room: number) => void {
  const fill = (count: number, table: number): void =>
    kernels.fillTaps(
      flag(call.dtype === "float64"),
      count,
      kernel[0],
      kernel[1],
      flag(byRows),
      call.dilation[0],
      call.dilation[1],
      stagedHeight,
      call.stride[1],
      partBreadth,
      table,
    );
  const last = groupChannels % planes;
  return (room) => {
    fill(planes, room + layout.table);
    if (byRows && last > 0) fill(last, room + layout.lastTable);
  };
}

/**
 * Where the weights of some channels begin in the kernel as it is given, and where in the kernel by rows,
 * from its start.
 */
function kernelPlaces(
  { dtype }: Call,
  { groupFilters, groupChannels, kernel }: Geometry,
): { readonly given: (some: Channels) => number; readonly ordered: (some: Channels) => number } {
  const plane = area(kernel) * bytesOf(dtype);
  const group = groupFilters * groupChannels * plane;
  return {
    given: (some) => some.group * group + some.first * plane,
    ordered: (some) => some.group * group + some.first * groupFilters * plane,
  };
}

function orderKernel(
  kernels: KernelExports,
  call: Call,
  geometry: Geometry,
  layout: Layout,
): (some: Channels, room: number) => void {
  const { groupFilters, groupChannels, kernel } = geometry;
  const { given, ordered } = kernelPlaces(call, geometry);
  const row = groupChannels * area(kernel) * bytesOf(call.dtype);
  return (some, room) => {
    kernels.orderByRows(
      flag(call.dtype === "float64"),
      groupFilters,
      some.count,
      kernel[0],
      kernel[1],
      call.kernel.address + given(some),
      row,
      room + layout.ordered + ordered(some),
    );
  };
}

function stagePlanes(
  kernels: KernelExports,
  call: Call,
  { channels, groupChannels, input, stagedHeight, partBreadth }: Geometry,
  layout: Layout,
): (image: number, some: Channels, room: number) => void {
  const plane = area(input) * bytesOf(call.dtype);
  return (image, { first, count, group }, room) => {
    kernels.stage(
      flag(call.dtype === "float64"),
      count,
      input[0],
      input[1],
      call.input.address + (image * channels + group * groupChannels + first) * plane,
      call.low[0],
      call.low[1],
      call.inputDilation[0],
      call.inputDilation[1],
      stagedHeight,
      call.stride[1],
      partBreadth,
      room + layout.staged,
    );
  };
}

function multiplyPlanes(
  kernels: KernelExports,
  call: Call,
  geometry: Geometry,
  layout: Layout,
): (image: number, some: Channels, room: number) => void {
  const { filters, groupFilters, groupChannels, planes, kernel, result, byRows } = geometry;
  const size = bytesOf(call.dtype);
  const resultPlane = area(result) * size;
  const stagedRow = call.stride[0] * call.stride[1] * geometry.partBreadth * size;
  const reach = spread(geometry.input[0], call.inputDilation[0]);
  const { given, ordered } = kernelPlaces(call, geometry);
  return (image, some, room) => {
    const taps = some.count * area(kernel);
    const isLast = byRows && some.count < planes;
    // A kernel that is not taken by rows is one row that meets every place.
    kernels.correlate(
      flag(call.dtype === "float64"),
      groupFilters,
      result[0],
      result[1],
      byRows ? kernel[0] : 1,
      byRows ? some.count * kernel[1] : taps,
      byRows ? call.stride[0] : 0,
      byRows ? call.dilation[0] : 1,
      byRows ? call.low[0] : 0,
      byRows ? reach : 1,
      byRows ? room + layout.ordered + ordered(some) : call.kernel.address + given(some),
      (byRows ? taps : groupChannels * area(kernel)) * size,
      room + layout.staged,
      stagedRow,
      room + (isLast ? layout.lastTable : layout.table),
      call.result.address + (image * filters + some.group * groupFilters) * resultPlane,
      flag(some.first > 0),
      room,
    );
  };
}
