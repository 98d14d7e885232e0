/**
 * Functions of float32 lanes against those of the reference in double precision, whose error of 2⁻²⁹ units in the last place of a
 * float32 does not count, and against values from mpmath at 40 digits.
 */
import { describe, expect, it } from "vitest";
import { float32Functions } from "../../../src/compiler/lanes/float32/index.ts";
import type { LaneFunctionName } from "../../../src/compiler/lanes/functions.ts";
import { type HostFunction, hostFunctions } from "../../../src/compiler/scalar/rules.ts";
import { laneLoop } from "./apply.ts";

function logistic(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

const references: Partial<Record<string, HostFunction>> = {
  ...hostFunctions,
  sigmoid: logistic,
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  relu: (x) => Math.max(x, 0),
};

const ofTwo: readonly LaneFunctionName[] = ["pow", "atan2", "hypot", "rem"];
const names = Object.keys(float32Functions) as LaneFunctionName[];

/** The distance of float32 neighbours at the size of a double. */
function unitInLastPlace(value: number): number {
  const size = Math.abs(value);
  if (size < 2 ** -126) return 2 ** -149;
  const exponent = Math.floor(Math.log2(size));
  return 2 ** ((2 ** exponent > size ? exponent - 1 : exponent) - 23);
}

/** How far a result is off, in units in the last place; special values must be met. */
function distance(value: number, exact: number): number {
  const rounded = Math.fround(exact);
  if (Object.is(value, rounded)) return 0;
  if (exact === 0 || !Number.isFinite(value) || !Number.isFinite(rounded)) return Infinity;
  return Math.abs(value - exact) / unitInLastPlace(rounded);
}

/** Floats of all sizes: a low-discrepancy sequence of bits, then one of numbers between −20 and 20. */
function spread(length: number, start: number): Float32Array {
  const bits = new Uint32Array(length);
  const values = new Float32Array(bits.buffer);
  for (let k = 0; k < length; k++) {
    const fraction = ((k + 1) * 0.6180339887498949 + start) % 1;
    if (k % 2 === 0) bits[k] = Math.floor(fraction * 2 ** 32);
    else values[k] = 40 * fraction - 20;
  }
  return values;
}

const unusual = Float32Array.of(
  ...[0, 1, 0.5, 2, 3, 2 ** -149, 2 ** -126, 3.4028234663852886e38, 1.5, 10, 1000, Math.PI, 2 ** 21].flatMap(
    (x) => [x, -x],
  ),
  ...[Infinity, -Infinity, Number.NaN, 88.72283, 88.72284, -87.3365, -103.97, -103.98],
);

/** Whether this host has relaxed SIMD. */
function canFuse(): boolean {
  try {
    laneLoop((l, x) => l.multiplyAdd(x, x, x), { dtype: "float32", isFused: true });
    return true;
  } catch {
    return false;
  }
}

function run(name: LaneFunctionName, isFused: boolean, x: Float32Array, y: Float32Array): Float64Array {
  return laneLoop(float32Functions[name], { dtype: "float32", isFused }).apply(x, y);
}

function referenceOf(name: string): HostFunction {
  const f = references[name];
  if (f === undefined) throw new RangeError(`there is no reference of ${name}`);
  return f;
}

/** Pairs of all with all. */
function pairs(values: Float32Array): readonly [Float32Array, Float32Array] {
  const [first, second] = [Array.from(values), Array.from(values)];
  return [
    Float32Array.from(first.flatMap((x) => second.map(() => x))),
    Float32Array.from(first.flatMap(() => second)),
  ];
}

describe.each([false, true])("functions of float32 lanes, fused: %s", (isFused) => {
  const test = it.runIf(!isFused || canFuse());

  test.each(names)("%s is within a unit in the last place", (name) => {
    const [x, y] = [spread(6000, 0), spread(6000, 0.37)];
    const f = referenceOf(name);
    let worst = 0;
    for (const [k, value] of run(name, isFused, x, y).entries()) {
      const exact = f(x[k] ?? 0, y[k] ?? 0);
      worst = Math.max(worst, distance(value, exact));
    }
    expect(worst).toBeLessThanOrEqual(1);
  });

  test.each(names)("%s has the special values of the reference, and is within a unit beside them", (name) => {
    const [x, y] = ofTwo.includes(name) ? pairs(unusual) : [unusual, unusual];
    const f = referenceOf(name);
    for (const [k, value] of run(name, isFused, x, y).entries()) {
      const exact = f(x[k] ?? 0, y[k] ?? 0);
      expect(distance(value, exact), `${name}(${x[k]}, ${y[k]}) gives ${value}`).toBeLessThanOrEqual(1);
    }
  });

  test.each(mpmathValues())("%s(%f) is %f, from mpmath", (name, x, exact) => {
    const [value] = run(name, isFused, Float32Array.of(x), Float32Array.of(x));
    expect(distance(value ?? Number.NaN, exact)).toBeLessThanOrEqual(1);
  });
});

function mpmathValues(): readonly (readonly [LaneFunctionName, number, number])[] {
  return [
    ["erf", 0.30000001192092896, 0.32862677175271543],
    ["erf", 0.9298999905586243, 0.8115160343472595],
    ["erf", 1.5, 0.9661051464753108],
    ["erf", -3.0999999046325684, -0.999988351335417],
    ["erfc", 0.30000001192092896, 0.6713732282472846],
    ["erfc", -1.25, 1.9229001282564582],
    ["erfc", 4.5, 1.9661604415428876e-10],
    ["erfc", 9.75, 2.9857008328005782e-43],
    ["lgamma", 0.10000000149011612, 2.252712636201601],
    ["lgamma", 3.700000047683716, 1.428072382319606],
    ["lgamma", 55.5, 166.32150615984037],
    ["tanh", 0.9700000286102295, 0.7487042995418417],
    ["tanh", -1.2999999523162842, -0.8617231470379345],
    ["exp", 15.635714530944824, 6173117.470645853],
    ["exp", -100.5, 2.256340135917036e-44],
    ["log", 1.4026341438293457, 0.3383520000650383],
    ["log", 9.99994610111476e-41, -92.10340910966488],
  ];
}
