/** The same function as machine code: traced once, fused into loops, and called as before. */
import { compile, grad, hessian, linspace, sum, type Tensor, tanh, vmap } from "nabla";

const wave = (x: Tensor) => sum(tanh(x.mul(3)).mul(x.square().neg().exp()));

// Transforms compose with it, inside and outside.
const slope = compile(grad(wave));
const curvature = compile(hessian(wave));
const rows = compile(vmap(grad(wave)));

const x = linspace(0, 1, 3);
console.log(String(slope(x)));
console.log(curvature(x).shape, String(rows(x.reshape([3, 1])).reshape([3])));

// Another shape or dtype is compiled when it is first met; results are equal up to rounding.
const many = linspace(-2, 2, 100_000);
console.log(slope(many).shape, slope(many).sub(grad(wave)(many)).abs().max().item() < 1e-14);
// prints:
// Tensor(float64 [3]) [3, -0.282727, -0.721232]
// [ 3, 3 ] Tensor(float64 [3]) [3, -0.282727, -0.721232]
// [ 100000 ] true
