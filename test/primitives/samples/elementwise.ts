/** Samples of the primitives that act on each element alone. */
import type { Dtype } from "../../../src/tensor/dtype.ts";
import type { None } from "../../../src/tensor/primitives/types.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import type { SampleMaker } from "../sample.ts";
import { booleans, floats, integers, meetingShapes, type Source, shapeOf } from "../source.ts";

type Draw = (source: Source, shape: readonly number[]) => Tensor;

/** Elements from one of the intervals. */
export const from =
  (...intervals: readonly (readonly [number, number])[]): Draw =>
  (source, shape) =>
    floats(shape, () => source.uniform(...source.pick(intervals)));

const wholeNumbers =
  (low: number, high: number): Draw =>
  (source, shape) =>
    integers(shape, () => source.integer(low, high));

const truths: Draw = (source, shape) => booleans(shape, source.flip);

/** A primitive of one operand without parameters. */
const one =
  (draw: Draw): SampleMaker<None> =>
  (source) => {
    const shape = shapeOf(source);
    return { params: {}, draw: (values) => [draw(values, shape)] };
  };

/** A primitive of operands that broadcast. */
const meeting =
  (...draws: readonly Draw[]): SampleMaker<None> =>
  (source) => {
    const shapes = meetingShapes(source, draws.length);
    return { params: {}, draw: (values) => draws.map((draw, i) => draw(values, shapes[i] ?? [])) };
  };

const smooth = [one(from([-2, 2]))];
const positive = [one(from([0.4, 3]))];
const inside = [one(from([-0.7, 0.7]))];
/** Whole parts that do not change within a step of the finite differences. */
const between = [
  one((source, shape) => floats(shape, () => source.integer(-3, 3) + source.uniform(0.2, 0.8))),
];
const betweenHalves = [
  one((source, shape) => floats(shape, () => source.integer(-3, 3) + source.uniform(-0.3, 0.3))),
];

/** Two operands that keep a distance of 0.3, so that no step changes which is larger. */
const apart =
  (offset: number): Draw =>
  (source, shape) =>
    floats(shape, () => source.integer(-2, 2) + offset + source.uniform(-0.1, 0.1));
const ordered = [meeting(apart(0), apart(0.5)), meeting(wholeNumbers(-2, 2), wholeNumbers(-2, 2))];
const compared = [...ordered, meeting(truths, truths)];
const logical = [
  meeting(truths, truths),
  meeting(wholeNumbers(-1, 1), wholeNumbers(-1, 1)),
  meeting(from([-1, 1]), from([-1, 1])),
];
const small = wholeNumbers(-9, 9);
const arithmetic = [meeting(from([-2, 2]), from([-2, 2])), meeting(small, small)];

export const unarySamples = {
  neg: [...smooth, one(small)],
  abs: [one(from([-2, -0.3], [0.3, 2])), one(small)],
  sign: [one(from([-2, -0.3], [0.3, 2])), one(small)],
  sqrt: positive,
  cbrt: [one(from([-3, -0.4], [0.4, 3]))],
  exp: smooth,
  expm1: smooth,
  log: positive,
  log1p: [one(from([-0.5, 2]))],
  log2: positive,
  log10: positive,
  sin: smooth,
  cos: smooth,
  tan: [one(from([-1, 1]))],
  asin: inside,
  acos: inside,
  atan: [one(from([-0.5, 0.5], [0.8, 2]))],
  sinh: smooth,
  cosh: smooth,
  tanh: smooth,
  asinh: smooth,
  acosh: [one(from([1.5, 3]))],
  atanh: inside,
  erf: smooth,
  erfc: smooth,
  lgamma: [one(from([-1.6, -1.4], [0.5, 4]))],
  sigmoid: smooth,
  softplus: smooth,
  relu: [one(from([-2, -0.3], [0.3, 2])), one(small)],
  floor: between,
  ceil: between,
  trunc: between,
  round: betweenHalves,
  isNaN: [one((source, shape) => floats(shape, () => source.pick([Number.NaN, 1, Infinity]))), one(small)],
  isFinite: [
    one((source, shape) => floats(shape, () => source.pick([Number.NaN, 1, -Infinity]))),
    one(small),
  ],
  logicalNot: [one(truths), one(small), ...smooth],
  stopGradient: smooth.map(
    (maker): SampleMaker<None> =>
      (source) => ({ ...maker(source), isConstant: true }),
  ),
} satisfies Readonly<Record<string, readonly SampleMaker<None>[]>>;

export const polygammaSamples: readonly SampleMaker<{ readonly order: number }>[] = [
  (source) => ({ ...one(from([1, 4]))(source), params: { order: source.integer(0, 3) } }),
];

export const binarySamples = {
  add: arithmetic,
  sub: arithmetic,
  mul: arithmetic,
  div: [meeting(from([-2, 2]), from([-3, -0.6], [0.6, 3]))],
  rem: [
    meeting(
      (source, shape) => floats(shape, () => source.integer(-2, 2) * 2 + 1 + source.uniform(-0.3, 0.3)),
      from([-2.1, -1.9], [1.9, 2.1]),
    ),
    meeting(small, wholeNumbers(-3, 3)),
  ],
  pow: [meeting(from([0.6, 2]), from([-2, 3])), meeting(small, wholeNumbers(0, 12))],
  atan2: [meeting(from([-2, -0.6], [0.6, 2]), from([-2, 2]))],
  hypot: [meeting(from([-2, -0.6], [0.6, 2]), from([-2, 2]))],
  maximum: ordered,
  minimum: ordered,
  equal: compared,
  notEqual: compared,
  less: compared,
  lessEqual: compared,
  greater: compared,
  greaterEqual: compared,
  logicalAnd: logical,
  logicalOr: logical,
  logicalXor: logical,
  select: [
    meeting(truths, from([-2, 2]), from([-2, 2])),
    meeting(truths, small, small),
    meeting(truths, truths, truths),
  ],
} satisfies Readonly<Record<string, readonly SampleMaker<None>[]>>;

const castTo =
  (draw: Draw, ...dtypes: readonly Dtype[]): SampleMaker<{ readonly dtype: Dtype }> =>
  (source) => {
    const dtype = source.pick(dtypes);
    return { ...one(draw)(source), params: { dtype }, isFixed: true, isCoarse: dtype === "float32" };
  };

export const castSamples: readonly SampleMaker<{ readonly dtype: Dtype }>[] = [
  castTo(from([-2, 2]), "float64"),
  castTo(
    (source, shape) => floats(shape, () => source.integer(-3, 3) + source.uniform(0.2, 0.8)),
    "int32",
    "bool",
    "float32",
  ),
  castTo(small, "float64", "float32", "bool"),
  castTo(truths, "int32", "float32", "float64"),
];
