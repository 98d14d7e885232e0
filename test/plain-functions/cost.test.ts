/** What a walk costs grows with the rounds of a loop, not with their square. */
import { expect, test } from "vitest";
import { walk } from "../../src/expression/index.ts";
import { Tensor } from "../../src/tensor/index.ts";
import { closeGraphs, parameters } from "../../src/tensor/trace.ts";

function operations(f: (x: number[]) => number, size: number): number {
  const inputs = parameters(
    Array.from({ length: size }, () => ({ dtype: "float64", shape: [], isWeak: true })),
  );
  const output = walk(f, [inputs]);
  if (!(output instanceof Tensor)) throw new TypeError("the walk gave no traced number");
  return closeGraphs(inputs, [[output]]).graphs[0]?.steps.length ?? 0;
}

test("a sum that only the branches of a loop read is joined once a round", () => {
  const f = (x: number[]): number => {
    let s = 0;
    for (const v of x) {
      if (v > 0) s += v * v;
      else s -= v;
    }
    return s;
  };
  // Before: 190,000 for 100.
  expect(operations(f, 200)).toBeLessThan(2.2 * operations(f, 100));
});
