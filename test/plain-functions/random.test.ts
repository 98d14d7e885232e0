/** Random programs give JavaScript's own value, bit for bit, on known numbers and through the graph of one trace. */
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { differentiable, walk } from "../../src/expression/index.ts";
import { graphOf, ulpsApart } from "./evaluate.ts";
import { randomProgram } from "./random-programs.ts";

const points = [
  [0.3, -1.2],
  [2, 3],
  [-1.5, 0.25],
  [1, 1],
  [0, -2],
  [-3, -0.5],
];

test.each([1, 1001, 2001, 3001])("100 programs from seed %i", (first) => {
  for (let seed = first; seed < first + 100; seed++) {
    const source = randomProgram(seed);
    const own: unknown = runInNewContext(source);
    if (typeof own !== "function") throw new TypeError("a program is a function");
    const f = differentiable((_x: number[]): unknown => undefined, { source, scope: () => ({}) });
    const traced = graphOf(f, 2);
    for (const x of points) {
      const value = Number(Reflect.apply(own, undefined, [x]));
      expect(walk(f, [x]), `seed ${seed} at [${x}], known: ${source}`).toBe(value);
      expect(ulpsApart(traced(x), value), `seed ${seed} at [${x}], traced: ${source}`).toBe(0);
    }
  }
});
