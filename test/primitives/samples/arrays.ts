/** Samples of the primitives that move, sum, order, multiply and draw. */
import type { ConvolutionParams, Pair } from "../../../src/tensor/primitives/convolution.ts";
import type { PrimitiveParams } from "../../../src/tensor/primitives/index.ts";
import type { WindowParams } from "../../../src/tensor/primitives/windows.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import type { SampleMaker } from "../sample.ts";
import { distinct, floats, fullShape, integers, type Source, shapeOf } from "../source.ts";

type Name =
  | "reduceSum"
  | "reduceMax"
  | "reduceMin"
  | "argmax"
  | "argmin"
  | "linearRecurrence"
  | "reshape"
  | "transpose"
  | "broadcastTo"
  | "slice"
  | "pad"
  | "flip"
  | "concat"
  | "unstack"
  | "gather"
  | "scatterAdd"
  | "argsort"
  | "matmul"
  | "convolution"
  | "windows"
  | "foldWindows"
  | "randomUniform"
  | "randomNormal"
  | "randomBits"
  | "randomSplit"
  | "randomPermutation";

type Draw = (source: Source, shape: readonly number[]) => Tensor;

const real: Draw = (source, shape) => floats(shape, () => source.uniform(-2, 2));
const whole: Draw = (source, shape) => integers(shape, () => source.integer(-9, 9));

/** A primitive of one operand whose parameters depend on its shape. */
const of =
  <Params>(
    shapes: (source: Source) => number[],
    params: (source: Source, shape: readonly number[]) => Params,
    draw: Draw = real,
  ): SampleMaker<Params> =>
  (source) => {
    const shape = shapes(source);
    return { params: params(source, shape), draw: (values) => [draw(values, shape)] };
  };

const anyShape = (source: Source): number[] => shapeOf(source);
const withAxis = (source: Source): number[] => shapeOf(source, 1);
const withElements = (source: Source): number[] => fullShape(source, 1);

const someAxes = (source: Source, shape: readonly number[]): { axes: number[] } => ({
  axes: shape.flatMap((_, axis) => (source.flip() ? [axis] : [])),
});
const oneAxis = (source: Source, shape: readonly number[]): { axis: number } => ({
  axis: source.integer(0, shape.length - 1),
});

function shuffled(source: Source, count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: count }, () => order.splice(source.integer(0, order.length - 1), 1)[0] ?? 0);
}

const pair = (source: Source, low: number, high: number): Pair => [
  source.integer(low, high),
  source.integer(low, high),
];

/** Geometry in which at least one window fits into the image. */
function windowParams(source: Source): { params: WindowParams; image: Pair } {
  const [size, stride, dilation] = [pair(source, 1, 2), pair(source, 1, 2), pair(source, 1, 2)];
  const [low, high] = [pair(source, 0, 1), pair(source, 0, 1)];
  const image: Pair = [source.integer(3, 4), source.integer(3, 4)];
  return { params: { size, stride, low, high, dilation, value: source.pick([0, 1.5]) }, image };
}

const windowCount = ({ size, stride, low, high, dilation }: WindowParams, image: Pair): number[] =>
  [0, 1].map((i) => {
    const axis = i === 0 ? 0 : 1;
    const extent = (size[axis] - 1) * dilation[axis] + 1;
    return Math.floor((image[axis] + low[axis] + high[axis] - extent) / stride[axis]) + 1;
  });

const convolution: SampleMaker<ConvolutionParams> = (source) => {
  const groups = source.integer(1, 2);
  const [inner, outer] = [source.integer(1, 2), source.integer(1, 2)];
  const params: ConvolutionParams = {
    stride: pair(source, 1, 2),
    low: pair(source, -1, 2),
    high: pair(source, 0, 2),
    dilation: pair(source, 1, 2),
    inputDilation: pair(source, 1, 2),
    groups,
  };
  const image = [source.integer(0, 2), groups * inner, source.integer(4, 5), source.integer(4, 5)];
  const kernel = [groups * outer, inner, source.integer(1, 2), source.integer(1, 2)];
  return { params, draw: (values) => [real(values, image), real(values, kernel)] };
};

/** A key for each of the leading places. */
const keys: Draw = (source, shape) => integers(shape, () => source.integer(-(2 ** 31), 2 ** 31 - 1));
const keyShape = (source: Source): number[] => [...fullShape(source, 0, 1), 2];

