/** Dense layers; their numbers are compared with PyTorch's in test/reference. */
import { describe, expect, expectTypeOf, test } from "vitest";
import { expectClose } from "../../../test/tools/close.ts";
import { grad, hvp } from "../../autodiff/index.ts";
import { compile } from "../../compiler/index.ts";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { normal, ones, randomKey, std, type Tensor, tensor } from "../../tensor/index.ts";
import { heUniform } from "../initializers/index.ts";
import type { Layer, SomeLayer } from "../layer.ts";
import { dense } from "./dense.ts";
import type { WeightAlone, WeightAndBias } from "./weights.ts";

const key = randomKey(1);

describe("parameters", () => {
  test("are drawn as by He et al. before relu, biases are 0", () => {
    const { weight, bias } = dense({ inputs: 200, outputs: 300 }).init(key);
    expect([weight.shape, weight.dtype, bias.shape, bias.dtype]).toEqual([
      [300, 200],
      "float32",
      [300],
      "float32",
    ]);
    // √(2 / 200), five standard errors of 60,000 numbers wide.
    expect(Math.abs(std(weight).item() / 0.1 - 1)).toBeLessThan(5 / Math.sqrt(2 * 60_000));
    expect(bias.abs().max().item()).toBe(0);
  });

  test("are drawn as PyTorch does, where that is asked for", () => {
    const torch = heUniform({ gain: Math.sqrt(1 / 3) });
    const { weight, bias } = dense({ inputs: 16, outputs: 400, initializer: torch, bias: torch }).init(key);
    for (const x of [weight, bias]) {
      const largest = x.abs().max().item();
      expect(largest).toBeLessThanOrEqual(0.25);
      expect(largest).toBeGreaterThan(0.24);
    }
  });

  test("without a bias there is none, in the type as well", () => {
    const layer = dense({ inputs: 2, outputs: 3, bias: false });
    expect(Object.keys(layer.init(key))).toEqual(["weight"]);
    expectTypeOf(layer).toEqualTypeOf<Layer<WeightAlone>>();
    expectTypeOf(dense({ inputs: 2, outputs: 3 })).toEqualTypeOf<Layer<WeightAndBias>>();
    const isBiased: boolean = Math.PI > 3;
    expectTypeOf(dense({ inputs: 2, outputs: 3, bias: isBiased })).toEqualTypeOf<SomeLayer>();
  });
});

describe("apply", () => {
  const layer = dense({ inputs: 3, outputs: 2 });
  const p64 = {
    weight: tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    bias: tensor([10, 20]),
  };
  const p32 = { weight: p64.weight.cast("float32"), bias: p64.bias.cast("float32") };

  test("follows the dtype of the parameters, whatever the inputs are", () => {
    for (const [p, dtype] of [
      [p64, "float64"],
      [p32, "float32"],
    ] as const)
      for (const given of ["float64", "float32", "int32", "bool"] as const) {
        const y = layer.apply(p, ones([1, 3], given));
        expect([y.dtype, y.toArray()]).toEqual([dtype, [[16, 35]]]);
      }
  });

  test("takes batches of nothing", () => {
    expect(layer.apply(p64, ones([0, 3])).shape).toEqual([0, 2]);
  });

  test("has the gradient of a product, in its layout, and second derivatives", () => {
    const x = normal(randomKey(2), [4, 3]);
    const cotangent = normal(randomKey(3), [4, 2]);
    type Parameters = typeof p64;
    const ours = (p: Parameters): Tensor => layer.apply(p, x).tanh().mul(cotangent).sum();
    const written = ({ weight, bias }: Parameters): Tensor =>
      x.matmul(weight.transpose()).add(bias).tanh().mul(cotangent).sum();
    expectClose(grad(ours)(p64), grad(written)(p64), 1e-13);
    expectClose(hvp(ours)(p64, p64), hvp(written)(p64, p64), 1e-12);
    expectClose(
      grad((at: Tensor) => layer.apply(p64, at).sum())(x),
      [[5, 7, 9]].flatMap((row) => [row, row, row, row]),
      1e-14,
    );
  });

  test("compiled, the gradient of the weights is made as they lie", () => {
    const large = dense({ inputs: 64, outputs: 32 });
    const p = large.init(key);
    const slopes = compile((q: typeof p, x: Tensor) =>
      grad((at: typeof p) => large.apply(at, x).square().sum())(q),
    );
    slopes(p, ones([48, 64], "float32"));
    expect(slopes.explain()).toMatch(/matrix product \[32,48\]·\[48,64\]/);
  });
});

describe("errors", () => {
  const layer = dense({ inputs: 784, outputs: 256 });
  const parameters = layer.init(key);
  test.each<[() => unknown, typeof ArgumentError | typeof ShapeError, string]>([
    [
      () => layer.apply(parameters, ones([32, 28, 28])),
      ShapeError,
      "dense 784 → 256: needs inputs [n, 784]; got [32, 28, 28]; put flattening() before it",
    ],
    [
      () => layer.apply(parameters, ones([784])),
      ShapeError,
      "got [784]; one example is a batch of one: reshape([1, 784])",
    ],
    [
      () => layer.apply(parameters, ones([2, 785])),
      ShapeError,
      "dense 784 → 256: needs inputs [n, 784]; got [2, 785]",
    ],
    [() => layer.apply(parameters, ones([])), ShapeError, "got []"],
    [
      () => layer.apply(parameters, JSON.parse("[[1]]")),
      ArgumentError,
      "dense 784 → 256: inputs are a tensor [n, …], with one row for each example; got [[1 items]]; use tensor(...)",
    ],
    [
      () => layer.apply(dense({ inputs: 3, outputs: 2 }).init(key), ones([2, 784])),
      ShapeError,
      "dense 784 → 256: weight must be [256, 784]; got [2, 3]; these are the parameters of another layer",
    ],
    [
      () => layer.apply(JSON.parse("{}"), ones([2, 784])),
      ArgumentError,
      "the parameters must hold a tensor weight; got an object with the keys {  }; make parameters with init(key)",
    ],
    [
      () => dense(JSON.parse('{"inputs":3}')),
      ArgumentError,
      "dense({ outputs }): must be given; it is a whole number from 1",
    ],
    [
      () => dense({ inputs: 0, outputs: 1 }),
      ArgumentError,
      "dense({ inputs }): must be a whole number from 1 to 2147483647; got 0",
    ],
    [() => dense({ inputs: 2.5, outputs: 1 }), ArgumentError, "got 2.5"],
    [
      () => dense(JSON.parse('{"inputs":1,"outputs":1,"biass":true}')),
      ArgumentError,
      'dense: unknown option "biass"',
    ],
    [
      () => dense(JSON.parse('{"inputs":1,"outputs":1,"bias":1}')),
      ArgumentError,
      "dense({ bias }): must be true, false, or an initializer",
    ],
    [
      () => dense({ inputs: 2 ** 20, outputs: 2 ** 20 }),
      ArgumentError,
      "dense: weights [1048576, 1048576] would be 1099511627776 numbers, more than 2147483647",
    ],
    [() => dense(JSON.parse("null")), ArgumentError, "dense: options are an object"],
  ])("%s", (call, kind, text) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(text);
  });
});
