/** All derivatives along a direction at once: the coefficients of a Taylor series. */
import { taylor } from "nabla";

const f = (x: number) => Math.exp(Math.sin(x));
const coefficients = taylor(f, 0, 6);

const near = (t: number) => coefficients.reduceRight((sum, c) => sum * t + c, 0);

console.log(coefficients.map((c) => c.toFixed(4)).join(" "));
console.log(f(0.1).toFixed(10), near(0.1).toFixed(10));
// prints:
// 1.0000 1.0000 0.5000 0.0000 -0.1250 -0.0667 -0.0042
// 1.1049868303 1.1049868292
