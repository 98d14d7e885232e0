import { describe, expect, test } from "vitest";
import { erf, exp, lgamma, log, matmul, relu, sin, softmax, type Tensor, tensor } from "../tensor/index.ts";
import { checkDerivatives } from "./check.ts";
import { customJvp, customVjp } from "./custom.ts";
import { grad } from "./gradient.ts";

describe("agrees with derivatives that are right", () => {
  test.each<[string, (x: Tensor) => Tensor, Tensor]>([
    ["smooth functions", (x) => exp(sin(x)).sum(), tensor([0.5, -2, 3])],
    [
      "matrices",
      (x) => matmul(x, x),
      tensor([
        [1, 2],
        [3, 4],
      ]),
    ],
    ["special functions", (x) => lgamma(x).add(erf(x)), tensor([0.7, 3])],
    ["large values", (x) => x.mul(x).mul(x), tensor([1e6, -3e5])],
    ["small values", (x) => x.mul(x).mul(1e-12), tensor([1, 2])],
    ["poles nearby", (x) => log(x), tensor([0.3, 20])],
    ["gradients", (x) => grad((y: Tensor) => softmax(y).mul(y).sum())(x), tensor([0.1, 0.2, 0.9])],
    ["constants", () => tensor([1, 2]), tensor([1])],
    ["integers beside", (x) => x.cast("int32"), tensor([1.5])],
  ])("%s", (_, f, x) => {
    const report = checkDerivatives(f, x);
    expect(String(report)).toContain("agree with finite differences");
    expect(report.agrees).toBe(true);
  });

  test("in plain arithmetic, in trees, with further arguments", () => {
    expect(checkDerivatives((x: number) => Math.sin(x) * x, 0.5).agrees).toBe(true);
    const f = (p: { w: number[]; b: Tensor }, k: number) => p.b.mul(p.w[0] ?? 0).mul(k);
    const report = checkDerivatives(f, { w: [2, 3], b: tensor([1, 2]) }, {}, 4);
    expect([report.agrees, report.compared]).toEqual([true, 8]);
    expect(checkDerivatives((x: Float64Array) => (x[0] ?? 0) ** 2, Float64Array.of(3)).agrees).toBe(true);
  });

  test("in float32, by its own measure", () => {
    expect(checkDerivatives((x: Tensor) => exp(x).mul(x).sum(), tensor([0.5, 1.5], "float32")).agrees).toBe(
      true,
    );
  });

  test("of nothing", () => {
    expect(checkDerivatives((_: number[]) => 1, [])).toMatchObject({ agrees: true, compared: 0 });
  });
});

