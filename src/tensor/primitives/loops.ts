/**
 * Loops over elements. JavaScript engines learn the types of arrays and the functions called loop by loop as they are written:
 * one that serves many functions calls each by its address and boxes what it returns, several times the cost of the
 * arithmetic. The primitives that training is made of therefore have loops of their own; all others share `each` and `pairwise`.
 */
import type { DataArray } from "../dtype.ts";
import type { None } from "./types.ts";

/** An operand stretched to the shape of the result, whose k-th element meets the one at k·step; step 0 is one element for all. */
export interface Elements {
  readonly data: DataArray;
  readonly step: 0 | 1;
}

/** Fills `out` from the elements of one operand. */
export type UnaryLoop<Params> = (x: DataArray, out: DataArray, params: Params) => void;

/** Fills `out` from pairs of elements. */
export type BinaryLoop = (a: Elements, b: Elements, out: DataArray) => void;

/** The loop of any function of one element. */
export function each<Params>(value: (x: number, params: Params) => number): UnaryLoop<Params> {
  return (x, out, params) => {
    for (let k = 0; k < out.length; k++) out[k] = value(x[k] as number, params);
  };
}

/** The loop of any function of two elements. */
export function pairwise(value: (a: number, b: number) => number): BinaryLoop {
  return ({ data: a, step: i }, { data: b, step: j }, out) => {
    for (let k = 0; k < out.length; k++) out[k] = value(a[k * i] as number, b[k * j] as number);
  };
}

export const add: BinaryLoop = ({ data: a, step: i }, { data: b, step: j }, out) => {
  for (let k = 0; k < out.length; k++) out[k] = (a[k * i] as number) + (b[k * j] as number);
};

export const subtract: BinaryLoop = ({ data: a, step: i }, { data: b, step: j }, out) => {
  for (let k = 0; k < out.length; k++) out[k] = (a[k * i] as number) - (b[k * j] as number);
};

export const multiply: BinaryLoop = ({ data: a, step: i }, { data: b, step: j }, out) => {
  for (let k = 0; k < out.length; k++) out[k] = (a[k * i] as number) * (b[k * j] as number);
};

export const divide: BinaryLoop = ({ data: a, step: i }, { data: b, step: j }, out) => {
  for (let k = 0; k < out.length; k++) out[k] = (a[k * i] as number) / (b[k * j] as number);
};

export const isGreater: BinaryLoop = ({ data: a, step: i }, { data: b, step: j }, out) => {
  for (let k = 0; k < out.length; k++) out[k] = (a[k * i] as number) > (b[k * j] as number) ? 1 : 0;
};

export const negate: UnaryLoop<None> = (x, out) => {
  for (let k = 0; k < out.length; k++) out[k] = -(x[k] as number);
};

export const squareRoot: UnaryLoop<None> = (x, out) => {
  for (let k = 0; k < out.length; k++) out[k] = Math.sqrt(x[k] as number);
};

/** max(x, 0) */
export const rectify: UnaryLoop<None> = (x, out) => {
  for (let k = 0; k < out.length; k++) out[k] = Math.max(x[k] as number, 0);
};
