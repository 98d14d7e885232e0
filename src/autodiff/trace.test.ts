import { describe, expect, test } from "vitest";
import { normal, randomKey, type Tensor, tensor } from "../tensor/index.ts";
import { grad } from "./gradient.ts";
import { trace } from "./trace.ts";

describe("trace", () => {
  test("gives the same values from the graph", () => {
    expect(trace(([x, y]: [number, number]) => Math.hypot(x, y))([3, 4])).toBe(5);
    const f = trace((x: Tensor, n: number) => ({ a: x.mul(n), b: [x.sum()] }));
    const { a, b } = f(tensor([1, 2]), 3);
    expect([a.toArray(), b[0]?.item()]).toEqual([[3, 6], 3]);
  });

  test("numbers stay numbers, truth values truth values", () => {
    expect(trace((x: number) => [x, x * 2, 7, x > 1])(2)).toEqual([2, 4, 7, true]);
  });

  test("runs the function once for each kind of call", () => {
    let runs = 0;
    const f = trace((x: Tensor) => {
      runs += 1;
      return x.add(1);
    });
    f(tensor(1));
    f(tensor(2));
    expect(runs).toBe(1);
    f(tensor([1]));
    f(tensor(1, "float32"));
    f(tensor(3));
    expect(runs).toBe(3);
  });

  test("kinds of call beyond those kept are traced anew, and right", () => {
    const f = trace((x: number, k: number) => x * k);
    for (let round = 0; round < 2; round++) for (let k = 0; k < 40; k++) expect(f(2, k)).toBe(2 * k);
  });

  test("integers, truth values and keys are inputs like others", () => {
    const f = trace((x: Tensor) => x.add(1));
    expect(f(tensor(1, "int32")).dtype).toBe("int32");
    const draw = trace((key: Tensor) => normal(key, [2]));
    expect(draw(randomKey(3)).toArray()).toEqual(normal(randomKey(3), [2]).toArray());
  });

  test("inside other traces", () => {
    const square = trace((x: Tensor) => x.mul(x));
    expect(grad((x: Tensor) => square(x).mul(x))(tensor(2)).item()).toBe(12);
    expect(trace((x: Tensor) => trace((y: Tensor) => x.mul(y))(x))(tensor(3)).item()).toBe(9);
  });
});
