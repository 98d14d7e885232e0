/** Normalization by its properties; numbers are compared with PyTorch's in test/reference. */
import { describe, expect, test } from "vitest";
import { expectClose } from "../../../test/tools/close.ts";
import { compile } from "../../compiler/index.ts";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { mean, normal, ones, randomKey, type Tensor, tensor, variance } from "../../tensor/index.ts";
import { type BatchNormParameters, batchNorm } from "./batch-norm.ts";
import { layerNorm } from "./layer-norm.ts";

const key = randomKey(1);

describe("batchNorm", () => {
  const layer = batchNorm({ features: 3 });
  const x = normal(randomKey(2), [40, 3, 2, 2], { mean: 7, std: 4 });

  test("while training, every channel has mean 0 and variance 1", () => {
    const y = layer.apply(layer.init(key), x, { training: true });
    // Float32; the epsilon of 1e-5 beside a variance of 16.
    expectClose(mean(y, [0, 2, 3]), [0, 0, 0], 1e-5, 1);
    expectClose(variance(y, [0, 2, 3]), [1, 1, 1], 1e-5);
  });

  /** The statistics after a batch. */
  function following(p: BatchNormParameters, batch: Tensor, momentum?: number): BatchNormParameters {
    const next = new Map<Tensor, Tensor>();
    const { apply } = batchNorm({ features: 3, ...(momentum && { momentum }) });
    apply(p, batch, { training: true, onStatistic: (old, now) => next.set(old, now) });
    expect(next.size).toBe(2);
    return {
      ...p,
      runningMean: next.get(p.runningMean) ?? p.runningMean,
      runningVar: next.get(p.runningVar) ?? p.runningVar,
    };
  }

  test("running statistics come to those of the batch, by which it predicts then", () => {
    let p = layer.init(key);
    for (let i = 0; i < 200; i++) p = following(p, x);
    expectClose(p.runningMean, mean(x, [0, 2, 3]), 1e-6);
    expectClose(p.runningVar, variance(x, [0, 2, 3], { correction: 1 }), 1e-6);
    expectClose(layer.apply(p, x), layer.apply(p, x, { training: true }), 1e-2);
    expectClose(following(p, x.mul(3), 1).runningMean, mean(x, [0, 2, 3]).mul(3), 1e-6);
  });

  test("statistics of a compiled step are results like any other", () => {
    const p = layer.init(key);
    const step = compile((q: BatchNormParameters, batch: Tensor) => {
      const told: Tensor[] = [];
      const y = layer.apply(q, batch, { training: true, onStatistic: (_, now) => told.push(now) });
      return { y, told };
    });
    const { told } = step(p, x.cast("float32"));
    const expected = following(p, x.cast("float32"));
    expectClose(told, [expected.runningMean, expected.runningVar], 1e-6);
  });

  test("nothing is told while predicting, and none is needed", () => {
    const told: unknown[] = [];
    layer.apply(layer.init(key), x, { onStatistic: (old) => told.push(old) });
    expect(told).toEqual([]);
    expect(layer.apply(layer.init(key), ones([1, 3])).shape).toEqual([1, 3]);
  });

  test("works in the dtype of its parameters", () => {
    const p = layer.init(key);
    const wide = {
      weight: p.weight.cast("float64"),
      bias: p.bias.cast("float64"),
      runningMean: p.runningMean.cast("float64"),
      runningVar: p.runningVar.cast("float64"),
    };
    expect(layer.apply(wide, x.cast("float32"), { training: true }).dtype).toBe("float64");
    expect(layer.apply(p, x, { training: true }).dtype).toBe("float32");
  });

  test.each<[() => unknown, typeof ArgumentError | typeof ShapeError, string]>([
    [
      () => layer.apply(layer.init(key), ones([1, 3]), { training: true }),
      ShapeError,
      "batchNorm 3: one value has no variance; while training it needs more than one value of each channel; got [1, 3]; leave out the last batch of one example, or use layerNorm",
    ],
    [
      () => layer.apply(layer.init(key), ones([2, 4])),
      ShapeError,
      "batchNorm 3: needs inputs [n, 3] or [n, 3, height, width]; got [2, 4]; features is the length of the second axis",
    ],
    [() => layer.apply(layer.init(key), ones([3])), ShapeError, "got [3]"],
    [
      () => batchNorm({ features: 3, momentum: 2 }),
      ArgumentError,
      "batchNorm({ momentum }): must be a number in (0, 1]; got 2",
    ],
    [() => batchNorm({ features: 3, epsilon: 0 }), ArgumentError, "batchNorm({ epsilon })"],
  ])("%s", (call, kind, text) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(text);
  });
});

describe("layerNorm", () => {
  test("every example has mean 0 and variance 1, whatever else is in the batch", () => {
    const layer = layerNorm({ shape: [3, 5] });
    const p = layer.init(key);
    const x = normal(randomKey(3), [4, 2, 3, 5], { mean: -3, std: 2 }).cast("float32");
    const y = layer.apply(p, x, { training: true });
    expectClose(mean(y, [2, 3]), new Array(8).fill(0), 1e-5, 1);
    expectClose(variance(y, [2, 3]), new Array(8).fill(1), 1e-4);
    expect(layer.apply(p, x.at(1).reshape([1, 2, 3, 5])).toArray()).toEqual(
      y.at(1).reshape([1, 2, 3, 5]).toArray(),
    );
  });

  test("a length is a list of one", () => {
    expect(layerNorm({ shape: 4 }).description).toEqual(layerNorm({ shape: [4] }).description);
  });

  test.each<[() => unknown, typeof ArgumentError | typeof ShapeError, string]>([
    [
      () => layerNorm({ shape: [2, 3] }).apply(layerNorm({ shape: [2, 3] }).init(key), ones([4, 3, 2])),
      ShapeError,
      "layerNorm 2×3: needs inputs [n, …, 2, 3]; got [4, 3, 2]; shape is that of the last axes",
    ],
    [() => layerNorm({ shape: [] }), ArgumentError, "layerNorm({ shape }): must be a whole number from 1"],
    [() => layerNorm({ shape: [3, -1] }), ArgumentError, "or a list of them; got [3, -1]"],
    [() => layerNorm({ shape: tensor([1]).toTypedArray() as never }), ArgumentError, "layerNorm({ shape })"],
  ])("%s", (call, kind, text) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(text);
  });
});
