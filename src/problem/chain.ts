/** The chain rule for matrices: derivatives by the caller's point as derivatives by the variables. */
import { at } from "../core/exactly.ts";
import { matrixOf } from "./differences.ts";
import type { Chain } from "./variables.ts";

function unit(n: number, i: number): Float64Array {
  const e = new Float64Array(n);
  e[i] = 1;
  return e;
}

/** A·v for a row-major A `[m, n]`; elements of v that are 0 cost nothing, and most are for a column of ∂x/∂u. */
export function times(a: Float64Array, v: Float64Array): Float64Array {
  const n = v.length;
  const m = n === 0 ? 0 : a.length / n;
  const product = new Float64Array(m);
  for (let j = 0; j < n; j++) {
    const vj = at(v, j);
    if (vj === 0) continue;
    for (let i = 0; i < m; i++) product[i] = at(product, i) + at(a, i * n + j) * vj;
  }
  return product;
}

/** Jᵀ r for a row-major J `[m, n]`. */
export function transposeTimes(a: Float64Array, r: Float64Array, n: number): Float64Array {
  const product = new Float64Array(n);
  for (let i = 0; i < r.length; i++) {
    const ri = at(r, i);
    for (let j = 0; j < n; j++) product[j] = at(product, j) + at(a, i * n + j) * ri;
  }
  return product;
}

/** The Hessian by u `[n, n]` from the one by x and the gradient by x. */
export function chainHessian(chain: Chain, u: Float64Array, g: Float64Array, h: Float64Array): Float64Array {
  const columns = Array.from(u, (_, i) => {
    const v = unit(u.length, i);
    return chain.pullProduct(u, v, g, times(h, chain.push(u, v)));
  });
  return matrixOf(columns);
}

/** The Jacobian by u from the one by x. */
export function chainJacobian(chain: Chain, u: Float64Array, jacobian: Float64Array): Float64Array {
  return matrixOf(Array.from(u, (_, i) => times(jacobian, chain.push(u, unit(u.length, i)))));
}
