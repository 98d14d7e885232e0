/** The weights of a first layer as pictures: what each of its units looks for. */

import { leafPaths } from "../../../src/autodiff/paths.ts";
import { at } from "../../../src/core/exactly.ts";
import { toTensor } from "../../../src/tensor/tensor.ts";
import { flattenTree } from "../../../src/tensor/tree.ts";
import type { ReportWeights } from "./report.ts";

/** More pictures are not looked at. */
const mostUnits = 32;

/** Images as they are given to the network. */
export interface ImageShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/**
 * The weights of the first layer of a network that takes images: of a dense layer `[units, channels · height · width]` one picture of the image's size a unit, of a
 * convolution `[units, channels, h, w]` one of the kernel's. Channels are averaged; units with the longest weights are taken, in their order. Undefined where the first
 * layer is another one.
 *
 * @param start The parameters before training. With them the pictures are of what training has added: beside the noise that a wide layer begins with it is hard to see.
 */
export function firstLayerWeights(
  parameters: object,
  image: ImageShape,
  start?: object,
): ReportWeights | undefined {
  const place = leafPaths(parameters).findIndex((path) => /(^|[.\]])weight$/.test(path));
  if (place < 0) return undefined;
  const { data, shape } = leafAt(parameters, place);
  if (start !== undefined) {
    const before = leafAt(start, place).data;
    for (let i = 0; i < data.length; i++) data[i] = at(data, i) - at(before, i);
  }
  const size = pictureSize(shape, image);
  if (size === undefined) return undefined;
  const [of = 0] = shape;
  const pixels = size.height * size.width;
  const channels = data.length / (of * pixels);
  const units = Array.from({ length: of }, (_, unit) =>
    meanOfChannels(data.subarray(unit * channels * pixels, (unit + 1) * channels * pixels), pixels),
  );
  const longest = units
    .map((weights, unit) => ({ unit, length: Math.hypot(...weights) }))
    .sort((a, b) => b.length - a.length)
    .slice(0, mostUnits)
    .sort((a, b) => a.unit - b.unit);
  return { ...size, units: longest.map(({ unit }) => at(units, unit)), of, isChange: start !== undefined };
}

function leafAt(tree: object, place: number) {
  const tensor = toTensor(at(flattenTree(tree, "firstLayerWeights").leaves, place));
  return { data: Float64Array.from(tensor.toTypedArray()), shape: tensor.shape };
}

function pictureSize(shape: readonly number[], { channels, height, width }: ImageShape) {
  const [, inputs, kernelHeight, kernelWidth] = shape;
  if (shape.length === 2 && inputs === channels * height * width) return { height, width };
  const isKernel = shape.length === 4 && inputs === channels && kernelHeight !== 1;
  if (!isKernel || kernelHeight === undefined || kernelWidth === undefined) return undefined;
  return { height: kernelHeight, width: kernelWidth };
}

function meanOfChannels(weights: Float64Array, pixels: number): Float64Array {
  const channels = weights.length / pixels;
  return Float64Array.from({ length: pixels }, (_, pixel) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += weights[channel * pixels + pixel] ?? 0;
    return sum / channels;
  });
}
