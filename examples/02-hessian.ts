/** Second derivatives: what the surface looks like around a critical point. */
import { grad, hessian, hvp } from "nabla";

const saddle = ([x, y]: [number, number]) => x * x - y * y + x * y;

console.log("gradient", grad(saddle)([0, 0]));
console.log("Hessian", hessian(saddle)([0, 0]));

// One Hessian-vector product costs a few times the function, and no matrix.
console.log("along [1, 1]", hvp(saddle)([0, 0], [1, 1]));
// prints:
// gradient [ 0, 0 ]
// Hessian [ [ 2, 1 ], [ 1, -2 ] ]
// along [1, 1] [ 3, -1 ]
