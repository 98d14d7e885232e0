import { describe, expect, test } from "vitest";
import { tensor } from "../tensor/index.ts";
import { parameters } from "../tensor/trace.ts";
import { silentTest } from "./suspicion.ts";
import type { AnyFunction } from "./walk/source.ts";

const [x, y] = parameters([
  { dtype: "float64", shape: [], isWeak: true },
  { dtype: "float64", shape: [2] },
]);
const place = (f: AnyFunction, ...args: readonly unknown[]): string | undefined =>
  silentTest(f, args, (value) => value.isWeak);

describe("finds silent tests of stand-ins", () => {
  test.each<[string, AnyFunction, unknown]>([
    ["===", (v: number) => v === 0, x],
    ["!==", (v: number) => 0 !== v, x],
    ["!", (v: number) => !v, x],
    ["?:", (v: number) => (v ? 1 : 2), x],
    ["||", (v: number) => v || 1, x],
    [
      "if",
      ({ a }: { a: number }) => {
        if (a) return 1;
        return 2;
      },
      { a: x },
    ],
    [
      "switch",
      ([a]: number[]) => {
        switch (a) {
          case 0:
            return 1;
          default:
            return 2;
        }
      },
      [x],
    ],
    [
      "while",
      (v: number) => {
        while (v) return 1;
        return 2;
      },
      x,
    ],
    [
      "for",
      (v: number) => {
        for (; v; ) return 1;
        return 2;
      },
      x,
    ],
    ["a member", (p: { a: number[] }) => p.a[0] === 1, { a: [x] }],
    [
      "an unknown member",
      (p: number[]) => {
        for (let i = 0; i < 1; i++) if (p[i] === 0) return 1;
        return 2;
      },
      [x],
    ],
    [
      "another name",
      (p: number[]) => {
        const [first] = p;
        const same = first;
        return same === 1;
      },
      [x],
    ],
  ])("%s", (_, f, argument) => {
    expect(place(f, argument)).toMatch(/^line \d+ of /);
  });

  test("and says where", () => {
    const f = (v: number) => {
      const twice = v;
      return twice === 0 ? 1 : v;
    };
    expect(place(f, x)).toBe("line 3 of `f`: `return twice === 0 ? 1 : v;`");
  });
});

describe("leaves alone", () => {
  test.each<[string, AnyFunction, unknown]>([
    ["tensors", (v: unknown) => (v ? 1 : 2), y],
    ["known values", (v: number) => v === 1, 3],
    ["lengths", (v: number[]) => v.length === 1, [x]],
    ["what is missing", (v?: number) => v === undefined, x],
    ["null", (v: number | null) => v == null, x],
    ["a default", (v: number) => v ?? 1, x],
    ["texts", (v: unknown) => v === "sum", x],
    ["comparisons that fail loudly", (v: number) => v > 0 && v < 1, x],
    [
      "names that were assigned to",
      (v: number) => {
        let w = v;
        w = 1;
        return w === 1;
      },
      x,
    ],
    ["names of inner functions", (v: number) => [1].map((v) => v === 1).length + v, x],
    ["functions without a source", Math.abs, x],
  ])("%s", (_, f, argument) => {
    expect(place(f, argument)).toBeUndefined();
  });

  test("concrete tensors that stand for nothing", () => {
    expect(place((v: unknown) => v === 0, tensor(1))).toBeUndefined();
  });
});
