/** Moments against their exact values, within five standard errors of the sample size; the generator itself is tested in core/random. */
import { describe, expect, test } from "vitest";
import { expectTensor, gradient } from "../../../test/tools/values.ts";
import { batch } from "../../autodiff/transforms.ts";
import {
  bernoulli,
  mean,
  normal,
  permutation,
  randomBits,
  randomKey,
  sort,
  splitKey,
  std,
  type Tensor,
  tensor,
  uniform,
  variance,
  zeros,
} from "../index.ts";
import { traceFunctions } from "../trace.ts";

const key = randomKey(42);
const count = 100_000;

test("the same key gives the same values; others differ", () => {
  expect(uniform(key, [5]).toArray()).toEqual(uniform(randomKey(42), [5]).toArray());
  const draws = [key, randomKey(43), ...splitKey(key, 3)].map((k) => uniform(k, [4]).toString());
  expect(new Set(draws).size).toBe(5);
  expect(splitKey(key, 3).slice(0, 2).map(String)).toEqual(splitKey(key, 2).map(String));
  expect(splitKey(key, 0)).toEqual([]);
});

describe("moments", () => {
  test("uniform", () => {
    const x = uniform(key, [count]);
    expect(Math.abs(mean(x).item() - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / count));
    // The variance of (x − ½)² is 1/180.
    expect(Math.abs(variance(x).item() - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / count));
    expect(x.greaterEqual(0).all().item() && x.less(1).all().item()).toBe(1);
    const scaled = uniform(key, [count], { low: -2, high: 3, dtype: "float32" });
    expect(scaled.dtype).toBe("float32");
    expect(Math.abs(mean(scaled).item() - 0.5)).toBeLessThan(5 * Math.sqrt(25 / 12 / count));
  });
  test("normal", () => {
    const x = normal(key, [count]);
    expect(Math.abs(mean(x).item())).toBeLessThan(5 / Math.sqrt(count));
    // The variance of x² is 2.
    expect(Math.abs(variance(x).item() - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    const scaled = normal(key, [count], { mean: 10, std: 3 });
    expect(Math.abs(mean(scaled).item() - 10)).toBeLessThan(15 / Math.sqrt(count));
    expect(Math.abs(std(scaled).item() - 3)).toBeLessThan(0.05);
  });
  test("bernoulli", () => {
    const x = bernoulli(key, 0.3, [count]);
    expect(x.dtype).toBe("bool");
    expect(Math.abs(mean(x).item() - 0.3)).toBeLessThan(5 * Math.sqrt(0.21 / count));
    expectTensor(bernoulli(key, [0, 1]), [false, true], { dtype: "bool" });
    expect(bernoulli(key).shape).toEqual([]);
  });
});

test("shapes and dtypes", () => {
  expect(uniform(key).shape).toEqual([]);
  expect(normal(key, [0, 3]).shape).toEqual([0, 3]);
  expect(normal(key, [2], { dtype: "float32" }).dtype).toBe("float32");
  expect(randomBits(key, [2, 2]).dtype).toBe("int32");
  expect(uniform(key, [2, 3], { low: [1, 2, 3], high: 10 }).shape).toEqual([2, 3]);
});

test("permutation: every index once, or the rows of a tensor", () => {
  expectTensor(
    sort(permutation(key, 50)),
    Array.from({ length: 50 }, (_, i) => i),
    { dtype: "int32" },
  );
  expect(permutation(key, 50).toArray()).not.toEqual(permutation(randomKey(1), 50).toArray());
  const rows = tensor([
    [1, 10],
    [2, 20],
    [3, 30],
  ]);
  const shuffled = permutation(key, rows);
  expectTensor(sort(shuffled, 0), rows.toArray());
  expectTensor(shuffled.at(0).mul(10).at(0), shuffled.at(0).at(1).item());
  expect(permutation(key, 0).shape).toEqual([0]);
});

test("values move with parameters: the reparametrisation has a derivative", () => {
  const z = normal(key, [3]).sum().item();
  expectTensor(
    gradient((s) => normal(key, [3], { std: s }), 2),
    z,
    { tolerance: 1e-14 },
  );
});

test("a stack of keys draws what each of them draws", () => {
  const { graphs } = traceFunctions([key], [([k]) => [normal(k ?? key, [3])]]);
  const keys = splitKey(key, 2);
  const [graph] = graphs;
  const stacked = graph ? batch(graph, [tensor(keys)], [true], 2) : [];
  expectTensor(
    stacked[0] ?? zeros([]),
    keys.map((k) => normal(k, [3]).toArray()),
  );
});

test.each([
  [
    "a seed",
    () => uniform(42 as unknown as Tensor, [2]),
    /uniform: needs a key from randomKey\(seed\) or splitKey\(key\); got number/,
  ],
  ["a float tensor", () => normal(tensor([1, 2])), /normal: needs a key.*got float64 \[2\]/],
  ["another shape", () => splitKey(zeros([3], "int32")), /splitKey: needs a key.*got int32 \[3\]/],
  ["a stack of keys", () => uniform(zeros([4, 2], "int32")), /uniform: needs a key.*got int32 \[4, 2\]/],
  ["a NaN seed", () => randomKey(Number.NaN), /seed must be a finite number/],
  ["a negative count", () => splitKey(key, -1), /splitKey: count must be a whole number ≥ 0; got -1/],
  [
    "a negative length",
    () => permutation(key, -1),
    /permutation: needs a whole number ≥ 0 or a tensor; got -1/,
  ],
  ["a scalar tensor", () => permutation(key, tensor(3)), /permutation: a scalar tensor has no rows/],
  [
    "an int dtype",
    () => uniform(key, [1], { dtype: "int32" as "float32" }),
    /uniform: draws float64 or float32; got "int32"/,
  ],
  [
    "an unknown dtype",
    () => normal(key, [1], { dtype: "half" as "float32" }),
    /normal: unknown dtype "half"/,
  ],
  [
    "bounds in the wrong order",
    () => uniform(key, [1], { low: 2, high: 1 }),
    /`uniform\(\{ low, high \}\) needs low < high; got 2 and 1|uniform\(\{ low, high \}\) needs low < high; got 2 and 1/,
  ],
  [
    "a negative deviation",
    () => normal(key, [1], { std: -1 }),
    /normal\(\{ std \}\) must not be negative; got -1/,
  ],
  [
    "an impossible probability",
    () => bernoulli(key, 1.5),
    /bernoulli: the probability must lie in \[0, 1\]; got 1.5/,
  ],
  ["a bad shape", () => uniform(key, [-1]), /uniform: a shape is an array of whole numbers/],
])("%s is refused", (_, f, message) => expect(f).toThrow(message));

test("misspelt options are refused", () => {
  const misspelt: object = { hi: 2 };
  expect(() => uniform(randomKey(1), [2], misspelt)).toThrow('unknown option "hi"');
  expect(() => normal(randomKey(1), [2], misspelt)).toThrow('unknown option "hi"');
});
