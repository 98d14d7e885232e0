/** What routines are written with: pointers, counted loops, runs of elements. */
import type { Dtype } from "../../tensor/dtype.ts";
import type { Code } from "../emit/code.ts";
import { elementSize } from "../loops/memory.ts";

/** A new variable that holds an address. */
export function pointerTo(code: Code, address: number): number {
  const pointer = code.local("i32");
  code.integer(address);
  code.set(pointer);
  return pointer;
}

/** A new variable that holds what another does. */
export function copyOf(code: Code, variable: number): number {
  const copy = code.local("i32");
  code.get(variable);
  code.set(copy);
  return copy;
}

/** Adds to a variable. */
export function advance(code: Code, variable: number, by: number): void {
  if (by === 0) return;
  code.get(variable);
  code.integer(by);
  code.op("i32Add");
  code.set(variable);
}

/** Does what `body` writes so many times, once at least. */
export function times(code: Code, count: number, body: () => void): void {
  if (count === 1) {
    body();
    return;
  }
  const left = code.local("i32");
  code.integer(count);
  code.set(left);
  code.loop(() => {
    body();
    advance(code, left, -1);
    code.get(left);
  });
}

/** Elements that a run walks over: a pointer to the first, and bytes between neighbours. */
export interface Stream {
  readonly pointer: number;
  readonly size: number;
}

/** More steps than these are a loop. */
const mostUnrolled = 16;
/** Steps in one turn of the loop. */
const stepsInTurn = 4;

/**
 * Walks along runs of `count` elements side by side, `width` elements a step and the rest one by one. `write` is given the pointers,
 * the number of elements, and the first of them, counted from the pointers. The pointers given stay as they are.
 */
export function walkRun(
  code: Code,
  count: number,
  width: number,
  streams: readonly Stream[],
  write: (pointers: readonly number[], elements: number, first: number) => void,
): void {
  const steps = Math.floor(count / width);
  let pointers = streams.map(({ pointer }) => pointer);
  let done = 0;
  if (steps > mostUnrolled) {
    pointers = pointers.map((pointer) => copyOf(code, pointer));
    const turns = Math.floor(steps / stepsInTurn);
    const perTurn = stepsInTurn * width;
    times(code, turns, () => {
      for (let step = 0; step < stepsInTurn; step++) write(pointers, width, step * width);
      for (const [i, { size }] of streams.entries()) advance(code, pointers[i] as number, perTurn * size);
    });
    done = turns * perTurn;
  }
  const rest = count - done;
  const whole = rest - (rest % width);
  for (let first = 0; first < whole; first += width) write(pointers, width, first);
  for (let first = whole; first < rest; first++) write(pointers, 1, first);
}

/** Copies `bytes` from one pointer to the other. */
export function copyRun(code: Code, from: number, to: number, bytes: number): void {
  const size = bytes % 8 === 0 ? 8 : bytes % 4 === 0 ? 4 : 1;
  const streams = [from, to].map((pointer) => ({ pointer, size }));
  walkRun(code, bytes / size, 16 / size, streams, ([source = 0, target = 0], elements, first) => {
    code.get(target);
    code.get(source);
    const offset = first * size;
    if (elements > 1) {
      code.vectorAccess("v128Load", offset);
      code.vectorAccess("v128Store", offset);
    } else {
      code.access(size === 8 ? "f64Load" : size === 4 ? "i32Load" : "i32Load8U", offset);
      code.access(size === 8 ? "f64Store" : size === 4 ? "i32Store" : "i32Store8", offset);
    }
  });
}

/** Sets `bytes` (a multiple of 8) to 0. */
export function clearRun(code: Code, to: number, bytes: number): void {
  const zero = code.local("v128");
  walkRun(code, bytes / 8, 2, [{ pointer: to, size: 8 }], ([target = 0], elements, first) => {
    code.get(target);
    if (elements > 1) {
      code.get(zero);
      code.vectorAccess("v128Store", 8 * first);
    } else {
      code.double(0);
      code.access("f64Store", 8 * first);
    }
  });
}

/** Reads the element at a pointer as a double. */
export function pushDouble(code: Code, pointer: number, dtype: Dtype, offset = 0): void {
  code.get(pointer);
  switch (dtype) {
    case "float64":
      code.access("f64Load", offset);
      break;
    case "float32":
      code.access("f32Load", offset);
      code.op("f64FromF32");
      break;
    case "int32":
      code.access("i32Load", offset);
      code.op("f64FromI32");
      break;
    case "bool":
      code.access("i32Load8U", offset);
      code.op("f64FromI32");
      break;
    default:
      dtype satisfies never;
  }
}

/** Reads two neighbours as doubles. */
export function pushDoubles(code: Code, pointer: number, dtype: "float32" | "float64", offset: number): void {
  code.get(pointer);
  if (dtype === "float64") code.vectorAccess("v128Load", offset);
  else {
    code.vectorAccess("v128Load64Zero", offset);
    code.vector("f64x2PromoteLowF32x4");
  }
}

/** Writes the double on the stack, below it an address, as a float. */
export function storeDouble(code: Code, dtype: "float32" | "float64", offset = 0): void {
  if (dtype === "float64") code.access("f64Store", offset);
  else {
    code.op("f32FromF64");
    code.access("f32Store", offset);
  }
}

/** Writes the two doubles on the stack, below them an address, as floats. */
export function storeDoubles(code: Code, dtype: "float32" | "float64", offset: number): void {
  if (dtype === "float64") code.vectorAccess("v128Store", offset);
  else {
    code.vector("f32x4DemoteF64x2");
    code.vectorAccess("v128Store64Lane", offset, 0);
  }
}

/** Copies floats of one dtype as floats of another. */
export function convertRun(
  code: Code,
  from: Stream & { readonly dtype: "float32" | "float64" },
  to: Stream & { readonly dtype: "float32" | "float64" },
  count: number,
): void {
  walkRun(code, count, 2, [from, to], ([source = 0, target = 0], elements, first) => {
    code.get(target);
    if (elements > 1) {
      pushDoubles(code, source, from.dtype, first * from.size);
      storeDoubles(code, to.dtype, first * to.size);
    } else {
      pushDouble(code, source, from.dtype, first * from.size);
      storeDouble(code, to.dtype, first * to.size);
    }
  });
}

/** The elements at a pointer. */
export function streamOf<D extends Dtype>(pointer: number, dtype: D): Stream & { readonly dtype: D } {
  return { pointer, dtype, size: elementSize[dtype] };
}
