/** Products of square matrices that stay in the program's memory. */
import { matmul, tensor, zeros } from "../../dist/src/index.js";
import { against, contest, judged, onNode } from "../contest.mjs";
import { uniform } from "../inputs.mjs";
import { kernelsText, native, resident, wasm } from "../ours.mjs";
import * as peers from "../peers/peers.mjs";

export const title = "product of n × n matrices (peer: OpenBLAS called from C)";

/** GFLOP/s that a core should reach with our own kernels in float32, and what a second thread should bring. */
const leastRate = onNode({ 20: 20, 26: 30 });
const leastGain = 1.7;

function product(kernels, n, dtype) {
  const matrix = (seed) => tensor(uniform(n * n, seed), { dtype, shape: [n, n] });
  const step = ({ a, b }) => ({ a, b, c: matmul(a, b) });
  return resident(kernels, step, { a: matrix(1), b: matrix(2), c: zeros([n, n], dtype) });
}

export async function* measure(run) {
  const sizes = run.quick ? [64, 256, 1024] : [64, 128, 256, 512, 1024, 2048];
  const row = (kernels, n, dtype, bar) => {
    const { threads } = kernels;
    const ours = () => product(kernels, n, dtype);
    const bytes = 3 * n * n * (dtype === "float32" ? 4 : 8);
    const what = `${dtype}, n = ${n}, ${kernelsText(kernels)}`;
    const check = (made) => made.next().c.toTypedArray()[1];
    const openblas = against(peers.native(threads, "gemm", dtype, n), bar);
    return contest(
      { what, ours, peers: [openblas], check, operations: 2 * n ** 3, bytes, dtype, threads },
      run,
    );
  };
  for (const dtype of ["float32", "float64"]) {
    for (const n of sizes) {
      yield await row(native(1), n, dtype, 1.05);
      yield await row(native(2), n, dtype, 1.05);
      const alone = await row(wasm(1), n, dtype);
      const isJudged = dtype === "float32" && n >= 256 && alone.median !== undefined;
      yield isJudged ? { ...alone, ...judged(alone.rate, { least: leastRate, unit: "GFLOP/s" }) } : alone;
      const both = await row(wasm(2), n, dtype);
      const gain = alone.median / both.median;
      const judgement = judged(gain, { least: leastGain, unit: "× one thread" });
      yield isJudged && gain > 0 ? { ...both, gain, ...judgement } : both;
    }
  }
}
