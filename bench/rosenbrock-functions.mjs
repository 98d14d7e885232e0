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

/** Value and gradient as somebody would write them who knows the derivative; the gradient is of the kind of x. */
export function handWritten(x, grad = x.slice().fill(0)) {
  let value = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const a = x[i + 1] - x[i] * x[i];
    const b = 1 - x[i];
    value += 100 * a * a + b * b;
    grad[i] += -400 * a * x[i] - 2 * b;
    grad[i + 1] += 200 * a;
  }
  return { value, grad };
}

/** A point that is no minimum. */
export function start(n) {
  return Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
}
