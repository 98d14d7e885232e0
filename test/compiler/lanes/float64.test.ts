/**
 * Functions of float64 lanes against values from mpmath (`oracle64.py`, 60 digits) and, for special values,
 * against those of the reference interpreter. /
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { float64Functions } from "../../../src/compiler/lanes/float64/index.ts";
import type { LaneFunctionName } from "../../../src/compiler/lanes/functions.ts";
import { type HostFunction, hostFunctions } from "../../../src/compiler/scalar/rules.ts";
import { laneLoop } from "./apply.ts";

const ofTwo: readonly string[] = ["pow", "atan2", "hypot", "rem"];
const names: readonly LaneFunctionName[] = Object.keys(float64Functions).filter(isName);

function isName(name: string): name is LaneFunctionName {
  return name in float64Functions;
}

const references: Partial<Record<string, HostFunction>> = {
  ...hostFunctions,
  sigmoid: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  relu: (x) => Math.max(x, 0),
};

/** Arguments, the nearest double, and what the value is off it in units in the last place. */
interface Sample {
  readonly x: number;
  readonly y: number;
  readonly nearest: number;
  readonly off: number;
}

const samplesOf: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL("float64-samples.json", import.meta.url), "utf8"),
);

function fromBits(bits: string): number {
  return Buffer.from(bits, "hex").readDoubleBE(0);
}

function readSample(line: string): Sample {
  const words = line.split(" ");
  const [x = 0, y = x] = words.slice(0, -2).map(fromBits);
  return { x, y, nearest: fromBits(words.at(-2) ?? ""), off: Number(words.at(-1)) / 1000 };
}

/** The distance of doubles at the size of a number. */
function unitInLastPlace(value: number): number {
  const size = Math.abs(value);
  if (size < 2 ** -1021) return 2 ** -1074;
  const exponent = Math.floor(Math.log2(size));
  return 2 ** ((2 ** exponent > size ? exponent - 1 : exponent) - 52);
}

/** Whether this host has relaxed SIMD. */
function canFuse(): boolean {
  try {
    laneLoop((l, x) => l.multiplyAdd(x, x, x), { dtype: "float64", isFused: true });
    return true;
  } catch {
    return false;
  }
}

/** Zeros, infinities, ends of ranges and turning points. */
const unusual: readonly number[] = [
  ...[0, 1, 0.5, 2, 3, 5e-324, 2 ** -1022, 1.5e-310, 1e-300, 1e22, 1e300, Number.MAX_VALUE, 1000, 7.5],
  ...[Infinity, 709.79, 746, 1 - 2 ** -53, 1 + 2 ** -52, 2 ** 52 + 1, 2 ** 53 + 2],
].flatMap((x) => [x, -x]);

function unusualArguments(name: string): readonly [readonly number[], readonly number[]] {
  const all = [...unusual, Number.NaN];
  if (!ofTwo.includes(name)) return [all, all];
  return [all.flatMap((x) => all.map(() => x)), all.flatMap(() => all)];
}

describe.each([false, true])("functions of float64 lanes, fused: %s", (isFused) => {
  const test = it.runIf(!isFused || canFuse());

  test.each(Object.keys(samplesOf).filter(isName))("%s is within a unit in the last place", (name) => {
    const samples = (samplesOf[name] ?? "").split(";").map(readSample);
    const run = laneLoop(float64Functions[name], { dtype: "float64", isFused });
    const values = run.apply(
      samples.map(({ x }) => x),
      samples.map(({ y }) => y),
    );
    let worst = 0;
    for (const [k, { nearest, off }] of samples.entries()) {
      const distance = ((values[k] ?? Number.NaN) - nearest) / unitInLastPlace(nearest) - off;
      worst = Math.max(worst, Math.abs(distance));
    }
    // A thousandth for what the samples are rounded to.
    expect(worst).toBeLessThanOrEqual((name === "pow" ? 2 : 1) + 0.001);
  });

  test.each(names)("%s has the special values of the reference", (name) => {
    const [x, y] = unusualArguments(name);
    const reference = references[name];
    if (reference === undefined) throw new RangeError(`there is no reference of ${name}`);
    const values = laneLoop(float64Functions[name], { dtype: "float64", isFused }).apply(x, y);
    for (const [k, value] of values.entries()) {
      const [first, second] = [x[k] ?? 0, y[k] ?? 0];
      const exact = reference(first, second);
      const isSpecial = !Number.isFinite(exact) || exact === 0;
      // The reference itself is up to three units off.
      const slack = isSpecial || Object.is(value, exact) ? 0 : 4 * unitInLastPlace(exact);
      const isMet = Object.is(value, exact) || Math.abs(value - exact) <= slack;
      expect(isMet, `${name}(${first}, ${second}) gives ${value}, not ${exact}`).toBe(true);
    }
  });

  test("rem is exact", () => {
    const x = Array.from({ length: 4000 }, (_, k) => Math.sin(k) * 2 ** (k % 60));
    const y = Array.from({ length: 4000 }, (_, k) => Math.cos(3 * k) * 2 ** ((7 * k) % 50));
    const values = laneLoop(float64Functions.rem, { dtype: "float64", isFused }).apply(x, y);
    for (const [k, value] of values.entries()) expect(value).toBe((x[k] ?? 0) % (y[k] ?? 0));
  });
});
