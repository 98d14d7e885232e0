/** Against definitions written out, and examples of scikit-learn's documentation where they say so. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose } from "../../../test/tools/close.ts";
import { compile } from "../../compiler/index.ts";
import { ArgumentError } from "../../core/errors.ts";
import { losses } from "../../nn/losses/index.ts";
import { slice, type Tensor, tensor, zeros } from "../../tensor/index.ts";
import {
  accuracy,
  binaryAccuracy,
  defaultMetrics,
  type Metric,
  meanAbsoluteError,
  meanSquaredError,
  metricNamed,
  metrics,
  rootMeanSquaredError,
  rSquared,
  topAccuracy,
} from "./index.ts";

/** The sums of a metric over examples, taken in batches of a size. */
function summed({ sums }: Metric, outputs: Tensor, targets: Tensor, size = Infinity): Float64Array {
  const n = outputs.length;
  let total: Float64Array = new Float64Array(0);
  for (let from = 0; from < n; from += size) {
    const [o, y] = [outputs, targets].map((x) => slice(x, [from, Math.min(n, from + size)]));
    if (o === undefined || y === undefined) throw new RangeError("two slices");
    const batch = sums(o, y);
    expect(batch.dtype).toBe("float64");
    total = Float64Array.from(batch.toTypedArray(), (value, i) => value + (total[i] ?? 0));
  }
  return total;
}

function measured(metric: Metric, outputs: Tensor, targets: Tensor, size?: number): number {
  return metric.finish(summed(metric, outputs, targets, size), outputs.length);
}

const n = 7;
const scores = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 3 * n, maxLength: 3 * n });
const labels = fc.array(fc.nat(2), { minLength: n, maxLength: n });

test("accuracy and its top k are a matter of ranks, ties going to the first", () => {
  fc.assert(
    fc.property(scores, labels, fc.integer({ min: 1, max: 3 }), (values, wanted, k) => {
      const places = wanted.map((label, i) => {
        const row = values.slice(3 * i, 3 * i + 3);
        const sorted = row.map((score, j) => [score, j] as const).sort(([a], [b]) => b - a);
        return sorted.findIndex(([, j]) => j === label);
      });
      const [o, y] = [tensor(values).reshape([n, 3]), tensor(wanted, "int32")];
      const share = (top: number) => places.filter((place) => place < top).length / n;
      expect(measured(accuracy, o, y)).toBe(share(1));
      expect(measured(topAccuracy(k), o, y)).toBe(share(k));
      expect(measured(topAccuracy(k), o, y.reshape([n, 1]))).toBe(share(k));
    }),
  );
});

test("yes and no, in both codes", () => {
  const o = tensor([-1, 0, 2, Number.NaN]);
  expect(measured(binaryAccuracy, o, tensor([0, 0, 1, 0]))).toBe(0.75);
  expect(measured(binaryAccuracy, o, tensor([-1, -1, 1, 1]))).toBe(0.75);
  expect(measured(binaryAccuracy, o.reshape([4, 1]), tensor([1, 1, 0, 1], "int32"))).toBe(0);
  expect(measured(binaryAccuracy, tensor([[1, -1]]), tensor([[1, 1]]))).toBe(0.5);
});

test("NaN and a class that does not exist are never right", () => {
  const o = tensor([
    [Number.NaN, 0],
    [0, Number.NaN],
    [1, 0],
  ]);
  for (const metric of [accuracy, topAccuracy(2)]) {
    expect(measured(metric, o, tensor([0, 1, 0], "int32"))).toBe(1 / 3);
    // Where the numbers of classes are not known yet they cannot be refused.
    expect(compile(metric.sums)(o, tensor([0, 2, -1], "int32")).toArray()).toEqual([0]);
  }
});

test("scikit-learn's examples of errors and R²", () => {
  const [o, y] = [tensor([2.5, 0, 2, 8]), tensor([3, -0.5, 2, 7])];
  expect(measured(meanAbsoluteError, o, y)).toBe(0.5);
  expect(measured(meanSquaredError, o, y)).toBe(0.375);
  expect(measured(rootMeanSquaredError, o, y)).toBe(Math.sqrt(0.375));
  expect(measured(rSquared(), o, y)).toBeCloseTo(0.9486081370449679, 14);
  const two = [
    tensor([
      [0, 2],
      [-1, 2],
      [8, -5],
    ]),
    tensor([
      [0.5, 1],
      [-1, 1],
      [7, -6],
    ]),
  ] as const;
  // The mean of the "raw_values" 0.965… and 0.908….
  expect(measured(rSquared(), ...two)).toBeCloseTo(0.9368005266622779, 14);
});

