/** Convolutions and pooling; their numbers are compared with PyTorch's in test/reference. */
import { describe, expect, expectTypeOf, test } from "vitest";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { ones, randomKey, std } from "../../tensor/index.ts";
import type { Layer } from "../layer.ts";
import { convolution2d } from "./convolution2d.ts";
import { flattening } from "./flattening.ts";
import { averagePooling2d, maxPooling2d } from "./pooling2d.ts";
import type { WeightAlone } from "./weights.ts";

const key = randomKey(1);

describe("convolution2d", () => {
  test("weights are drawn by the inputs that a kernel sums, in groups as well", () => {
    const { weight, bias } = convolution2d({ inputs: 16, outputs: 400, kernel: [5, 2], groups: 2 }).init(key);
    expect([weight.shape, bias.shape]).toEqual([[400, 8, 5, 2], [400]]);
    // √(2 / 80), five standard errors of 32,000 numbers wide.
    expect(Math.abs(std(weight).item() / Math.sqrt(2 / 80) - 1)).toBeLessThan(5 / Math.sqrt(2 * 32_000));
    const fanOut = convolution2d({
      inputs: 16,
      outputs: 400,
      kernel: [5, 2],
      groups: 2,
      initializer: { name: "fans", settings: {}, draw: (_, shape, fans) => ones(shape).mul(fans.out) },
    }).init(key);
    // An input reaches the 200 kernels of its group, at 10 places each.
    expect(fanOut.weight.max().item()).toBe(2000);
  });

  test("titles say what is not as usual", () => {
    const plain = { inputs: 2, outputs: 4, kernel: 3 };
    expect([
      convolution2d(plain).title,
      convolution2d({ ...plain, padding: "same", stride: 2 }).title,
      convolution2d({ ...plain, padding: [1, 0], dilation: 2, groups: 2, bias: false }).title,
    ]).toEqual([
      "convolution2d 2 → 4, 3×3",
      "convolution2d 2 → 4, 3×3, stride 2×2, padding same",
      "convolution2d 2 → 4, 3×3, padding 1×0, dilation 2×2, 2 groups",
    ]);
  });

  test("without a bias there is none, in the type as well", () => {
    const layer = convolution2d({ inputs: 1, outputs: 1, kernel: 1, bias: false });
    expect(Object.keys(layer.init(key))).toEqual(["weight"]);
    expectTypeOf(layer).toEqualTypeOf<Layer<WeightAlone>>();
  });

  test("follows the dtype of the parameters", () => {
    const layer = convolution2d({ inputs: 1, outputs: 1, kernel: 2 });
    const p = layer.init(key);
    expect(layer.apply(p, ones([1, 1, 3, 3])).dtype).toBe("float32");
    const wide = { weight: p.weight.cast("float64"), bias: p.bias.cast("float64") };
    expect(layer.apply(wide, ones([1, 1, 3, 3], "int32")).dtype).toBe("float64");
  });

  const layer = convolution2d({ inputs: 1, outputs: 6, kernel: 5 });
  test.each<[() => unknown, typeof ArgumentError | typeof ShapeError, string]>([
    [
      () => layer.apply(layer.init(key), ones([32, 784])),
      ShapeError,
      "convolution2d 1 → 6, 5×5: needs images [n, 1, height, width]; got [32, 784]; reshape([-1, 1, 28, 28]) makes some of these",
    ],
    [() => layer.apply(layer.init(key), ones([3, 2, 8, 8])), ShapeError, "got [3, 2, 8, 8]"],
    [
      () => layer.apply(layer.init(key), ones([3, 1, 4, 4])),
      ShapeError,
      "do not fit into padded images of 4×4",
    ],
    [
      () => convolution2d({ inputs: 3, outputs: 4, kernel: 1, groups: 2 }),
      ArgumentError,
      "convolution2d({ groups }): must divide inputs and outputs; got 2 for 3 → 4",
    ],
    [
      () => convolution2d(JSON.parse('{"inputs":1,"outputs":1,"kernel":[1,2,3]}')),
      ArgumentError,
      "convolution2d({ kernel }): must be a whole number from 1 to 2147483647, or a pair of them (height, width); got [1, 2, 3]",
    ],
    [
      () => convolution2d(JSON.parse('{"inputs":1,"outputs":1,"kernel":1,"padding":"full"}')),
      ArgumentError,
      'convolution2d({ padding }): must be a whole number ≥ 0, a pair of them (height, width), "same" or "valid"; got "full"',
    ],
    [
      () => convolution2d({ inputs: 1, outputs: 1, kernel: 1, stride: 0 }),
      ArgumentError,
      "convolution2d({ stride })",
    ],
    [() => convolution2d({ inputs: 1e5, outputs: 1e5, kernel: 9 }), ArgumentError, "more than 2147483647"],
  ])("%s", (call, kind, text) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(text);
  });
});

describe("pooling", () => {
  test("windows touch unless a stride is given, and the description tells which", () => {
    const x = ones([1, 2, 6, 6]);
    expect(maxPooling2d({ window: [2, 3] }).apply({}, x).shape).toEqual([1, 2, 3, 2]);
    const layer = averagePooling2d({ window: 2, stride: 1 });
    expect(layer.apply({}, x).shape).toEqual([1, 2, 5, 5]);
    expect([layer.title, layer.description?.stride]).toEqual(["averagePooling2d 2×2, stride 1×1", 1]);
    expect(maxPooling2d({ window: 2 }).description?.stride).toBe("window");
  });

  test.each<[() => unknown, typeof ArgumentError | typeof ShapeError, string]>([
    [
      () => maxPooling2d({ window: 2 }).apply({}, ones([4, 9])),
      ShapeError,
      "maxPooling2d 2×2: needs images [n, channels, height, width]; got [4, 9]; it stands behind a convolution, and before flattening()",
    ],
    [
      () => maxPooling2d({ window: 3, padding: 2 }).apply({}, ones([1, 1, 9, 9])),
      ArgumentError,
      "at most half of the window",
    ],
    [() => averagePooling2d(JSON.parse("{}")), ArgumentError, "averagePooling2d({ window }): must be given"],
  ])("%s", (call, kind, text) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(text);
  });
});

describe("flattening", () => {
  test("leaves the first axis, batches of nothing included", () => {
    expect(flattening().apply({}, ones([3, 2, 2, 5])).shape).toEqual([3, 20]);
    expect(flattening().apply({}, ones([0, 2, 2])).shape).toEqual([0, 4]);
    expect(flattening().apply({}, ones([3])).shape).toEqual([3, 1]);
    expect(() => flattening().apply({}, ones([]))).toThrow("flattening: needs inputs [n, …]; got a scalar");
  });
});
