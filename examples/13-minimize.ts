/** The minimum of an ordinary function: the method is chosen, derivatives are exact, and the result says how it went. */
import { minimize, newton } from "nabla";

const rosenbrock = ([x, y]: [number, number]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2;

const result = minimize(rosenbrock, [-1.2, 1]);
console.log(
  result.converged,
  result.method,
  result.x.map((v) => v.toFixed(6)),
);

// A quadratic is one Newton step.
const booth = ([x, y]: [number, number]) => (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2;
const { x, steps } = minimize(booth, [9, 8], { method: newton() });
console.log(
  steps,
  x.map((v) => v.toFixed(12)),
);
// prints:
// true bfgs [ '1.000000', '1.000000' ]
// 1 [ '1.000000000000', '3.000000000000' ]
