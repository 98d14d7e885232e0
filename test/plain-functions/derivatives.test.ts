/** Derivatives of the corpus by walking: against differences of the function itself, and second ones against the first. */
import { expect, test } from "vitest";
import { grad, hvp } from "../../src/autodiff/index.ts";
import { walk } from "../../src/expression/index.ts";
import { Tensor, tensor } from "../../src/tensor/index.ts";
import { type Entry, written } from "./emitters.ts";
import { difference } from "./evaluate.ts";

const corpus = await written();

function toTensor(value: unknown): Tensor {
  return value instanceof Tensor ? value : tensor(Number(value));
}

function smoothPoints({ points, kinks }: Entry): (readonly number[])[] {
  return points.filter((x) => !kinks.some((kink) => String(kink) === String(x)));
}

test.each(corpus.map((entry) => [entry.name, entry] as const))("%s", (_name, entry) => {
  const plain = (x: readonly number[]): number =>
    Number(Reflect.apply(entry.f, undefined, [[...x], ...entry.data]));
  // Walked whether or not the function would also run on traced values as it is.
  const walked = (x: number[]): Tensor => toTensor(walk(entry.f, [x, ...entry.data]));
  const gradient = grad(walked);
  for (const x of smoothPoints(entry)) {
    const g = gradient([...x]);
    const ones = x.map(() => 1);
    const hessianRowSums = hvp(walked)([...x], ones);
    for (const i of x.keys()) {
      const where = `${entry.name} at [${x}], component ${i}`;
      // Differences with three steps of Richardson's table leave about 1e-11 of the function's size over the step.
      expect(Math.abs((g[i] ?? Number.NaN) - difference(plain, x, i)), where).toBeLessThan(
        1e-7 * scaleOf(g, plain(x)),
      );
      const along = difference(
        (t) => gradient(x.map((element) => element + (t[0] ?? 0)))[i] ?? Number.NaN,
        [0],
        0,
      );
      expect(Math.abs((hessianRowSums[i] ?? Number.NaN) - along), `second of ${where}`).toBeLessThan(
        1e-6 * scaleOf([...g, ...hessianRowSums], 0),
      );
    }
  }
});

function scaleOf(values: readonly number[], value: number): number {
  return 1 + Math.abs(value) + Math.max(...values.map(Math.abs));
}
