/** Ax of a symmetric matrix of which only the lower triangle is read. Golub & Van Loan (2013), §1.2.8. */
import { entry } from "../core/vector.ts";

/** Ax for `a`, `[n, n]` row-major, fresh. */
export function symmetricProduct(a: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  const product = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const xi = entry(x, i);
    let sum = entry(a, i * n + i) * xi;
    for (let j = 0; j < i; j++) {
      const aij = entry(a, i * n + j);
      sum += aij * entry(x, j);
      product[j] = entry(product, j) + aij * xi;
    }
    product[i] = sum;
  }
  return product;
}
