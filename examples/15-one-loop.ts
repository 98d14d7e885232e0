/** Seven methods, one loop: each is a value, and each result is counted and judged in the same way. */
import { adam, bfgs, gradientDescent, minimize, nelderMead, newton } from "nabla";

const beale = ([x, y]: [number, number]) =>
  (1.5 - x + x * y) ** 2 + (2.25 - x + x * y ** 2) ** 2 + (2.625 - x + x * y ** 3) ** 2;

const show = ({ method, converged, value, steps }: ReturnType<typeof minimize>) =>
  console.log(method.padEnd(16), converged, value < 1e-6, steps > 0);

show(minimize(beale, [1, 1], { method: gradientDescent() }));
show(minimize(beale, [1, 1], { method: newton() }));
show(minimize(beale, [1, 1], { method: bfgs() }));
show(minimize(beale, [1, 1], { method: nelderMead() }));
show(minimize(beale, [1, 1], { method: adam({ rate: 0.05 }) }));
