/** Products and convolutions as calls of kernels, prepared once. */
import { at, exactly } from "../../core/exactly.ts";
import type {
  ConvolutionCall,
  KernelDtype,
  Kernels,
  MatrixPlace,
  PreparedCall,
  ProductCall,
} from "../../kernels/index.ts";
import type { TensorType } from "../../tensor/array.ts";
import { forEachOffset } from "../../tensor/shape.ts";
import type { Convolution, Product } from "../fuse/nest.ts";
import type { Place } from "../fuse/place.ts";
import { elementSize } from "../loops/memory.ts";

/** The byte at which a block begins. */
export type AddressOf = (root: number) => number;

/** The calls that a unit makes; `room` is where its kernels may work. */
export function kernelCalls(
  unit: Product | Convolution,
  kernels: Kernels,
  types: readonly TensorType[],
  address: AddressOf,
  room: number,
): PreparedCall {
  if (unit.kind === "convolution")
    return kernels.convolution({ ...convolutionCall(unit, types, address), room });
  const calls = productCalls(unit, types, address).map((call) => kernels.product({ ...call, room }));
  const [only] = calls;
  if (calls.length === 1 && only !== undefined) return only;
  return () => {
    for (const call of calls) call();
  };
}

/** Bytes of room that a unit's kernels need. */
export function kernelRoom(
  unit: Product | Convolution,
  kernels: Kernels,
  types: readonly TensorType[],
): number {
  const nowhere: AddressOf = () => 0;
  if (unit.kind === "convolution") return kernels.convolutionRoom(convolutionCall(unit, types, nowhere));
  return Math.max(0, ...productCalls(unit, types, nowhere).map((call) => kernels.productRoom(call)));
}

function kernelDtype(types: readonly TensorType[], root: number): KernelDtype {
  return at(types, root).dtype === "float64" ? "float64" : "float32";
}

function convolutionCall(
  { step, input, kernel }: Convolution,
  types: readonly TensorType[],
  address: AddressOf,
): Omit<ConvolutionCall, "room"> {
  const dtype = kernelDtype(types, step.first);
  const { stride, low, dilation, inputDilation, groups } = step.params;
  const operand = ({ root, offset, shape }: Place) => ({
    address: address(root) + offset * elementSize[dtype],
    shape,
  });
  return {
    dtype,
    input: operand(input),
    kernel: operand(kernel),
    result: { address: address(step.first), shape: at(step.types, 0).shape },
    stride,
    low,
    dilation,
    inputDilation,
    groups,
  };
}

/** One product for every pair of matrices, or a single one where the stack can be read as one tall matrix. */
function productCalls(
  { a, b, result }: Product,
  types: readonly TensorType[],
  address: AddressOf,
): Omit<ProductCall, "room">[] {
  const dtype = kernelDtype(types, result.root);
  const size = elementSize[dtype];
  const tall = asTall(a, b, result);
  if (tall !== undefined) return productCalls(tall, types, address);
  const [rows, columns] = exactly(result.shape.slice(-2), 2);
  const inner = at(a.shape, a.shape.length - 1);
  const stack = result.shape.slice(0, -2);
  const offsetsA = stackOffsets(a, stack);
  const offsetsB = stackOffsets(b, stack);
  return offsetsA.map((offset, i) => ({
    dtype,
    rows,
    columns,
    inner,
    a: matrixPlace(a, address(a.root) + offset * size),
    b: matrixPlace(b, address(b.root) + at(offsetsB, i) * size),
    c: { address: address(result.root) + i * rows * columns * size, stride: columns },
    accumulate: false,
  }));
}

/** A stack of matrices times one matrix is one product, where the stack's rows follow each other evenly. */
function asTall(a: Place, b: Place, result: Place): Product | undefined {
  const depth = result.shape.length - 2;
  if (
    depth === 0 ||
    b.shape.slice(0, -2).some((length) => length !== 1) ||
    a.shape.length !== result.shape.length
  )
    return undefined;
  const [, columns] = exactly(result.shape.slice(-2), 2);
  const inner = at(a.shape, depth + 1);
  const rowStride = at(a.strides, depth);
  let next = rowStride * at(a.shape, depth);
  for (let axis = depth - 1; axis >= 0; axis--) {
    if (a.shape[axis] !== 1 && a.strides[axis] !== next) return undefined;
    next *= at(a.shape, axis);
  }
  if (at(a.strides, depth + 1) !== 1 && inner !== 1) return undefined;
  // Rows that lie on each other, as where one was stretched, are no matrix.
  if (rowStride < inner) return undefined;
  const rows = result.shape.slice(0, -1).reduce((product, length) => product * length, 1);
  const last = b.shape.length - 2;
  return {
    kind: "product",
    a: { ...a, shape: [rows, inner], strides: [rowStride, 1] },
    b: { ...b, shape: b.shape.slice(last), strides: b.strides.slice(last) },
    result: { ...result, shape: [rows, columns], strides: [columns, 1] },
  };
}

/** Where each matrix of a stack begins, in elements. */
function stackOffsets(place: Place, stack: readonly number[]): number[] {
  const depth = place.shape.length - 2;
  const missing = stack.length - depth;
  const strides = stack.map((_, axis) =>
    axis < missing || place.shape[axis - missing] === 1 ? 0 : at(place.strides, axis - missing),
  );
  const offsets: number[] = [];
  forEachOffset(stack, strides, place.offset, (offset) => offsets.push(offset));
  return offsets;
}

/** Rows that are runs, or columns that are: then the matrix is stored transposed. */
function matrixPlace({ shape, strides }: Place, address: number): MatrixPlace {
  const [m, n] = exactly(shape.slice(-2), 2);
  const [row, column] = exactly(strides.slice(-2), 2);
  const isPlain = (column === 1 || n === 1) && (row >= n || m === 1);
  return isPlain
    ? { address, stride: Math.max(m === 1 ? n : row, n, 1), isTransposed: false }
    : { address, stride: Math.max(n === 1 ? m : column, m, 1), isTransposed: true };
}
