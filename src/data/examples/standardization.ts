/** Inputs of zero mean and unit variance, (x − mean) / scale: fitted on the examples to learn from, stored with the model, applied to all others. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { entry } from "../../core/vector.ts";
import type { TypedArray } from "../../tensor/tensor.ts";
import { type ExampleArray, readExampleArray } from "./example-array.ts";
import { checkRows } from "./rows.ts";

/** Zero mean and unit variance: (x − mean) / scale. One number for each feature, or a single one for all. */
export interface Standardization {
  readonly mean: readonly number[];
  readonly scale: readonly number[];
}

/** A standardization as it was fitted. */
export interface FittedStandardization extends Standardization {
  /** A sentence on features that are constant, if there are any. */
  readonly note?: string;
}

/**
 * Mean and standard deviation (of the population, as scikit-learn's `StandardScaler` has it) of inputs, in float64 by two passes: Chan, Golub &
 * LeVeque (1983), "Algorithms for computing the sample variance", equation 1.7. A constant feature has scale 1: it becomes 0.
 *
 * @param inputs `[n, …]`; int32 inputs are refused, since they are indices.
 * @param over "features": each feature by its own mean and scale. "whole": one for all, for images, whose features are of one kind.
 * @param rows the examples that count, such as the training part; default all.
 * @throws ArgumentError for what is no array of finite numbers; IndexError for rows that are not there.
 *
 * ```ts
 * const { mean, scale } = standardizationOf([[114.8, 0.00323], [114.6, 0.00313]], "features");
 * mean.map((x) => Number(x.toPrecision(6))); // → [ 114.7, 0.00318 ]
 * scale.map((x) => Number(x.toPrecision(6))); // → [ 0.1, 0.00005 ]
 * ```
 */
export function standardizationOf(
  inputs: ExampleArray,
  over: "features" | "whole",
  rows?: Int32Array,
): FittedStandardization {
  if (over !== "features" && over !== "whole")
    throw new ArgumentError(
      `standardizationOf: standardizes over "features" or "whole"; got ${showValue(over)}`,
    );
  const array = readExampleArray("standardizationOf", inputs, "inputs");
  if (array.dtype === "int32")
    throw new ArgumentError(
      "standardizationOf: int32 inputs are indices and have no mean; give numbers as a Float32Array or bytes",
    );
  const count = array.shape[0] ?? 0;
  const used = rows ?? Int32Array.from({ length: count }, (_, row) => row);
  checkRows("standardizationOf", used, count);
  const features = array.data.length / count;
  const groups = over === "features" ? features : 1;
  const { data } = array;
  return described(
    data instanceof Uint8Array
      ? ofBytes(data, used, features, groups)
      : ofNumbers(data, used, features, groups),
  );
}

/** The numbers of a feature, or of all of them, in short. */
interface Statistics {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly isConstant: (group: number) => boolean;
}

/** Of bytes it is counted how often each comes, so that sums of whole numbers are exact. */
function ofBytes(data: Uint8Array, rows: Int32Array, features: number, groups: number): Statistics {
  const counts = new Uint32Array(256 * groups);
  const step = groups === 1 ? 0 : 256;
  for (const row of rows) {
    for (let j = 0; j < features; j++) {
      const place = j * step + (data[row * features + j] ?? 0);
      counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  const total = (rows.length * features) / groups;
  const overBytes = (group: number, of: (byte: number) => number): number => {
    const own = counts.subarray(256 * group, 256 * (group + 1));
    return own.reduce((sum, count, byte) => sum + count * of(byte), 0) / total;
  };
  const mean = Float64Array.from({ length: groups }, (_, group) => overBytes(group, (byte) => byte));
  const variance = mean.map((center, group) => overBytes(group, (byte) => (byte - center) ** 2));
  return { mean, variance, isConstant: (group) => variance[group] === 0 };
}

function ofNumbers(data: TypedArray, rows: Int32Array, features: number, groups: number): Statistics {
  const count = (rows.length * features) / groups;
  const step = groups === 1 ? 0 : 1;
  const sum = new Float64Array(groups);
  const least = new Float64Array(groups).fill(Infinity);
  const most = new Float64Array(groups).fill(-Infinity);
  for (const row of rows) {
    for (let j = 0; j < features; j++) {
      const value = data[row * features + j] ?? 0;
      const group = j * step;
      sum[group] = entry(sum, group) + value;
      if (value < entry(least, group)) least[group] = value;
      if (value > entry(most, group)) most[group] = value;
    }
  }
  const rough = sum.map((total) => total / count);
  const rest = new Float64Array(groups);
  const squares = new Float64Array(groups);
  for (const row of rows) {
    for (let j = 0; j < features; j++) {
      const group = j * step;
      const distance = (data[row * features + j] ?? 0) - entry(rough, group);
      rest[group] = entry(rest, group) + distance;
      squares[group] = entry(squares, group) + distance * distance;
    }
  }
  // What rounding left over in the mean corrects both.
  const isConstant = (group: number): boolean => entry(least, group) === entry(most, group);
  return {
    mean: rough.map((value, group) =>
      isConstant(group) ? entry(least, group) : value + entry(rest, group) / count,
    ),
    variance: squares.map((square, group) => (square - entry(rest, group) ** 2 / count) / count),
    isConstant,
  };
}

function described({ mean, variance, isConstant }: Statistics): FittedStandardization {
  const constant = [...mean.keys()].filter(isConstant);
  const scale = Array.from(variance, (value, group) => (isConstant(group) ? 1 : Math.sqrt(value)));
  const fitted = { mean: [...mean], scale };
  if (constant.length === 0) return fitted;
  const shown = constant.slice(0, 8).join(", ");
  const note =
    `${constant.length} of ${mean.length} features never ${constant.length === 1 ? "changes" : "change"} ` +
    `(${shown}${constant.length > 8 ? ", …" : ""}): they become 0 and teach nothing`;
  return { ...fitted, note };
}
