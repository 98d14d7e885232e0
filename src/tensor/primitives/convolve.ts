/** The sums of a convolution, directly: what the reference interpreter runs. */
import { at } from "../../core/exactly.ts";
import type { NdArray } from "../array.ts";
import type { DataArray } from "../dtype.ts";
import type { ConvolutionParams } from "./convolution.ts";

/** Direct sums, a row of the result at a time; padding and gaps cost nothing. */
export function convolve(x: NdArray, w: NdArray, params: ConvolutionParams, out: NdArray): void {
  const [n = 0, channels = 0, h = 0, v = 0] = x.shape;
  const [, c = 0, kh = 0, kv = 0] = w.shape;
  const [, filters = 0, oh = 0, ov = 0] = out.shape;
  const perGroup = filters / params.groups;
  const sums = new Float64Array(ov);
  const rows = Array.from({ length: kh }, (_, p) => meetings(p, 0, oh, h, params));
  const columns = Array.from({ length: kv }, (_, q) => meetings(q, 1, ov, v, params));
  for (let image = 0; image < n; image++) {
    for (let filter = 0; filter < filters; filter++) {
      const firstChannel = image * channels + Math.floor(filter / perGroup) * c;
      for (let i = 0; i < oh; i++) {
        sums.fill(0);
        for (let p = 0; p < kh; p++) {
          const row = sourceOf(at(rows, p), i);
          if (row < 0) continue;
          for (let channel = 0; channel < c; channel++) {
            const source = ((firstChannel + channel) * h + row) * v;
            const weights = ((filter * c + channel) * kh + p) * kv;
            for (let q = 0; q < kv; q++)
              addRow(sums, x.data, source, w.data[weights + q] as number, at(columns, q));
          }
        }
        out.data.set(sums, ((image * filters + filter) * oh + i) * ov);
      }
    }
  }
}

/** sums[o] += weight · x[source + s] wherever place o of the result meets element s of the input. */
function addRow(sums: Float64Array, x: DataArray, source: number, weight: number, meeting: Meetings): void {
  const { first, step, count, sourceStep } = meeting;
  let place = source + meeting.source;
  for (let k = 0, o = first; k < count; k++, o += step, place += sourceStep) {
    sums[o] = (sums[o] as number) + weight * (x[place] as number);
  }
}

/** The places of the result, along one axis, at which one element of the kernel meets an element of the input. */
interface Meetings {
  readonly first: number;
  readonly step: number;
  readonly count: number;
  /** The element of the input met at `first`, and how far apart the others are. */
  readonly source: number;
  readonly sourceStep: number;
}

/** Solves o·stride + k·dilation − low = s·gap for places o and elements s in range: both run in equal steps. */
function meetings(
  k: number,
  axis: 0 | 1,
  places: number,
  elements: number,
  params: ConvolutionParams,
): Meetings {
  const [stride, gap] = [params.stride[axis], params.inputDilation[axis]];
  const shift = k * params.dilation[axis] - params.low[axis];
  const divisor = greatestCommonDivisor(stride, gap);
  const [step, sourceStep] = [gap / divisor, stride / divisor];
  let first = Math.max(0, Math.ceil(-shift / stride));
  const period = first + step;
  while (first < period && (first * stride + shift) % gap !== 0) first++;
  const source = (first * stride + shift) / gap;
  const none = { first: 0, step: 1, count: 0, source: 0, sourceStep: 1 };
  if (first === period || first >= places || source >= elements) return none;
  const count = Math.min(Math.ceil((places - first) / step), Math.ceil((elements - source) / sourceStep));
  return { first, step, count, source, sourceStep };
}

/** The element of the input met at place `o`; -1 for padding and gaps. */
function sourceOf({ first, step, count, source, sourceStep }: Meetings, o: number): number {
  const turn = (o - first) / step;
  return Number.isInteger(turn) && turn >= 0 && turn < count ? source + turn * sourceStep : -1;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
