/** A minimization a step at a time, stopped, saved, and continued as if it had never been interrupted. */
import { bfgs, type Checkpoint, iterate, minimize } from "nabla";

const himmelblau = ([x, y]: [number, number]) => (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2;

let saved: Checkpoint | undefined;
for (const step of iterate(himmelblau, [0, 0], { method: bfgs() })) {
  if (step.steps === 4) {
    saved = step.save();
    break;
  }
}
const whole = minimize(himmelblau, [0, 0], { method: bfgs() });
const resumed = minimize(himmelblau, [0, 0], { method: bfgs(), ...(saved && { resume: saved }) });
console.log(
  resumed.x.map((v) => v.toFixed(6)),
  resumed.steps === whole.steps,
);
console.log(Object.is(resumed.x[0], whole.x[0]), Object.is(resumed.x[1], whole.x[1]));
// prints:
// [ '3.000000', '2.000000' ] true
// true true
