/**
 * Gaussian mixture and bundle adjustment of ADBench (https://github.com/microsoft/ADBench, MIT): gradients, Hessian-vector
 * products and Jacobian blocks, by PyTorch in float64 and confirmed by ADBench's own expected values.
 */
import { describe, expect } from "vitest";
import { exactly } from "../../src/core/exactly.ts";
import {
  concat,
  cos,
  dot,
  exp,
  expandDims,
  hvp,
  jacobian,
  lgamma,
  logSumExp,
  matmul,
  sin,
  split,
  square,
  stack,
  type Tensor,
  tensor,
  valueAndGrad,
} from "../../src/index.ts";
import { expectClose } from "../tools/close.ts";
import { referenceTest } from "./reference.ts";

/** The project's promise: relative, in the norm. */
const tolerance = 1e-10;

interface Mixture {
  readonly d: number;
  readonly K: number;
  readonly alphas: number[];
  readonly means: number[][];
  readonly icf: number[][];
  readonly x: number[][];
  readonly gamma: number;
  readonly m: number;
  readonly objective: number;
  readonly gradAlphas: number[];
  readonly gradMeans: number[][];
  readonly gradIcf: number[][];
  readonly hvpDirection: [number[], number[][], number[][]];
  readonly hvp: [number[], number[][], number[][]];
}

interface MixtureParameters {
  readonly alphas: Tensor;
  readonly means: Tensor;
  readonly icf: Tensor;
}

/** The logarithm of the constant of the Wishart prior. */
function wishartConstant(d: number, gamma: number, m: number): number {
  const n = d + m + 1;
  let gammas = 0.25 * d * (d - 1) * Math.log(Math.PI);
  for (let j = 1; j <= d; j++) gammas += lgamma((n + 1 - j) / 2).item();
  return n * d * (Math.log(gamma) - 0.5 * Math.log(2)) - gammas;
}

/** Where each entry of `icf` goes in the d × d matrix Q: the diagonal, then the strict lower triangle by columns. */
function scatterMatrix(d: number): Tensor {
  const places: [number, number][] = Array.from({ length: d }, (_, i) => [i, i]);
  for (let column = 0; column < d; column++)
    for (let row = column + 1; row < d; row++) places.push([row, column]);
  return tensor(
    places.map(([row, column]) => Array.from({ length: d * d }, (_, k) => (k === row * d + column ? 1 : 0))),
  );
}

/** log p(x) + log prior: Σᵢ logsumexpₖ(αₖ + Σ log diag Qₖ − ½|Qₖ(xᵢ − μₖ)|²) − n logsumexp(α) + constants. */
function logLikelihood({ d, K, x, gamma, m }: Mixture): (p: MixtureParameters) => Tensor {
  const data = tensor(x);
  const scatter = scatterMatrix(d);
  return ({ alphas, means, icf }) => {
    const [logDiagonal, below] = exactly(split(icf, [d, (d * (d - 1)) / 2], 1), 2);
    const entries = concat([exp(logDiagonal), below], 1);
    const Q = matmul(entries, scatter).reshape([K, d, d]);
    const apart = expandDims(data, 0).sub(expandDims(means, 1));
    const scaled = matmul(apart, Q.transpose([0, 2, 1]));
    const sums = logDiagonal.sum(1);
    const rows = alphas.add(sums).reshape([K, 1]).sub(square(scaled).sum(2).mul(0.5));
    const n = x.length;
    const prior = square(entries)
      .sum()
      .mul(0.5 * gamma * gamma)
      .sub(sums.sum().mul(m));
    return logSumExp(rows, 0)
      .sum()
      .sub(logSumExp(alphas).mul(n))
      .sub(0.5 * n * d * Math.log(2 * Math.PI))
      .add(prior)
      .sub(K * wishartConstant(d, gamma, m));
  };
}

describe.each(["gmm_test", "gmm_1k_d2_K5", "gmm_1k_d10_K5"])("Gaussian mixture %s", (file) => {
  const parameters = (alphas: number[], means: number[][], icf: number[][]): MixtureParameters => ({
    alphas: tensor(alphas),
    means: tensor(means),
    icf: tensor(icf),
  });

  referenceTest("gradient and Hessian-vector product", `adbench/${file}.json`, (reference) => {
    const mixture = reference as Mixture;
    const point = parameters(mixture.alphas, mixture.means, mixture.icf);
    const objective = logLikelihood(mixture);
    const { value, grad } = valueAndGrad(objective)(point);
    expectClose(value, mixture.objective, tolerance);
    expectClose(grad.alphas, mixture.gradAlphas, tolerance);
    expectClose(grad.means, mixture.gradMeans, tolerance);
    expectClose(grad.icf, mixture.gradIcf, tolerance);
    const product = hvp(objective)(point, parameters(...mixture.hvpDirection));
    expectClose([product.alphas, product.means, product.icf], mixture.hvp, tolerance);
  });
});

