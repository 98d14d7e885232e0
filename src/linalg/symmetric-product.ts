/** Ax of a symmetric matrix of which only the lower triangle is read. Golub & Van Loan (2013), §1.2.8. */
import { at } from "../core/exactly.ts";

/** Ax for `a`, `[n, n]` row-major, fresh. */
export function symmetricProduct(a: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  const product = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const xi = at(x, i);
    let sum = at(a, i * n + i) * xi;
    for (let j = 0; j < i; j++) {
      const aij = at(a, i * n + j);
      sum += aij * at(x, j);
      product[j] = at(product, j) + aij * xi;
    }
    product[i] = sum;
  }
  return product;
}
