/** Loops that depend on traced values: a square root by Heron's iteration, differentiated through its turns. */
import { abs, grad, greater, scan, type Tensor, tensor, whileLoop } from "nabla";

const root = (x: Tensor) =>
  whileLoop(
    ({ step }) => greater(abs(step), 1e-12),
    ({ y }) => ({ y: y.add(x.div(y)).div(2), step: y.sub(x.div(y)) }),
    { y: x, step: tensor(1) },
  ).y;

console.log(root(tensor(9)).item(), grad(root)(tensor(9)).item().toFixed(12));

// With a known number of turns: compound interest, and what one more percent would bring in ten years.
const year = ({ money, rate }: { money: number; rate: number }) =>
  [{ money: money * (1 + rate), rate }, []] as const;
const grow = (rate: number) => scan(year, { money: 100, rate }, undefined, { length: 10 })[0].money;

console.log(grow(0.05).toFixed(2), (grad(grow)(0.05) * 0.01).toFixed(2));
// prints:
// 3 0.166666666667
// 162.89 15.51
