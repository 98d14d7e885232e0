/** Gradients of ADBench's Gaussian mixture and bundle adjustment, and what they cost in units of the function. */
import { jacobian, square, sum, valueAndGrad, vmap } from "../../dist/src/index.js";
import { bundle, mixture, reprojection } from "../adbench-functions.mjs";
import { against, contest, quotient } from "../contest.mjs";
import { called, native } from "../ours.mjs";
import { pytorch } from "../peers/peers.mjs";

export const title = "ADBench, float64, 1 thread";

/** What PyTorch's time is multiplied with, and what a gradient may cost. */
const [ratio, cost] = [0.5, 4];
const kernels = native(1);

export async function* measure(run) {
  const sizes = [
    [1000, 10, 5],
    [1000, 10, 25],
  ];
  for (const [n, d, K] of sizes) {
    const { f, point } = mixture(n, d, K);
    const words = [n, d, K];
    yield* gradientRows({ what: `mixture n${n} d${d} K${K}`, f, args: [point], work: "mixture", words }, run);
  }
  const p = run.quick ? 3184 : 31_843;
  const { point, features } = bundle(p);
  const squares = (point, features) => sum(square(vmap(reprojection)(point, features))).mul(0.5);
  const args = [point, features];
  yield* gradientRows({ what: `bundle p${p}`, f: squares, args, work: "bundle", words: [p] }, run);
  const blocks = () => called(kernels, vmap(jacobian(reprojection)), ...args);
  const check = (made) => made.value().X.abs().mean().item();
  const peers = [against(pytorch(1, "bundle", "jacobian", p), ratio)];
  yield await contest({ what: `bundle p${p}, Jacobian`, ours: blocks, peers, check }, run);
}

/** Value and gradient beside PyTorch's, then gradient ÷ value. */
async function* gradientRows({ what, f, args, work, words }, run) {
  const gradient = () => called(kernels, valueAndGrad(f), ...args);
  const value = () => called(kernels, f, ...args);
  const [theirs, theirValue] = ["gradient", "value"].map((kind) => pytorch(1, work, kind, ...words));
  const check = (made) => made.value().value.item();
  yield await contest(
    { what: `${what}, gradient`, ours: gradient, peers: [against(theirs, ratio)], check },
    run,
  );
  const peer = [theirs, theirValue];
  yield await quotient(
    { what: `${what}, gradient ÷ value`, over: gradient, under: value, peer, bar: cost },
    run,
  );
}
