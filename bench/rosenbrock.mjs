/** Rosenbrock's function of n variables: Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)². */
import { slice, square, sum } from "../dist/src/index.js";

/** In plain arithmetic. */
export function rosenbrock(x) {
  let total = 0;
  for (let i = 0; i + 1 < x.length; i++) total += 100 * (x[i + 1] - x[i] * x[i]) ** 2 + (1 - x[i]) ** 2;
  return total;
}

/** With tensors. */
export function rosenbrockOfTensors(x) {
  const [head, tail] = [slice(x, [0, -1]), slice(x, [1])];
  return sum(square(tail.sub(square(head))).mul(100)).add(sum(square(head.mul(-1).add(1))));
}

/** A point that is no minimum. */
export function start(n) {
  return Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
}