describe("finds what is wrong and says where", () => {
  const wrongAt1 = customJvp(
    (x: Tensor) => x.mul(x),
    (x, v) =>
      x
        .mul(2)
        .mul(v)
        .mul(tensor([1, 1.01])),
  );

  test("the element of a tree", () => {
    const report = checkDerivatives(
      (p: { layers: { w: Tensor }[] }) => wrongAt1(p.layers[0]?.w ?? tensor(0)),
      {
        layers: [{ w: tensor([3, 4]) }],
      },
    );
    expect(report.agrees).toBe(false);
    expect(report.mismatches).toHaveLength(1);
    expect(report.mismatches[0]).toMatchObject({ input: ".layers[0].w[1]", output: 1 });
    expect(report.mismatches[0]?.forward).toBeCloseTo(8.08, 10);
    expect(report.mismatches[0]?.reverse).toBeCloseTo(8.08, 10);
    expect(report.mismatches[0]?.numeric).toBeCloseTo(8, 8);
    expect(String(report)).toMatch(
      /^1 of 4 derivatives part from finite differences:\n {2}value\[1\] by x\.layers\[0\]\.w\[1\]: forward 8\.08/,
    );
  });

  test("a forgotten term, a wrong sign, a missing factor", () => {
    const cube = (rule: (x: Tensor, g: Tensor) => Tensor) =>
      customVjp(
        (x: Tensor) => x.mul(x).mul(x),
        (x) => ({ value: x.mul(x).mul(x), pullback: (g: Tensor) => rule(x, g) }),
      );
    const x = tensor(1.7);
    expect(
      checkDerivatives(
        cube((y, g) => g.mul(y).mul(y).mul(3)),
        x,
      ).agrees,
    ).toBe(true);
    expect(
      checkDerivatives(
        cube((y, g) => g.mul(y).mul(y)),
        x,
      ).agrees,
    ).toBe(false);
    expect(
      checkDerivatives(
        cube((y, g) => g.mul(y).mul(y).mul(-3)),
        x,
      ).agrees,
    ).toBe(false);
    expect(
      checkDerivatives(
        cube((_, g) => g.mul(0)),
        x,
      ).agrees,
    ).toBe(false);
    expect(
      checkDerivatives(
        cube((_, g) => g.mul(Number.NaN)),
        x,
      ).agrees,
    ).toBe(false);
  });

  test("errors of one in ten thousand", () => {
    const slightly = customJvp(
      (x: Tensor) => sin(x),
      (x, v) => x.cos().mul(v).mul(1.0001),
    );
    expect(checkDerivatives(slightly, tensor(0.4)).agrees).toBe(false);
    expect(checkDerivatives(slightly, tensor(0.4), { tolerance: 1e-2 }).agrees).toBe(true);
  });

  test("kinks, where one derivative cannot be right on both sides", () => {
    const report = checkDerivatives((x: Tensor) => relu(x).sum(), tensor([0, 1]));
    expect(report.mismatches.map(({ input }) => input)).toEqual(["[0]"]);
    expect(checkDerivatives((x: Tensor) => relu(x).sum(), tensor([0.01, 1])).agrees).toBe(true);
  });

  test("jumps", () => {
    expect(checkDerivatives((x: Tensor) => x.floor(), tensor(1)).agrees).toBe(false);
    expect(checkDerivatives((x: Tensor) => x.floor(), tensor(1.5)).agrees).toBe(true);
  });

  test("small derivatives beside large values", () => {
    const f = (factor: number) =>
      customJvp(
        (x: Tensor) => x.mul(1e-4).add(1e3),
        (_, v) => v.mul(1e-4 * factor),
      );
    expect(checkDerivatives(f(1), tensor(2)).agrees).toBe(true);
    expect(checkDerivatives(f(1.1), tensor(2)).agrees).toBe(false);
    const tiny = (factor: number) =>
      customJvp(
        (x: Tensor) => x.mul(x).mul(1e-12),
        (x, v) => x.mul(2e-12 * factor).mul(v),
      );
    expect(checkDerivatives(tiny(1), tensor(2)).agrees).toBe(true);
    expect(checkDerivatives(tiny(1.1), tensor(2)).agrees).toBe(false);
  });

  test("long lists of them are cut", () => {
    const wrong = customJvp(
      (x: Tensor) => x.mul(1),
      (_, v) => v.mul(2),
    );
    const text = String(checkDerivatives(wrong, tensor([1, 2, 3, 4, 5, 6, 7])));
    expect(text.split("\n")).toHaveLength(7);
    expect(text).toContain("… and 2 more");
  });

  test("worst first, those without a number before all", () => {
    const nan = customJvp(
      (x: Tensor) => x.mul(1),
      (_, v) => v.mul(tensor([1.5, Number.NaN, 3])),
    );
    const { mismatches } = checkDerivatives(nan, tensor([1, 2, 3]));
    // NaN · 0 is NaN, so a whole row and a whole column have none.
    expect(mismatches).toHaveLength(7);
    expect(mismatches.slice(5).map(({ input }) => input)).toEqual(["[2]", "[0]"]);
  });
});

test("points at which the function is not finite are refused", () => {
  expect(() => checkDerivatives((x: Tensor) => log(x), tensor(0))).toThrow("not finite at this point");
  const domain = checkDerivatives((x: Tensor) => log(x), tensor(1e-3));
  expect(String(domain)).toContain("agree");
});

test.each([
  [
    "Himmelblau",
    ([x, y]: number[]) => ((x ?? 0) ** 2 + (y ?? 0) - 11) ** 2 + ((x ?? 0) + (y ?? 0) ** 2 - 7) ** 2,
    [3, 2],
  ],
  [
    "Booth",
    ([x, y]: number[]) => ((x ?? 0) + 2 * (y ?? 0) - 7) ** 2 + (2 * (x ?? 0) + (y ?? 0) - 5) ** 2,
    [1, 3],
  ],
  ["far from 0", ([x]: number[]) => ((x ?? 0) - 1000.1) ** 2, [1000.1]],
])("at a minimum, where differences are nothing but rounding: %s", (_, f, x) => {
  expect(checkDerivatives(f, x).agrees).toBe(true);
});
