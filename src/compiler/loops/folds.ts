/**
 * Folds in registers and in memory. Sums are cut into short ones, whose results are added more exactly: those of float32 in double
 * precision, those of float64 with their rounding errors (Knuth's two-sum; Ogita, Rump & Oishi 2005). So the error does not grow
 * with the length: better than pairwise summation. What is gathered in memory is kept in double precision.
 */
import type { Dtype } from "../../tensor/dtype.ts";
import type { VectorOpcode } from "../emit/instructions.ts";
import type { Combination } from "../fuse/nest.ts";
import { type Lanes, pushRegister, type Vector } from "../lanes/lanes.ts";
import {
  applyTyped,
  constantValue,
  convert,
  fill,
  fitTo,
  registersOf,
  splatWidth,
  type Value,
  type Width,
} from "./values.ts";

/** What a fold of a dtype is kept in while it is gathered in memory. */
export function keptDtype(combination: Combination, dtype: Dtype): Dtype {
  return combination === "sum" && dtype === "float32" ? "float64" : dtype;
}

/** What folding begins with. */
export function startOf(combination: Combination, dtype: Dtype): number {
  if (combination === "sum") return 0;
  const isInteger = dtype === "int32";
  if (combination === "max") return isInteger ? -(2 ** 31) : -Infinity;
  return isInteger ? 2 ** 31 - 1 : Infinity;
}

/** The instruction that combines two values. */
export function combine(combination: Combination, dtype: Dtype): VectorOpcode {
  const names = {
    sum: ["f32x4Add", "f64x2Add", "i32x4Add"],
    max: ["f32x4Max", "f64x2Max", "i32x4MaxS"],
    min: ["f32x4Min", "f64x2Min", "i32x4MinS"],
  } as const;
  return names[combination][dtype === "float32" ? 0 : dtype === "float64" ? 1 : 2];
}

/** A fold kept in registers while rows are walked. */
export interface Accumulator {
  readonly combination: Combination;
  /** Of the registers. */
  readonly dtype: Dtype;
  readonly locals: readonly number[];
  /** For sums: the sum of the short sums so far in double precision, and of long ones what its roundings lost. */
  readonly long: { readonly totals: readonly number[]; readonly lost: readonly number[] } | undefined;
}

/** Registers for a fold of a dtype in walks of a width; those of one turn or two need no cutting. */
export function newAccumulator(
  to: Width,
  combination: Combination,
  dtype: Dtype,
  isLong: boolean,
): Accumulator {
  const { code } = to.context;
  const variables = (as: Dtype): number[] =>
    Array.from({ length: registersOf(to, as) }, () => code.local("v128"));
  const isFloatSum = combination === "sum" && dtype !== "int32";
  const isExact = isFloatSum && (dtype === "float32" || isLong);
  const long = isExact
    ? { totals: variables("float64"), lost: dtype === "float64" ? variables("float64") : [] }
    : undefined;
  return { combination, dtype, locals: variables(dtype), long };
}

/** Sets the registers to what folding begins with. */
export function reset(to: Width, { combination, dtype, locals, long }: Accumulator): void {
  const { code } = to.context;
  const start = constantValue(to, dtype, startOf(combination, dtype)).vector;
  for (const local of [...locals, ...(long?.totals ?? []), ...(long?.lost ?? [])]) {
    pushRegister(code, dtype === "float64" ? "float64" : "float32", start, 0);
    code.set(local);
  }
}

/** Takes in the first `count` elements of a value; the width may be smaller than the accumulator's. */
export function accumulate(to: Width, accumulator: Accumulator, value: Value, count: number): void {
  const { code } = to.context;
  const { combination, dtype, locals } = accumulator;
  const vector = fitTo(to, convert(to, value, dtype));
  const name = combine(combination, dtype);
  const lanes = dtype === "float64" ? 2 : 4;
  for (let register = 0; register * lanes < count; register++) {
    const local = locals[register] ?? -1;
    const rest = count - register * lanes;
    code.get(local);
    pushRegister(code, dtype === "float64" ? "float64" : "float32", vector, register);
    if (rest < lanes) {
      // Lanes without an element keep what they have.
      code.vector(name);
      code.get(local);
      code.bits(firstLanes(rest * (16 / lanes)));
      code.vector("v128Bitselect");
    } else code.vector(name);
    code.set(local);
  }
}

