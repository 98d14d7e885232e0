/** A function of several values has a matrix of derivatives; products with it need no matrix. */
import { jacobian, jvp, vjp } from "nabla";

const polar = ({ r, angle }: { r: number; angle: number }) => [r * Math.cos(angle), r * Math.sin(angle)];
const point = { r: 2, angle: 0 };

console.log(jacobian(polar)(point));

// Forwards: how the values move when the angle turns. Backwards: what the second value asks of the point.
console.log(jvp(polar)(point, { r: 0, angle: 1 }).tangent);
console.log(vjp(polar)(point).pullback([0, 1]));
// prints:
// [ { r: 1, angle: 0 }, { r: 0, angle: 2 } ]
// [ 0, 2 ]
// { r: 0, angle: 2 }
