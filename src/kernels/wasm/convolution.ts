/**
 * Two-dimensional cross-correlation by the compiled kernels. A kernel of one element and one as large as the
 * image are plain products; where padding and gaps are much of what the kernel meets, contributions of the
 * input's elements are added up; others multiply staged planes.
 *
 * In staged planes zeros beside an image's rows and in its gaps are multiplied like any other element: an
 * infinite weight gives NaN where it meets them. Adding up contributions multiplies no zeros.
 */

import { at } from "../../core/exactly.ts";
import { foldsInWasm } from "../fold-choice.ts";
import type { ConvolutionCall, PreparedCall, ProductCall } from "../kernels.ts";
import { isWhole, productsOf } from "./convolution-products.ts";
import { correlateImages, correlationRoom } from "./correlation.ts";
import type { KernelExports } from "./exports.ts";
import { foldImages, foldRoom } from "./folding.ts";
import { area, type Geometry, geometryOf } from "./geometry.ts";
import { bytesOf, prepareRows, productRoom } from "./product.ts";

/**
 * Computes the images from `first` to `end` (without it) of a convolution, with room of `convolutionRoom`
 * bytes of its own.
 */
export type PreparedImages = (first: number, end: number, room: number) => void;

type Call = Omit<ConvolutionCall, "room">;

/** Whether the result has no elements. */
const isEmpty = ({ images, filters, result }: Geometry): boolean => images * filters * area(result) === 0;
/** Whether the sums have no terms. */
const hasNoTerms = ({ groupChannels, kernel }: Geometry): boolean => groupChannels * area(kernel) === 0;

/** Bytes of room that a convolution needs. */
export function convolutionRoom(call: Call): number {
  const geometry = geometryOf(call);
  if (isEmpty(geometry) || hasNoTerms(geometry)) return 0;
  // The products are of one size and computed one after the other.
  const product = productsOf(call, geometry)?.[0];
  if (product !== undefined) return productRoom(product);
  return foldsInWasm(call) ? foldRoom(call, geometry, { productRoom }) : correlationRoom(call, geometry);
}

/** Prepares a convolution to be computed by parts of its images. */
export function prepareImages(kernels: KernelExports, call: Call): PreparedImages {
  const geometry = geometryOf(call);
  if (isEmpty(geometry)) return () => {};
  if (hasNoTerms(geometry)) return clearImages(kernels, call, geometry);
  const products = productsOf(call, geometry);
  if (products === undefined)
    return foldsInWasm(call)
      ? foldAnywhere(kernels, call, geometry)
      : correlateImages(kernels, call, geometry);
  const prepared = products.map((product) => prepareRows(kernels, product));
  if (isWhole(call, geometry)) {
    return (first, end, room) => {
      for (const rows of prepared) rows(first, end, room);
    };
  }
  return (first, end, room) => {
    for (let i = first * call.groups; i < end * call.groups; i++)
      at(prepared, i)(0, geometry.groupFilters, room);
  };
}

/** Folding in whatever room it is given; what is prepared for a room stays for the next time. */
function foldAnywhere(kernels: KernelExports, call: Call, geometry: Geometry): PreparedImages {
  const product = (one: ProductCall): PreparedCall => {
    const rows = prepareRows(kernels, one);
    return () => rows(0, one.rows, one.room);
  };
  let known: { readonly room: number; readonly run: ReturnType<typeof foldImages> } | undefined;
  return (first, end, room) => {
    if (known?.room !== room)
      known = { room, run: foldImages(kernels, { ...call, room }, geometry, { product }) };
    known.run(first, end);
  };
}

function clearImages(kernels: KernelExports, call: Call, { filters, result }: Geometry): PreparedImages {
  const count = filters * area(result);
  const image = count * bytesOf(call.dtype);
  const isDouble = call.dtype === "float64" ? 1 : 0;
  return (first, end) => {
    kernels.columnSums(
      isDouble,
      (end - first) * count,
      0,
      0,
      0,
      0,
      0,
      call.result.address + first * image,
      0,
    );
  };
}
