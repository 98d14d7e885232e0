/**
 * Convolution as matrix products: for each image, group and block of result rows, the kernel `[o, c·kh·kw]` times the patches
 * `[c·kh·kw, places]` is that part of the result. Blocks are chosen so that patches stay in the processor's cache.
 */

import type { ConvolutionCall, Kernels, PreparedCall, ProductCall } from "./kernels.ts";
import type { PatchPart, PreparePatches } from "./patches.ts";

/** Bytes of patches made at a time: half of a common second-level cache. */
const blockBytes = 256 * 1024;

/** Convolution by a way to make patches and a matrix product. */
export function patchConvolution(
  patches: PreparePatches,
  { product, productRoom }: Pick<Kernels, "product" | "productRoom">,
): Pick<Kernels, "convolution" | "convolutionRoom"> {
  return {
    convolution: (call) => {
      const sizes = measure(call);
      if (isWhole(call)) return inTurn(wholeProducts(call, sizes).map(product));
      const calls = blocks(call, sizes).flatMap((block): readonly PreparedCall[] => {
        const multiply = product(blockProduct(call, sizes, block));
        return sizes.isPointwise ? [multiply] : [patches(blockPatches(call, sizes, block)), multiply];
      });
      return inTurn(calls);
    },
    convolutionRoom: (call) => {
      const sizes = measure(call);
      if (isWhole(call))
        return Math.max(
          0,
          ...wholeProducts({ ...call, room: 0 }, sizes)
            .slice(0, 1)
            .map(productRoom),
        );
      const all = blocks(call, sizes).map((block) => blockProduct({ ...call, room: 0 }, sizes, block));
      // Blocks have two shapes: the last one may be lower than the others.
      return patchBytes(sizes) + Math.max(0, ...[all.slice(0, 1), all.slice(-1)].flat().map(productRoom));
    },
  };
}

function inTurn(calls: readonly PreparedCall[]): PreparedCall {
  return () => {
    for (const run of calls) run();
  };
}

/** Bytes of the patches of one block; the product's own room begins behind them. */
function patchBytes({ size, depth, rowsPerBlock, result, isPointwise }: Sizes): number {
  const bytes = isPointwise ? 0 : depth * rowsPerBlock * result[1] * size;
  return Math.ceil(bytes / 64) * 64;
}

/** A convolution without the place for its patches. */
type Convolution = Omit<ConvolutionCall, "room">;

/** The lengths that all blocks share. */
interface Sizes {
  /** Bytes of an element. */
  readonly size: number;
  readonly images: number;
  /** Channels of a group, in the image and in the result. */
  readonly channels: number;
  readonly outputs: number;
  /** Height and width of image, kernel and result. */
  readonly image: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly result: readonly [number, number];
  /** Elements of a patch. */
  readonly depth: number;
  readonly rowsPerBlock: number;
  /** Whether the image itself is the matrix of patches. */
  readonly isPointwise: boolean;
}

function measure(call: Convolution): Sizes {
  const [images = 0, , ...image] = call.input.shape;
  const [allOutputs = 0, channels = 0, ...kernel] = call.kernel.shape;
  const [height = 0, width = 0] = call.result.shape.slice(2);
  const size = call.dtype === "float32" ? 4 : 8;
  const depth = channels * (kernel[0] ?? 0) * (kernel[1] ?? 0);
  const isPointwise =
    [...kernel, ...call.stride, ...call.inputDilation].every((steps) => steps === 1) &&
    [...call.low, (image[0] ?? 0) - height, (image[1] ?? 0) - width].every((zeros) => zeros === 0);
  const fitting = Math.max(1, Math.floor(blockBytes / (depth * width * size || 1)));
  return {
    size,
    images,
    channels,
    outputs: allOutputs / call.groups,
    image: [image[0] ?? 0, image[1] ?? 0],
    kernel: [kernel[0] ?? 0, kernel[1] ?? 0],
    result: [height, width],
    depth,
    rowsPerBlock: isPointwise ? height : Math.min(height, fitting),
    isPointwise,
  };
}

/** Whether the kernel covers the image, so that the images themselves are the patches, one a row. */
export function isWhole({ input, kernel, result, low, dilation, inputDilation }: Convolution): boolean {
  const lengths = [2, 3].every(
    (axis) => input.shape[axis] === kernel.shape[axis] && result.shape[axis] === 1,
  );
  return (
    lengths &&
    low.every((zeros) => zeros === 0) &&
    [...dilation, ...inputDilation].every((steps) => steps === 1)
  );
}

/** All images times the transposed kernel, a product for each group. */
function wholeProducts(
  call: ConvolutionCall,
  { size, images, outputs, depth }: Sizes,
): readonly ProductCall[] {
  const { dtype, input, kernel, result, groups, room } = call;
  return Array.from({ length: groups }, (_, group) => ({
    dtype,
    rows: images,
    columns: outputs,
    inner: depth,
    a: { address: input.address + group * depth * size, stride: groups * depth, isTransposed: false },
    b: { address: kernel.address + group * outputs * depth * size, stride: depth, isTransposed: true },
    c: { address: result.address + group * outputs * size, stride: groups * outputs },
    accumulate: false,
    room,
  }));
}

/** A part of the result: some rows of one group's channels of one image. */
interface Block {
  readonly image: number;
  readonly group: number;
  readonly fromRow: number;
  /** The last excluded. */
  readonly toRow: number;
}

function blocks({ groups }: Convolution, { images, result, rowsPerBlock }: Sizes): readonly Block[] {
  const all: Block[] = [];
  for (let image = 0; image < images; image++)
    for (let group = 0; group < groups; group++)
      for (let fromRow = 0; fromRow < result[0]; fromRow += rowsPerBlock)
        all.push({ image, group, fromRow, toRow: Math.min(fromRow + rowsPerBlock, result[0]) });
  return all;
}

/** Where the block's channels begin in the input. */
function source({ input, groups }: Convolution, { channels, image, size }: Sizes, block: Block): number {
  const plane = (block.image * groups + block.group) * channels;
  return input.address + plane * image[0] * image[1] * size;
}

function blockPatches(call: ConvolutionCall, sizes: Sizes, block: Block): PatchPart {
  const { channels, image, kernel, result } = sizes;
  return {
    dtype: call.dtype,
    source: source(call, sizes, block),
    target: call.room,
    channels,
    image,
    kernel,
    resultWidth: result[1],
    fromRow: block.fromRow,
    toRow: block.toRow,
    geometry: call,
  };
}

function blockProduct(call: ConvolutionCall, sizes: Sizes, block: Block): ProductCall {
  const { dtype, kernel, result, groups, room } = call;
  const { size, outputs, depth } = sizes;
  const places = sizes.result[0] * sizes.result[1];
  const columns = (block.toRow - block.fromRow) * sizes.result[1];
  const plane = (block.image * groups + block.group) * outputs;
  return {
    dtype,
    rows: outputs,
    columns,
    inner: depth,
    a: { address: kernel.address + block.group * outputs * depth * size, stride: depth, isTransposed: false },
    b: {
      address: sizes.isPointwise ? source(call, sizes, block) : room,
      stride: sizes.isPointwise ? places : columns,
      isTransposed: false,
    },
    c: {
      address: result.address + (plane * places + block.fromRow * sizes.result[1]) * size,
      stride: places,
    },
    accumulate: false,
    room: room + patchBytes(sizes),
  };
}
