/**
 * Gaussian mixture and bundle adjustment of ADBench (https://github.com/microsoft/ADBench) with tensors; inputs of the sizes of its files.
 * The same functions with its own numbers are tested in test/reference. The mixture leaves out the constants.
 */
import {
  concat,
  cos,
  dot,
  exp,
  expandDims,
  logSumExp,
  matmul,
  sin,
  split,
  square,
  stack,
  tensor,
} from "../dist/src/index.js";
import { uniform } from "./inputs.mjs";

function filled(shape, low, high, seed) {
  const count = shape.reduce((size, n) => size * n, 1);
  return tensor(
    uniform(count, seed).map((u) => low + (high - low) * u),
    { shape },
  );
}

/** Function and point of n points of d numbers and K clusters. */
export function mixture(n, d, K) {
  const x = filled([n, d], -1, 1, 1);
  const point = {
    alphas: filled([K], -1, 1, 2),
    means: filled([K, d], -1, 1, 3),
    icf: filled([K, (d * (d + 1)) / 2], -1, 1, 4),
  };
  return { f: logPosterior(x, scatterMatrix(d)), point };
}

/** Σᵢ logsumexpₖ(αₖ + Σ log diag Qₖ − ½|Qₖ(xᵢ − μₖ)|²) − n logsumexp(α) + ½ Σ Q². */
function logPosterior(x, scatter) {
  const [n, d] = x.shape;
  return ({ alphas, means, icf }) => {
    const K = alphas.shape[0];
    const [logDiagonal, below] = split(icf, [d, (d * (d - 1)) / 2], 1);
    const entries = concat([exp(logDiagonal), below], 1);
    const Q = matmul(entries, scatter).reshape([K, d, d]);
    const apart = expandDims(x, 0).sub(expandDims(means, 1));
    const scaled = matmul(apart, Q.transpose([0, 2, 1]));
    const inner = alphas.add(logDiagonal.sum(1)).reshape([K, 1]).sub(square(scaled).sum(2).mul(0.5));
    const prior = square(entries).sum().mul(0.5);
    return logSumExp(inner, 0).sum().sub(logSumExp(alphas).mul(n)).add(prior);
  };
}

/** Where each entry of `icf` goes in the d × d matrix Q: the diagonal, then the strict lower triangle by columns. */
function scatterMatrix(d) {
  const places = Array.from({ length: d }, (_, i) => i * d + i);
  for (let column = 0; column < d; column++)
    for (let row = column + 1; row < d; row++) places.push(row * d + column);
  return tensor(places.map((place) => Array.from({ length: d * d }, (_, k) => (k === place ? 1 : 0))));
}

/** Point and features of p observations, each with its camera, its point and its weight. */
export const bundle = (p) => ({
  point: {
    rotation: filled([p, 3], 0.1, 0.5, 1),
    centre: filled([p, 3], -1, 1, 2),
    focal: filled([p, 1], 400, 600, 3),
    principal: filled([p, 2], -5, 5, 4),
    distortion: filled([p, 2], -0.01, 0.01, 5),
    X: filled([p, 3], 4, 8, 6),
    weight: filled([p, 1], 0.5, 1, 7),
  },
  features: filled([p, 2], -100, 100, 8),
});

/** Reprojection error of one observation. */
export function reprojection({ rotation, centre, focal, principal, distortion, X, weight }, feature) {
  const y = X.sub(centre);
  const angle = dot(rotation, rotation).sqrt();
  const axis = rotation.div(angle);
  const turned = y
    .mul(cos(angle))
    .add(cross(axis, y).mul(sin(angle)))
    .add(axis.mul(dot(axis, y)).mul(cos(angle).neg().add(1)));
  const [z1, z2, z3] = [...turned];
  const projected = stack([z1, z2]).div(z3);
  const q = dot(projected, projected);
  const factor = dot(distortion, stack([q, q.mul(q)])).add(1);
  return projected.mul(factor).mul(focal).add(principal).sub(feature).mul(weight);
}

function cross(a, b) {
  const [a1, a2, a3] = [...a];
  const [b1, b2, b3] = [...b];
  return stack([a2.mul(b3).sub(a3.mul(b2)), a3.mul(b1).sub(a1.mul(b3)), a1.mul(b2).sub(a2.mul(b1))]);
}
