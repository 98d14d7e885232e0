/** Whose kernels multiply: a native BLAS where there is one; the same bits everywhere where that is asked for. */
import { compile, currentKernels, sigmoid, type Tensor, tensor, useKernels } from "nabla";

useKernels({ deterministic: true });
console.log(currentKernels().deterministic);

const layer = compile((x: Tensor) => sigmoid(x.matmul(x.transpose()).sub(1)));
console.log(String(layer(tensor([2, 0, 1, 1]).reshape([2, 2]))));

// What was made of it: a product by a kernel, and everything behind it in one loop.
const units = layer.explain().split("\n").slice(1, -1);
console.log(units.length, units[0]?.trim());
console.log(units[1]?.includes("sub sigmoid"));

useKernels(); // the default again, for programs compiled from now on
// prints:
// true
// Tensor(float64 [2, 2])
// [[0.952574, 0.731059],
//  [0.731059, 0.731059]]
// 2 0  matrix product [2,2]·[2,2]: 16 flop
// true
