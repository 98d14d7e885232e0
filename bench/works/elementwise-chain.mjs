/** tanh(ab + c)·exp(−a²) + 1/(1 + exp(−b)) on a million elements: one fused pass. */
import { div, exp, mean, mul, square, tanh, tensor, zeros } from "../../dist/src/index.js";
import { against, contest, onNode } from "../contest.mjs";
import { uniform } from "../inputs.mjs";
import { called, kernelsText, resident, wasm } from "../ours.mjs";
import { pytorch } from "../peers/peers.mjs";

export const title = "tanh(ab + c)·exp(−a²) + 1/(1 + exp(−b)), 10⁶ elements";

const count = 1_000_000;

const chain = (a, b, c) => mul(tanh(a.mul(b).add(c)), exp(square(a).neg())).add(div(1, exp(b.neg()).add(1)));

export async function* measure(run) {
  for (const dtype of ["float32", "float64"]) {
    const [a, b, c] = [1, 2, 3].map((seed) => tensor(uniform(count, seed), dtype).mul(2).sub(1));
    // Two exponentials and a tanh of about 25 operations each, three divisions and ten others.
    const facts = { dtype, operations: 90 * count, bytes: 4 * count * (dtype === "float32" ? 4 : 8) };
    for (const threads of [1, 2]) {
      const kernels = wasm(threads);
      const what = `${dtype}, ${kernelsText(kernels)}`;
      const state = { a, b, c, y: zeros([count], dtype) };
      const held = () => resident(kernels, ({ a, b, c }) => ({ a, b, c, y: chain(a, b, c) }), state);
      const check = (made) => mean(made.next().y.cast("float64")).item();
      const torch = pytorch(threads, "elementwise-chain", dtype);
      const peers = [against(torch, onNode({ 20: 1, 26: 0.6 }))];
      yield await contest({ what, ours: held, peers, check, threads, ...facts }, run);
      const ours = () => called(kernels, chain, a, b, c);
      yield await contest(
        { what: `${what}, copied out`, ours, peers: [against(torch)], threads, ...facts },
        run,
      );
    }
  }
}
