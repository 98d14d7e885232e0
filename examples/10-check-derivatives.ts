/** A rule of your own for a function, held against finite differences. */
import { checkDerivatives, customJvp, exp, log1p, sigmoid, type Tensor, tensor } from "nabla";

const softplus = (slope: (x: Tensor) => Tensor) =>
  customJvp(
    (x: Tensor) => log1p(exp(x)),
    (x, v) => slope(x).mul(v),
  );
const x = tensor([0, 1]);

console.log(checkDerivatives(softplus(sigmoid), x).agrees);
console.log(
  String(
    checkDerivatives(
      softplus((t) => sigmoid(t).mul(tensor([1, 2]))),
      x,
    ),
  ),
);
// prints:
// true
// 1 of 4 derivatives part from finite differences:
//   value[1] by x[1]: forward 1.46211715..., reverse 1.46211715..., difference 0.73105857... ± ...
