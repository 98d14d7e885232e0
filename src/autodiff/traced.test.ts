import { describe, expect, test } from "vitest";
import { TraceError } from "../core/errors.ts";
import { type Tensor, tensor } from "../tensor/index.ts";
import { grad } from "./gradient.ts";
import { jacobian } from "./jacobian.ts";

/** A tensor, typed as the array of numbers that a plain function takes it for. */
const asArray = (x: Tensor): number[] => x as unknown as number[];

describe("which way a function is traced", () => {
  test("a loop over the rows of a tensor in plain arithmetic is walked", () => {
    const sumOfSquares = (x: readonly number[]): number => {
      let sum = 0;
      for (let i = 0; i < x.length; i++) sum += (x[i] ?? 0) ** 2;
      return sum;
    };
    expect(String(grad(sumOfSquares)(asArray(tensor([1, 2, 3]))))).toBe("Tensor(float64 [3]) [2, 4, 6]");
  });

  test("so is one that uses the methods of arrays on a tensor", () => {
    const product = (x: readonly number[]): number => x.map((v) => v + 1).reduce((a, b) => a * b);
    expect(String(grad(product)(asArray(tensor([1, 2]))))).toBe("Tensor(float64 [2]) [3, 2]");
  });

  test("a function that writes to its argument is walked on the argument as it was", () => {
    const overwrite = (x: number[]): number => {
      x[0] = (x[0] ?? 0) + 1;
      return (x[0] ?? 0) * (x[1] ?? 0);
    };
    const point = [1, 2];
    expect(grad(overwrite)(point)).toEqual([2, 2]);
    expect(point).toEqual([1, 2]);
  });

  test("an index out of range is named instead of becoming NaN", () => {
    const beyond = (x: number[]): number => (x[5] as number) * 2;
    expect(() => grad(beyond)([1])).toThrow(TraceError);
    expect(() => grad(beyond)([1])).toThrow("undefined is used as a number (line 1 of");
    const inAList = (x: number[]): number[] => [x[0] ?? 0, (x[5] as number) * 2];
    expect(() => jacobian(inAList)([1])).toThrow("undefined is used as a number");
  });

  test("an asynchronous function is refused, and its promise leaves no unhandled rejection", async () => {
    const later = async (x: number): Promise<number> => x * 2;
    expect(() => grad(later as unknown as (x: number) => number)(1)).toThrow("returned a promise");
    await new Promise((resolve) => setTimeout(resolve, 0));
  });
});
