/** Places that move with a loop: one index for every stride, counted in bytes from the place that is lowest. */
import { at } from "../../../core/exactly.ts";
import type { Code } from "../../emit/code.ts";

/** Numbers that lie at place + stride · k. */
export interface Moving {
  readonly place: number;
  readonly stride: number;
}

/** The indices of a loop. */
export interface Addresses {
  /** Leaves the index on the stack; gives the offset in bytes of lane `lane` from it. */
  readonly push: (moving: Moving, lane: number) => number;
  /** Moves on by one turn of the loop, and leaves on the stack whether there is another. */
  readonly advance: () => void;
}

/**
 * Indices for the strides of a loop of `count` iterations, `width` of them a turn. Offsets of WebAssembly are not negative, so
 * indices of falling places count down to zero.
 */
export function newAddresses(code: Code, count: number, width: number, strides: Iterable<number>): Addresses {
  const indices = new Map<number, number>();
  for (const stride of new Set([...strides, 1])) {
    const index = code.local("i32");
    indices.set(stride, index);
    code.integer(stride > 0 ? 0 : -8 * stride * (count - width));
    code.set(index);
  }
  const indexOf = (stride: number): number => at([indices.get(stride)], 0);
  return {
    push: ({ place, stride }, lane) => {
      code.get(indexOf(stride));
      return stride > 0
        ? 8 * (place + stride * lane)
        : 8 * (place + stride * (count - 1)) - 8 * stride * (width - 1 - lane);
    },
    advance: () => {
      for (const [stride, index] of indices) {
        code.get(index);
        code.integer(8 * stride * width);
        code.op("i32Add");
        code.set(index);
      }
      code.get(indexOf(1));
      code.integer(8 * count);
      code.op("i32LtU");
    },
  };
}
