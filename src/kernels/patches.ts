/**
 * The patches of an image under a convolution's kernel, as a matrix: a row for each channel and kernel element, a column for
 * each place of the result. Convolution is then a matrix product (Chellapilla, Puri & Simard 2006).
 */

import type { ConvolutionCall, KernelDtype, PreparedCall } from "./kernels.ts";

/** Which patches to write: those of one image and group under some rows of the result. */
export interface PatchPart {
  readonly dtype: KernelDtype;
  /** The first of the group's channels in the image, in bytes. */
  readonly source: number;
  /** Where the patches go, in bytes: `[channels·kh·kw, (toRow − fromRow)·ow]`. */
  readonly target: number;
  readonly channels: number;
  /** Height and width of the image. */
  readonly image: readonly [number, number];
  /** Height and width of the kernel. */
  readonly kernel: readonly [number, number];
  /** Width of the result. */
  readonly resultWidth: number;
  /** Rows of the result, the last excluded. */
  readonly fromRow: number;
  readonly toRow: number;
  readonly geometry: Pick<ConvolutionCall, "stride" | "low" | "dilation" | "inputDilation">;
}

/** Prepares writing patches. */
export type PreparePatches = (part: PatchPart) => PreparedCall;

/** Patches by plain loops over typed arrays. */
export function plainPatches(memory: WebAssembly.Memory): PreparePatches {
  return (part) => {
    const rows = rowMaps(part);
    const runs = columnRuns(part);
    const size = part.dtype === "float32" ? 4 : 8;
    const [from, to] = [part.source / size, part.target / size];
    let elements = viewOf(memory, part.dtype);
    return () => {
      if (elements.buffer !== memory.buffer) elements = viewOf(memory, part.dtype);
      writePatches(elements, part, rows, runs, from, to);
    };
  };
}

type Elements = Float32Array | Float64Array;

function viewOf(memory: WebAssembly.Memory, dtype: KernelDtype): Elements {
  return dtype === "float32" ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);
}

function writePatches(
  elements: Elements,
  { channels, image, kernel, resultWidth }: PatchPart,
  rows: readonly Int32Array[],
  runs: readonly Run[],
  from: number,
  to: number,
): void {
  const height = rows[0]?.length ?? 0;
  let at = to;
  for (let channel = 0; channel < channels; channel++) {
    const plane = from + channel * image[0] * image[1];
    for (let i = 0; i < kernel[0]; i++)
      for (let j = 0; j < kernel[1]; j++, at += height * resultWidth) {
        const seen = rows[i] as Int32Array;
        const run = runs[j] as Run;
        if (run.isShift) shiftPlane(elements, plane, image[1], seen, run, at);
        else gatherPlane(elements, plane, image[1], seen, run, at, resultWidth);
      }
  }
}

/** The rows of the result under one element of the kernel, one by one. */
function gatherPlane(
  elements: Elements,
  plane: number,
  imageWidth: number,
  rows: Int32Array,
  { start, count, step, source, sourceStep }: Run,
  to: number,
  width: number,
): void {
  let at = to;
  for (let row = 0; row < rows.length; row++, at += width) {
    const imageRow = rows[row] as number;
    if (imageRow < 0 || count < width) zeros(elements, at, width);
    if (imageRow < 0) continue;
    const first = plane + imageRow * imageWidth + source;
    if (step === 1 && sourceStep === 1) copy(elements, first, at + start, count);
    else
      for (let k = 0; k < count; k++)
        elements[at + start + k * step] = elements[first + k * sourceStep] as number;
  }
}

/** Result and image are equally wide and in step: one copy moves all rows, then what came over the edges is cleared. */
function shiftPlane(
  elements: Elements,
  plane: number,
  width: number,
  rows: Int32Array,
  { start, count, source }: Run,
  to: number,
): void {
  let above = 0;
  while (above < rows.length && rows[above] === -1) above++;
  let below = rows.length;
  while (below > above && rows[below - 1] === -1) below--;
  zeros(elements, to, above * width);
  zeros(elements, to + below * width, (rows.length - below) * width);
  if (below === above) return;
  const first = plane + (rows[above] as number) * width + source;
  copy(elements, first, to + above * width + start, (below - above - 1) * width + count);
  if (count === width) return;
  for (let row = above, at = to + above * width; row < below; row++, at += width) {
    for (let k = 0; k < start; k++) elements[at + k] = 0;
    for (let k = start + count; k < width; k++) elements[at + k] = 0;
  }
}

/** From this length on the engine's own copy is quicker than a loop. */
const longCopy = 12;

function copy(elements: Elements, from: number, to: number, count: number): void {
  if (count >= longCopy) elements.copyWithin(to, from, from + count);
  else for (let k = 0; k < count; k++) elements[to + k] = elements[from + k] as number;
}

function zeros(elements: Elements, at: number, count: number): void {
  if (count >= longCopy) elements.fill(0, at, at + count);
  else for (let k = 0; k < count; k++) elements[at + k] = 0;
}

/** For each kernel row and result row the row of the image, −1 where a zero stands. */
function rowMaps({ image, kernel, fromRow, toRow, geometry }: PatchPart): readonly Int32Array[] {
  const { stride, low, dilation, inputDilation } = geometry;
  return Array.from({ length: kernel[0] }, (_, i) =>
    Int32Array.from({ length: toRow - fromRow }, (_, row) =>
      imagePlace((fromRow + row) * stride[0] + i * dilation[0] - low[0], inputDilation[0], image[0]),
    ),
  );
}

/** The columns of a result row that see the image: those at `start`, `start + step`, ... and what they see. */
interface Run {
  readonly start: number;
  readonly step: number;
  readonly count: number;
  readonly source: number;
  readonly sourceStep: number;
  /** Whether the result is the image moved: equally wide, each row and column next to the one before. */
  readonly isShift: boolean;
}

/** For each kernel column the run of result columns that do not see a zero; they are evenly spaced. */
function columnRuns({ image, kernel, resultWidth, geometry }: PatchPart): readonly Run[] {
  const { stride, low, dilation, inputDilation } = geometry;
  const isInStep = [...stride, ...inputDilation].every((steps) => steps === 1) && resultWidth === image[1];
  return Array.from({ length: kernel[1] }, (_, j) => {
    const seen: (readonly [column: number, source: number])[] = [];
    for (let column = 0; column < resultWidth; column++) {
      const place = imagePlace(column * stride[1] + j * dilation[1] - low[1], inputDilation[1], image[1]);
      if (place >= 0) seen.push([column, place]);
    }
    const [start, source] = seen[0] ?? [0, 0];
    const [next, nextSource] = seen[1] ?? [start + 1, source + 1];
    const [step, sourceStep, count] = [next - start, nextSource - source, seen.length];
    return { start, source, step, sourceStep, count, isShift: isInStep && count > 0 };
  });
}

/** Which element lies at a place of the dilated image; −1 between and outside its elements. */
function imagePlace(place: number, dilation: number, length: number): number {
  const element = place / dilation;
  return Number.isInteger(element) && element >= 0 && element < length ? element : -1;
}
