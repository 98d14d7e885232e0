import { describe, expect, test } from "vitest";
import { twoLoopDirection } from "../descent/two-loop.ts";
import { bfgsModel } from "./bfgs.ts";
import { dfpModel } from "./dfp.ts";
import { multiply } from "./inverse.ts";
import { lbfgsModel } from "./lbfgs.ts";

const told = (...gradient: number[]): { gradient: Float64Array } => ({
  gradient: Float64Array.from(gradient),
});
const [s1, s2] = [Float64Array.of(1, 0.5, -2), Float64Array.of(0.5, -1, 1)];
// Gradients whose differences are y = (2, 3, −1) and (1, −1, 3).
const [g0, g1, g2] = [told(0, 0, 0), told(2, 3, -1), told(3, 2, 2)];

// NumPy: H₀ = (sᵀy/yᵀy) I, then equations 6.17 and 6.15 of Nocedal & Wright twice, as products of matrices.
const bfgsMatrix = [
  0.7957351290684623, -0.6268237934904599, -0.3075196408529742, -0.6268237934904601, 1.0613676447009777,
  0.22939714606381267, -0.3075196408529741, 0.22939714606381273, 0.512305595638929,
];
const dfpMatrix = [
  0.5023632388901851, -0.21127442085525916, -0.07121255324848139, -0.21127442085525916, 0.3749848787273937,
  -0.13791356680578237, -0.07121255324848139, -0.13791356680578237, 0.31109966214756646,
];

describe.each([
  { model: bfgsModel(), expected: bfgsMatrix },
  { model: dfpModel(), expected: dfpMatrix },
])("$model.name", ({ model, expected }) => {
  const first = (): ReturnType<typeof model.begin> => model.update(model.begin(g0), s1, g1);

  test("is the formula, symmetric to the last bit, and fulfils H y = s", () => {
    const { H, updates } = model.update(first(), s2, g2);
    expect(updates).toBe(2);
    for (const [i, value] of expected.entries()) expect(H[i]).toBeCloseTo(value, 14);
    for (const [i, j] of [
      [1, 3],
      [2, 6],
      [5, 7],
    ] as const)
      expect(H[i]).toBe(H[j]);
    for (const [i, value] of multiply(H, Float64Array.of(1, -1, 3)).entries())
      expect(value).toBeCloseTo(s2[i] ?? Number.NaN, 14);
  });

  test("learns nothing from a step without curvature, or from one that did not change the gradient", () => {
    for (const gradient of [told(0, 0, 9), g1]) {
      const before = first();
      const H = before.H.slice();
      expect(model.update(before, s1, gradient)).toEqual({ ...gradient, H, updates: 1 });
    }
  });

  test("forgets what it learned, once", () => {
    const forgotten = model.forget?.(first());
    expect(forgotten).toEqual({ ...g1, H: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), updates: 0 });
    expect(forgotten && model.forget?.(forgotten)).toBeUndefined();
  });
});

describe("lbfgs", () => {
  const { begin, update, forget } = lbfgsModel({ memory: 2 });
  const { prepare, opening, propose } = twoLoopDirection();
  const learned = (): ReturnType<typeof begin> => update(update(begin(g0), s1, g1), s2, g2);

  test("two loops make the same of two pairs as BFGS's matrices do", () => {
    // NumPy: −H g with g = (1, 2, 3) and H of equation 6.17 twice, from (sᵀy/yᵀy) I of the newest pair.
    const belief = { ...learned(), gradient: Float64Array.of(1, 2, 3) };
    const { d, slope } = prepare(belief, s1);
    for (const [i, value] of [1.4181762528869966, -2.2763725408353506, -1.731516264574116].entries())
      expect(d[i]).toBeCloseTo(value, 14);
    expect(slope).toBeCloseTo(1.4181762528869966 - 2 * 2.2763725408353506 - 3 * 1.731516264574116, 13);
    expect(opening(belief, { d, slope }, s1).isNatural).toBe(true);
    expect(propose(belief, { d, slope }, 0.5)?.predicted).toBeCloseTo(slope / 2, 14);
  });

  test("the oldest pair makes room", () => {
    const belief = update(learned(), Float64Array.of(1, 0, 0), told(7, 2, 2));
    expect(belief.S).toEqual(Float64Array.of(1, 0, 0, 0.5, -1, 1));
    expect(belief.Y).toEqual(Float64Array.of(4, 0, 0, 1, -1, 3));
    expect(belief).toMatchObject({ updates: 3, scale: 0.25 });
  });

  test("forgets, and then goes down the steepest slope", () => {
    const forgotten = forget?.(learned());
    expect(forgotten && prepare(forgotten, s1).d).toEqual(Float64Array.of(-3, -2, -2));
    expect(forgotten && forget?.(forgotten)).toBeUndefined();
  });
});
