/** Seven methods, one loop: each is a value, and each result is counted and judged in the same way. */
import { adam, bfgs, gradientDescent, minimize, nelderMead, newton } from "nabla";

const beale = ([x, y]: [number, number]) =>
  (1.5 - x + x * y) ** 2 + (2.25 - x + x * y ** 2) ** 2 + (2.625 - x + x * y ** 3) ** 2;

const show = ({ method, reason, value }: ReturnType<typeof minimize>) =>
  console.log(method.padEnd(16), reason, value < 1e-6 ? "at the minimum" : "elsewhere");

show(minimize(beale, [1, 1], { method: gradientDescent() }));
show(minimize(beale, [1, 1], { method: newton() }));
show(minimize(beale, [1, 1], { method: bfgs() }));
show(minimize(beale, [1, 1], { method: nelderMead() }));
show(minimize(beale, [1, 1], { method: adam({ rate: 0.05 }) }));
// prints:
// gradient-descent converged at the minimum
// newton           converged at the minimum
// bfgs             converged at the minimum
// nelder-mead      converged at the minimum
// adam             converged at the minimum
