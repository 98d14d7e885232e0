import { describe, expect, test } from "vitest";
import { ArgumentError } from "../core/errors.ts";
import { closureOf, differentiable, isDifferentiable } from "./differentiable.ts";

describe("differentiable", () => {
  test("returns the same function, with nothing visible added to it", () => {
    const f = (x: number): number => x * x;
    const before = Reflect.ownKeys(f);
    expect(differentiable(f)).toBe(f);
    expect(Reflect.ownKeys(f)).toEqual(before);
    expect(differentiable(Object.freeze((x: number): number => x))(3)).toBe(3);
  });

  test("without a record it is only a mark", () => {
    const f = differentiable((x: number): number => x);
    expect(isDifferentiable(f)).toBe(true);
    expect(closureOf(f)).toBeUndefined();
    expect(isDifferentiable(Math.sin)).toBe(false);
  });

  test("the scope is read when asked for, not when marked", () => {
    let k = 1;
    const f = differentiable((x: number): number => k * x, { source: "(x) => k * x", scope: () => ({ k }) });
    k = 5;
    expect(closureOf(f)?.scope()).toEqual({ k: 5 });
    expect(closureOf(f)?.source).toBe("(x) => k * x");
  });

  test("marking again keeps the first record, and a record may come after a mere mark", () => {
    const f = differentiable((x: number): number => x);
    const first = { source: "(x) => x", scope: () => ({}) };
    differentiable(f, first);
    differentiable(f, { source: "other", scope: () => ({}) });
    differentiable(f);
    expect(closureOf(f)).toBe(first);
  });

  test("what is not a function is refused with a sentence", () => {
    const untyped = JSON.parse("[2, null]");
    expect(() => differentiable(untyped[0])).toThrow(ArgumentError);
    expect(() => differentiable(untyped[1])).toThrow("`differentiable(f)` takes a function; got null.");
  });
});
