/** An ordinary function, and its gradient. */
import { grad } from "nabla";

/** Booth's function: its minimum is 0 at (1, 3). */
const booth = ([x, y]: [number, number]) => (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2;

const slope = grad(booth);

console.log(booth([9, 8]), slope([9, 8]));
console.log(booth([1, 3]), slope([1, 3]));
// prints:
// 765 [ 120, 114 ]
// 0 [ 0, 0 ]