describe.each([...metrics, topAccuracy(2)])("$name", (metric) => {
  const numbers = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), {
    minLength: 3 * n,
    maxLength: 3 * n,
  });
  test("is the same in batches, compiled, and from float32 outputs, in float64", () => {
    fc.assert(
      fc.property(numbers, numbers, labels, (values, others, wanted) => {
        const [o, values2] = [values, others].map((list) => tensor(list).cast("float32").reshape([n, 3]));
        if (o === undefined || values2 === undefined) throw new RangeError("two tensors");
        const y = metric.targets === "classes" ? tensor(wanted, "int32") : values2;
        const whole = summed(metric, o, y);
        expectClose(summed(metric, o, y, 2), whole, 1e-14, 1);
        expectClose(summed({ ...metric, sums: compile(metric.sums) }, o, y, 3), whole, 1e-14, 1);
      }),
      { numRuns: 20 },
    );
  });
  test("is NaN over no examples", () => {
    expect(metric.finish(new Float64Array(3), 0)).toBeNaN();
  });
});

describe("R² far from 0", () => {
  const noise = Array.from({ length: 1000 }, (_, i) => Math.sin(i * i));
  const known = measured(rSquared(), tensor(noise.map((x) => 0.9 * x)), tensor(noise));
  const moved = (by: number, options = {}) =>
    measured(
      rSquared(options),
      tensor(noise.map((x) => 0.9 * x + by)),
      tensor(noise.map((x) => x + by)),
      100,
    );

  test.each([
    [1e4, 1e-6],
    [1e6, 1e-2],
  ])("mean %s: an error below %s", (mean, tolerance) => {
    expect(Math.abs(moved(mean) - known)).toBeLessThan(tolerance);
  });
  test("where all digits are lost it says so, and a shift helps", () => {
    expect(moved(1e9)).toBeNaN();
    // The targets themselves are rounded to 10⁻⁷.
    expect(moved(1e9, { shift: 1e9 })).toBeCloseTo(known, 6);
  });
  test("the mean of the targets scores 0, and targets that do not vary have no score", () => {
    expect(measured(rSquared(), tensor([2, 2, 2]), tensor([1, 2, 3]))).toBe(0);
    expect(measured(rSquared(), tensor([2, 2]), tensor([0.1, 0.1]))).toBeNaN();
  });
});

test("metrics are found by name, and for every loss", () => {
  for (const metric of metrics) expect(metricNamed(metric.name)).toBe(metric);
  expect(metricNamed("top-12-accuracy").name).toBe("top-12-accuracy");
  expect(() => metricNamed("top-0-accuracy")).toThrow(ArgumentError);
  expect(() => metricNamed("acuracy")).toThrow(
    'no metric "acuracy"; the metrics are accuracy, binary-accuracy,',
  );
  const chosen = losses.map(({ card, make }) => [
    card.name,
    defaultMetrics(make({})).map(({ name }) => name),
  ]);
  const numbers = ["mean-absolute-error", "r-squared"];
  expect(Object.fromEntries(chosen)).toEqual({
    "squared-error": numbers,
    "absolute-error": numbers,
    "huber-loss": numbers,
    "smooth-l1": numbers,
    "cross-entropy": ["accuracy"],
    "multiclass-hinge": ["accuracy"],
    "soft-cross-entropy": [],
    "kl-divergence": [],
    "binary-cross-entropy": ["binary-accuracy"],
    hinge: ["binary-accuracy"],
  });
});

test("what does not fit is named by the metric", () => {
  expect(() => accuracy.sums(zeros([3, 2]), zeros([3]))).toThrow(
    "accuracy: targets must be the numbers of the classes, int32",
  );
  expect(() => rSquared().sums(zeros([3, 2]), zeros([3]))).toThrow(
    "rSquared: targets must have the shape of the outputs",
  );
  expect(() => topAccuracy(0)).toThrow("topAccuracy(k): must be a whole number ≥ 1; got 0");
  expect(() => rSquared({ shift: Number.NaN })).toThrow(
    "rSquared({ shift }): must be a finite number; got NaN",
  );
});
