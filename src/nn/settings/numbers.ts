/** Settings that are numbers, and lists of them. */
import { ArgumentError } from "../../core/errors.ts";
import { isWithin, type NumberSetting } from "../../solver/card.ts";
import type { Padding, PairArgument } from "../../tensor/operations/convolution.ts";
import type { Pair } from "../../tensor/primitives/convolution.ts";
import { type Shape, showShape, sizeOf } from "../../tensor/shape.ts";
import type { LayerSetting } from "./setting.ts";

/** Sizes up to which elements can be counted in 32 bits. */
const largest = 2 ** 31 - 1;

const isWhole = (value: unknown, least: number): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= least && value <= largest;

/** A number of inputs, channels, rows. */
export const size: LayerSetting<number> = {
  rule: `a whole number from 1 to ${largest}`,
  read: (value) => (isWhole(value, 1) ? value : undefined),
};

/** A size with a default. */
export const sizeOr = (value: number): LayerSetting<number> => ({ ...size, default: value });

/** A number in an interval. */
export function numberIn(range: NumberSetting["range"], value?: number): LayerSetting<number> {
  return {
    rule: `a number in ${range}`,
    ...(value !== undefined && { default: value }),
    read: (given) => (typeof given === "number" && isWithin(range, given) ? given : undefined),
  };
}

function readPair(value: unknown, least: number): PairArgument | undefined {
  if (isWhole(value, least)) return value;
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [height, width]: unknown[] = value;
  return isWhole(height, least) && isWhole(width, least) ? [height, width] : undefined;
}

/** One number for both image axes, or a pair of them. */
export function pair(value?: PairArgument): LayerSetting<PairArgument> {
  return {
    rule: `a whole number from 1 to ${largest}, or a pair of them (height, width)`,
    ...(value !== undefined && { default: value }),
    read: (given) => readPair(given, 1),
  };
}

/** Zeros around images. */
export const padding: LayerSetting<Padding> = {
  rule: 'a whole number ≥ 0, a pair of them (height, width), "same" or "valid"',
  default: 0,
  read: (given) => (given === "same" || given === "valid" ? given : readPair(given, 0)),
};

/** Lengths of axes: one, or a list. */
export const axes: LayerSetting<Shape> = {
  rule: `a whole number from 1 to ${largest}, or a list of them`,
  read: (given) => {
    const list: unknown[] = Array.isArray(given) ? given : [given];
    const lengths = list.filter((length) => isWhole(length, 1));
    return list.length > 0 && list.length === lengths.length ? lengths : undefined;
  },
};

/** Both numbers of a pair. */
export const bothOf = (value: PairArgument): Pair => (typeof value === "number" ? [value, value] : value);

/** As people write it: `5×5`. */
export const showPair = (value: PairArgument): string => bothOf(value).join("×");

/** Refuses weights that no memory holds: a description may say anything. */
export function checkWeights(call: string, shape: Shape): void {
  const count = sizeOf(shape);
  if (count > largest)
    throw new ArgumentError(
      `${call}: weights ${showShape(shape)} would be ${count} numbers, more than ${largest}; make the layer smaller`,
    );
}