interface Bundle {
  readonly cam: number[];
  readonly X: number[];
  readonly w: number;
  readonly feat: number[];
  readonly reprojError: number[];
  readonly weightError: number;
  readonly jacobianBlock: number[][];
  readonly weightErrorDw: number;
}

/** Camera (rotation 3, centre 3, focal length, principal point 2, distortion 2), point 3, weight: 15 numbers. */
function residualOfNumbers(p: readonly number[], feature: readonly number[]): number[] {
  const [
    r1 = 0,
    r2 = 0,
    r3 = 0,
    c1 = 0,
    c2 = 0,
    c3 = 0,
    f = 0,
    u0 = 0,
    v0 = 0,
    k1 = 0,
    k2 = 0,
    x1 = 0,
    x2 = 0,
    x3 = 0,
    w = 0,
  ] = p;
  const [y1, y2, y3] = [x1 - c1, x2 - c2, x3 - c3];
  const angle = Math.sqrt(r1 * r1 + r2 * r2 + r3 * r3);
  const [a1, a2, a3] = [r1 / angle, r2 / angle, r3 / angle];
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const along = (a1 * y1 + a2 * y2 + a3 * y3) * (1 - c);
  const z1 = y1 * c + (a2 * y3 - a3 * y2) * s + a1 * along;
  const z2 = y2 * c + (a3 * y1 - a1 * y3) * s + a2 * along;
  const z3 = y3 * c + (a1 * y2 - a2 * y1) * s + a3 * along;
  const [q1, q2] = [z1 / z3, z2 / z3];
  const q = q1 * q1 + q2 * q2;
  const distortion = 1 + k1 * q + k2 * q * q;
  const [f1 = 0, f2 = 0] = feature;
  return [w * (q1 * distortion * f + u0 - f1), w * (q2 * distortion * f + v0 - f2)];
}

function cross(a: Tensor, b: Tensor): Tensor {
  const [a1, a2, a3] = exactly([...a], 3);
  const [b1, b2, b3] = exactly([...b], 3);
  return stack([a2.mul(b3).sub(a3.mul(b2)), a3.mul(b1).sub(a1.mul(b3)), a1.mul(b2).sub(a2.mul(b1))]);
}

interface View {
  readonly cam: Tensor;
  readonly X: Tensor;
  readonly w: Tensor;
}

function residualOfTensors({ cam, X, w }: View, feature: Tensor): Tensor {
  const parts = split(cam, [3, 3, 1, 2, 2]);
  const [rotation, centre, focal] = exactly(parts.slice(0, 3), 3);
  const [principal, distortion] = exactly(parts.slice(3), 2);
  const y = X.sub(centre);
  const angle = dot(rotation, rotation).sqrt();
  const axis = rotation.div(angle);
  const turned = y
    .mul(cos(angle))
    .add(cross(axis, y).mul(sin(angle)))
    .add(axis.mul(dot(axis, y)).mul(cos(angle).neg().add(1)));
  const [z1, z2, z3] = exactly([...turned], 3);
  const projected = stack([z1, z2]).div(z3);
  const q = dot(projected, projected);
  const factor = dot(distortion, stack([q, q.mul(q)])).add(1);
  return projected.mul(factor).mul(focal).add(principal).sub(feature).mul(w);
}

describe.each(["ba_test", "ba_1_n49_m7776_p31843"])("bundle adjustment %s", (file) => {
  referenceTest("residual and Jacobian block in plain arithmetic", `adbench/${file}.json`, (reference) => {
    const { cam, X, w, feat, reprojError, jacobianBlock } = reference as Bundle;
    const point = [...cam, ...X, w];
    expectClose(residualOfNumbers(point, feat), reprojError, tolerance);
    expectClose(jacobian(residualOfNumbers)(point, feat), jacobianBlock, tolerance);
    expectClose(jacobian(residualOfNumbers, { mode: "reverse" })(point, feat), jacobianBlock, tolerance);
  });

  referenceTest("residual and Jacobian block in tensor form", `adbench/${file}.json`, (reference) => {
    const { cam, X, w, feat, reprojError, jacobianBlock } = reference as Bundle;
    const point = { cam: tensor(cam), X: tensor(X), w: tensor(w) };
    expectClose(residualOfTensors(point, tensor(feat)), reprojError, tolerance);
    for (const mode of ["forward", "reverse"] as const) {
      const J = jacobian(residualOfTensors, { mode })(point, tensor(feat));
      expectClose(concat([J.cam, J.X, J.w.reshape([2, 1])], 1), jacobianBlock, tolerance);
    }
  });

  referenceTest("weight error", `adbench/${file}.json`, (reference) => {
    const { w, weightError, weightErrorDw } = reference as Bundle;
    const { value, grad } = valueAndGrad((weight: number) => 1 - weight * weight)(w);
    expectClose([value, grad], [weightError, weightErrorDw], tolerance);
    expect(grad).toBe(-2 * w);
  });
});