export const arraySamples: { readonly [K in Name]: readonly SampleMaker<PrimitiveParams[K]>[] } = {
  reduceSum: [of(anyShape, someAxes), of(anyShape, someAxes, whole), of(() => [5, 70], someAxes)],
  reduceMax: [of(withElements, someAxes, distinct), of(withElements, someAxes, whole)],
  reduceMin: [of(withElements, someAxes, distinct), of(withElements, someAxes, whole)],
  argmax: [of(withElements, oneAxis), of(withElements, oneAxis, whole)],
  argmin: [of(withElements, oneAxis), of(withElements, oneAxis, whole)],
  argsort: [of(withAxis, oneAxis), of(withAxis, oneAxis, whole)],
  linearRecurrence: [real, whole].map((draw) => (source) => {
    const shape = withAxis(source);
    return {
      params: { axis: source.integer(0, shape.length - 1), reverse: source.flip() },
      draw: (values) => [draw(values, shape), draw(values, shape)],
    };
  }),
  reshape: [
    of(anyShape, (source, shape) => ({
      shape: source.flip() ? [...shape, 1] : [shape.reduce((a, b) => a * b, 1)],
    })),
  ],
  transpose: [
    of(anyShape, (source, shape) => ({ permutation: shuffled(source, shape.length) })),
    of(
      (source) => [source.integer(0, 40), source.integer(0, 40)],
      () => ({ permutation: [1, 0] }),
    ),
  ],
  broadcastTo: [
    of(
      (source) => shapeOf(source).map((n) => (source.flip() ? 1 : n)),
      (source, shape) => ({
        shape: [...shapeOf(source, 0, 1), ...shape.map((n) => (n === 1 ? source.integer(0, 3) : n))],
      }),
    ),
  ],
  slice: [
    of(anyShape, (source, shape) => {
      const starts = shape.map((n) => source.integer(0, n));
      return {
        starts,
        stops: shape.map((n, axis) => source.integer(starts[axis] ?? 0, n)),
        steps: shape.map(() => source.integer(1, 3)),
      };
    }),
  ],
  pad: [
    of(anyShape, (source, shape) => ({
      low: shape.map(() => source.integer(0, 2)),
      high: shape.map(() => source.integer(0, 2)),
      interior: shape.map(() => source.integer(0, 2)),
      value: source.pick([0, 2.5]),
    })),
  ],
  flip: [of(anyShape, someAxes)],
  concat: [
    (source) => {
      const shape = withAxis(source);
      const axis = source.integer(0, shape.length - 1);
      const lengths = Array.from({ length: source.integer(1, 3) }, () => source.integer(0, 3));
      const shapes = lengths.map((length) => shape.map((n, i) => (i === axis ? length : n)));
      return { params: { axis }, draw: (values) => shapes.map((each) => real(values, each)) };
    },
  ],
  unstack: [of(withAxis, () => ({})), of(withAxis, () => ({}), whole)],
  gather: [
    (source) => {
      const shape = fullShape(source, 1);
      const params = oneAxis(source, shape);
      const picks = shapeOf(source, 0, 2);
      const last = (shape[params.axis] ?? 1) - 1;
      return {
        params,
        draw: (values) => [real(values, shape), integers(picks, () => values.integer(0, last))],
      };
    },
  ],
  scatterAdd: [real, whole].map((draw) => (source) => {
    const shape = fullShape(source, 1);
    const { axis } = oneAxis(source, shape);
    const picks = shapeOf(source, 0, 2);
    const last = (shape[axis] ?? 1) - 1;
    const updates = [...shape.slice(0, axis), ...picks, ...shape.slice(axis + 1)];
    return {
      params: { axis },
      draw: (values) => [
        draw(values, shape),
        integers(picks, () => values.integer(0, last)),
        draw(values, updates),
      ],
    };
  }),
  matmul: [real, whole].map((draw) => (source) => {
    const [m, k, n] = [source.integer(0, 5), source.integer(0, 5), source.integer(0, 5)];
    const stack = fullShape(source, 0, 2);
    const partOf = (): number[] =>
      stack.slice(source.integer(0, stack.length)).map((length) => (source.flip() ? 1 : length));
    const [a, b] = [
      [...partOf(), m, k],
      [...partOf(), k, n],
    ];
    return { params: {}, draw: (values) => [draw(values, a), draw(values, b)] };
  }),
  convolution: [convolution],
  windows: [
    (source) => {
      const { params, image } = windowParams(source);
      const shape = [...shapeOf(source, 0, 2), ...image];
      return { params, draw: (values) => [real(values, shape)] };
    },
  ],
  foldWindows: [
    (source) => {
      const { params, image } = windowParams(source);
      const shape = [
        ...shapeOf(source, 0, 2),
        ...windowCount(params, image),
        params.size[0] * params.size[1],
      ];
      return { params: { ...params, value: 0, image }, draw: (values) => [real(values, shape)] };
    },
  ],
  randomUniform: [
    of(
      keyShape,
      (source) => ({ shape: shapeOf(source, 0, 2), dtype: source.pick(["float64", "float32"]) }),
      keys,
    ),
  ],
  randomNormal: [
    of(
      keyShape,
      (source) => ({ shape: shapeOf(source, 0, 2), dtype: source.pick(["float64", "float32"]) }),
      keys,
    ),
  ],
  randomBits: [of(keyShape, (source) => ({ shape: shapeOf(source, 0, 2) }), keys)],
  randomSplit: [of(keyShape, (source) => ({ count: source.integer(0, 3) }), keys)],
  randomPermutation: [of(keyShape, (source) => ({ length: source.integer(0, 6) }), keys)],
};