const firstLanes = (bytes: number): number[] => Array.from({ length: 16 }, (_, i) => (i < bytes ? 0xff : 0));

/** Adds the short sums to the long ones and begins them anew. */
export function flush(to: Width, accumulator: Accumulator): void {
  const { long, locals, dtype } = accumulator;
  if (long === undefined) return;
  const { code } = to.context;
  const set = (from: Vector, into: number): void => {
    pushRegister(code, "float64", from, 0);
    code.set(into);
  };
  const one = splatWidth(to.context).float64;
  if (dtype === "float32") {
    const short: Value = { dtype, isSplat: false, width: 32, vector: { kind: "registers", locals } };
    const doubles = convert(to, short, "float64").vector;
    for (const [i, total] of long.totals.entries())
      set(one.add(register(total), registerOf(doubles, i)), total);
  } else {
    for (const [i, local] of locals.entries()) {
      const [total, lost] = [long.totals[i] ?? -1, long.lost[i] ?? -1];
      const { sum, error } = twoSum(one, register(total), register(local));
      const all = one.add(register(lost), error);
      set(all, lost);
      set(sum, total);
    }
  }
  const zero = constantValue(to, "float64", 0).vector;
  for (const local of locals) set(zero, local);
}

const register = (local: number): Vector => ({ kind: "registers", locals: [local] });

const registerOf = (vector: Vector, index: number): Vector =>
  vector.kind === "registers" ? register(vector.locals[index] ?? -1) : vector;

/** The rounded sum and what rounding lost. Knuth (1969), The Art of Computer Programming 2, theorem B. */
function twoSum(one: Lanes, a: Vector, b: Vector): { readonly sum: Vector; readonly error: Vector } {
  const sum = one.add(a, b);
  const part = one.sub(sum, a);
  return { sum, error: one.add(one.sub(a, one.sub(sum, part)), one.sub(b, part)) };
}

/** The fold of all lanes of all registers, in every lane, as the dtype of the result. */
export function total(to: Width, accumulator: Accumulator, result: Dtype): Value {
  const { combination, locals, long } = accumulator;
  flush(to, accumulator);
  const splat = splatWidth(to.context);
  const dtype = long === undefined ? accumulator.dtype : "float64";
  const name = combine(combination, dtype);
  let vector = across(splat, dtype, name, long === undefined ? locals : long.totals);
  if (long !== undefined && long.lost.length > 0) {
    const lost = across(splat, dtype, name, long.lost);
    // Beside infinities the errors are NaN, and mean nothing.
    const known = splat.float64.and(splat.float64.equal(lost, lost), lost);
    vector = splat.float64.add(vector, known);
  }
  return convert(splat, { dtype, isSplat: true, width: 32, vector }, result);
}

function across(splat: Width, dtype: Dtype, name: VectorOpcode, locals: readonly number[]): Vector {
  const { code } = splat.context;
  const halves = (vector: Vector, lanes: readonly number[]): Vector => {
    const turned = fill(splat, 1, () => {
      pushRegister(code, "float32", vector, 0);
      pushRegister(code, "float32", vector, 0);
      code.shuffle(lanes);
    });
    return applyTyped(splat, dtype, name, [vector, turned]);
  };
  let vectors = locals.map((local): Vector => ({ kind: "registers", locals: [local] }));
  while (vectors.length > 1) {
    const next: Vector[] = [];
    for (let i = 0; i < vectors.length; i += 2) {
      const pair = vectors.slice(i, i + 2);
      next.push(
        pair.length === 2
          ? applyTyped(splat, dtype, name, pair)
          : (pair[0] ?? { kind: "registers", locals: [] }),
      );
    }
    vectors = next;
  }
  const [whole = { kind: "registers", locals: [] }] = vectors;
  const half = halves(whole, swappedHalves);
  return dtype === "float64" ? half : halves(half, swappedWords);
}

const swappedHalves: readonly number[] = [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7];
const swappedWords: readonly number[] = [4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11];
