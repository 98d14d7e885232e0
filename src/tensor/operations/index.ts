export * from "./activation.ts";
export * from "./arithmetic.ts";
export * from "./comparison.ts";
export * from "./convolution.ts";
export {
  arange,
  eye,
  full,
  linspace,
  ones,
  onesLike,
  type TensorOptions,
  tensor,
  zeros,
  zerosLike,
} from "./creation.ts";
export * from "./cumulative.ts";
export * from "./einsum.ts";
export * from "./exponential.ts";
export * from "./indexing.ts";
export * from "./joining.ts";
export * from "./matrix.ts";
export * from "./random.ts";
export {
  type AxisArgument,
  all,
  any,
  argmax,
  argmin,
  max,
  mean,
  min,
  type ReduceOptions,
  sum,
} from "./reduction.ts";
export * from "./rounding.ts";
export * from "./shape.ts";
export * from "./slicing.ts";
export * from "./softmax.ts";
export * from "./special.ts";
export * from "./statistics.ts";
export * from "./trigonometry.ts";
