/** The activation functions of networks. */
import { type Operand, type Tensor, toTensor } from "../tensor.ts";

/**
 * 1/(1 + e⁻ˣ), the logistic function. Integers give float64.
 *
 * ```ts
 * sigmoid([-1000, 0, 2]); // → Tensor(float64 [3]) [0, 0.5, 0.880797]
 * ```
 */
export function sigmoid(x: Operand): Tensor {
  return toTensor(x).sigmoid();
}

/**
 * log σ(x) = −log(1 + e⁻ˣ). Without overflow on either side.
 *
 * ```ts
 * logSigmoid([-1000, 0]); // → Tensor(float64 [2]) [-1000, -0.693147]
 * ```
 */
export function logSigmoid(x: Operand): Tensor {
  return toTensor(x).neg().softplus().neg();
}

/**
 * log(1 + eˣ), without overflow.
 *
 * ```ts
 * softplus([-1000, 0, 1000]); // → Tensor(float64 [3]) [0, 0.693147, 1000]
 * ```
 */
export function softplus(x: Operand): Tensor {
  return toTensor(x).softplus();
}

/**
 * max(x, 0); its derivative at 0 is 0.
 *
 * ```ts
 * relu([-1, 0, 2]); // → Tensor(float64 [3]) [0, 0, 2]
 * ```
 */
export function relu(x: Operand): Tensor {
  return toTensor(x).relu();
}

/**
 * x where positive, else slope·x (Maas, Hannun, Ng 2013; default slope 0.01 as in PyTorch); derivative at
 * 0: slope.
 *
 * ```ts
 * leakyRelu([-1, 2]); // → Tensor(float64 [2]) [-0.01, 2]
 * ```
 */
export function leakyRelu(x: Operand, slope = 0.01): Tensor {
  const value = toTensor(x).float();
  return value.greater(0).where(value, value.mul(slope));
}

/**
 * x where positive, else α(eˣ − 1) (Clevert, Unterthiner, Hochreiter 2015; default α = 1).
 *
 * ```ts
 * elu([-1, 2]); // → Tensor(float64 [2]) [-0.632121, 2]
 * ```
 */
export function elu(x: Operand, alpha = 1): Tensor {
  const value = toTensor(x).float();
  const isPositive = value.greater(0);
  // The exponential is taken of 0 on the positive side, so that it cannot overflow there.
  return isPositive.where(value, isPositive.where(0, value).expm1().mul(alpha));
}

/**
 * x·Φ(x) with the normal distribution function Φ (Hendrycks, Gimpel 2016), exact by erfc.
 *
 * ```ts
 * gelu([-1, 2]); // → Tensor(float64 [2]) [-0.158655, 1.9545]
 * ```
 */
export function gelu(x: Operand): Tensor {
  const value = toTensor(x).float();
  return value.mul(value.mul(-Math.SQRT1_2).erfc()).mul(0.5);
}

/**
 * x·σ(x) (Elfwing, Uchibe, Doya 2017), also called swish.
 *
 * ```ts
 * silu([-1, 2]); // → Tensor(float64 [2]) [-0.268941, 1.76159]
 * ```
 */
export function silu(x: Operand): Tensor {
  const value = toTensor(x).float();
  return value.mul(value.sigmoid());
}
