/**
 * hᵢ = aᵢ hᵢ₋₁ + bᵢ along an axis, h₀ = b₀: sums and products as they run. Lines side by side are walked together, row by row; h is
 * kept in double precision from row to row, as the reference keeps it.
 */
import { at } from "../../core/exactly.ts";
import type { Dtype } from "../../tensor/dtype.ts";
import type { Step } from "../../tensor/graph.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Code } from "../emit/code.ts";
import { elementSize } from "../loops/memory.ts";
import type { RoutinePlaces, RoutineRule, RoutineTypes } from "./rule.ts";
import {
  advance,
  convertRun,
  copyRun,
  pointerTo,
  pushDouble,
  pushDoubles,
  storeDouble,
  storeDoubles,
  streamOf,
  times,
  walkRun,
} from "./walking.ts";

/** Lines of one tensor, `inner` side by side. */
interface Lines {
  readonly dtype: Numeric;
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
  readonly reverse: boolean;
  /** Whether all factors are 1. */
  readonly isSum: boolean;
}

/** The routine of `linearRecurrence`. */
export function linearRecurrence(
  { params: { axis, reverse } }: Extract<Step, { readonly primitive: "linearRecurrence" }>,
  { inputs, known }: RoutineTypes,
): RoutineRule | undefined {
  const { dtype, shape } = at(inputs, 1);
  if (dtype === "bool") return undefined;
  const lines: Lines = {
    dtype,
    outer: sizeOf(shape.slice(0, axis)),
    length: at(shape, axis),
    inner: sizeOf(shape.slice(axis + 1)),
    reverse,
    isSum: known[0] === 1,
  };
  const isWide = lines.inner > 1 && dtype === "float32";
  return {
    room: isWide ? 8 * lines.inner : 0,
    write: ({ code }, places) => {
      const row = lines.inner * elementSize[dtype];
      const start = reverse ? (lines.length - 1) * row : 0;
      const pointers = [at(places.inputs, 0), at(places.inputs, 1), places.output].map((address) =>
        pointerTo(code, address + start),
      );
      const toNext = reverse ? -row : row;
      const wayBack = lines.length * (row - toNext);
      times(code, lines.outer, () => {
        if (lines.inner === 1) writeLine(code, lines, pointers, toNext);
        else writeRows(code, lines, pointers, toNext, places);
        for (const pointer of pointers) advance(code, pointer, wayBack);
      });
      code.integer(0);
    },
  };
}

/** One line: h in a variable. */
function writeLine(
  code: Code,
  { dtype, length, isSum }: Lines,
  [a = 0, b = 0, y = 0]: readonly number[],
  toNext: number,
): void {
  const isInteger = dtype === "int32";
  const h = code.local(isInteger ? "i32" : "f64");
  const pushElement = (pointer: number): void => push(code, pointer, dtype, false, 0);
  const storeAndStep = (): void => {
    code.set(h);
    code.get(y);
    code.get(h);
    put(code, dtype, false, 0);
    for (const pointer of [a, b, y]) advance(code, pointer, toNext);
  };
  pushElement(b);
  storeAndStep();
  if (length === 1) return;
  times(code, length - 1, () => {
    code.get(h);
    if (!isSum) {
      pushElement(a);
      combine(code, "Mul", dtype, false);
    }
    pushElement(b);
    combine(code, "Add", dtype, false);
    storeAndStep();
  });
}

/** Lines side by side: h in the row written before, or in a room of doubles. */
function writeRows(
  code: Code,
  lines: Lines,
  [a = 0, b = 0, y = 0]: readonly number[],
  toNext: number,
  places: RoutinePlaces,
): void {
  const { dtype, length, inner } = lines;
  const h = code.local("i32");
  const isRoom = dtype === "float32";
  if (isRoom) {
    code.integer(places.room);
    code.set(h);
    convertRun(code, streamOf(b, "float32"), streamOf(h, "float64"), inner);
  } else {
    code.get(y);
    code.set(h);
  }
  copyRun(code, b, y, inner * elementSize[dtype]);
  const step = (): void => {
    for (const pointer of [a, b, y]) advance(code, pointer, toNext);
  };
  step();
  if (length === 1) return;
  times(code, length - 1, () => {
    writeRow(code, lines, [a, b, y], h);
    if (!isRoom) {
      code.get(y);
      code.set(h);
    }
    step();
  });
}

/** The next row, all columns of which are walked side by side. */
function writeRow(
  code: Code,
  { dtype, inner, isSum }: Lines,
  [a = 0, b = 0, y = 0]: readonly number[],
  h: number,
): void {
  const given = [a, b, y].map((pointer) => streamOf(pointer, dtype));
  const held = streamOf(h, heldAs(dtype));
  const sum = { whole: code.local("v128"), single: code.local("f64") };
  walkRun(code, inner, 16 / held.size, [...given, held], (pointers, elements, first) => {
    const [factor = 0, term = 0, result = 0, before = 0] = pointers;
    const isWhole = elements > 1;
    const here = first * elementSize[dtype];
    code.get(result);
    push(code, before, held.dtype, isWhole, first * held.size);
    if (!isSum) {
      push(code, factor, dtype, isWhole, here);
      combine(code, "Mul", dtype, isWhole);
    }
    push(code, term, dtype, isWhole, here);
    combine(code, "Add", dtype, isWhole);
    if (dtype !== "float32") {
      put(code, dtype, isWhole, here);
      return;
    }
    const kept = isWhole ? sum.whole : sum.single;
    code.tee(kept);
    put(code, dtype, isWhole, here);
    code.get(before);
    code.get(kept);
    put(code, "float64", isWhole, first * held.size);
  });
}

type Numeric = Exclude<Dtype, "bool">;

const heldAs = (dtype: Numeric): Numeric => (dtype === "float32" ? "float64" : dtype);

/** Reads what fills a register, or one element. Floats become doubles. */
function push(code: Code, pointer: number, dtype: Numeric, isWhole: boolean, offset: number): void {
  if (dtype !== "int32" && isWhole) pushDoubles(code, pointer, dtype, offset);
  else if (dtype !== "int32") pushDouble(code, pointer, dtype, offset);
  else {
    code.get(pointer);
    if (isWhole) code.vectorAccess("v128Load", offset);
    else code.access("i32Load", offset);
  }
}

function combine(code: Code, name: "Add" | "Mul", dtype: Numeric, isWhole: boolean): void {
  if (isWhole) code.vector(dtype === "int32" ? `i32x4${name}` : `f64x2${name}`);
  else code.op(dtype === "int32" ? `i32${name}` : `f64${name}`);
}

/** Writes what is on the stack, below it an address. */
function put(code: Code, dtype: Numeric, isWhole: boolean, offset: number): void {
  if (dtype !== "int32" && isWhole) storeDoubles(code, dtype, offset);
  else if (dtype !== "int32") storeDouble(code, dtype, offset);
  else if (isWhole) code.vectorAccess("v128Store", offset);
  else code.access("i32Store", offset);
}
