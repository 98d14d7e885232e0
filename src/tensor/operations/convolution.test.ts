/** Values and gradients made by PyTorch 1.13 in float64; random geometries against the definition written as nested loops. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectTensor, gradients } from "../../../test/tools/values.ts";
import {
  avgPool2d,
  type ConvolutionOptions,
  conv2d,
  maxPool2d,
  type NestedArray,
  type Tensor,
  tensor,
  zeros,
} from "../index.ts";

/** The same numbers as in the script that made the values: ((7i + 3) mod 11 − 5)/2. */
function ramp(shape: readonly number[], tilt = 0): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  return tensor(
    Float64Array.from({ length: size }, (_, i) => (((i * 7 + 3) % 11) - 5) / 2 + i * tilt),
    { shape },
  );
}

type Case = [number[], number[], ConvolutionOptions, NestedArray[]];

describe("conv2d against PyTorch: shape, values, gradients by image and kernel", () => {
  test.each([
    [
      [1, 1, 3, 3],
      [1, 1, 2, 2],
      {},
      [
        [1, 1, 2, 2],
        [
          [
            [
              [3.5, -0.25],
              [3.25, -0.5],
            ],
          ],
        ],
        [
          [
            [
              [1, -5, 6.25],
              [-1, 5.5, -7.5],
              [0.25, -1.5, 2.25],
            ],
          ],
        ],
        [
          [
            [
              [3.5, -0.25],
              [3.25, -0.5],
            ],
          ],
        ],
      ],
    ],
    [
      [1, 2, 3, 4],
      [2, 2, 2, 2],
      { padding: 1 },
      [
        [1, 2, 4, 5],
        [
          [
            [
              [5.25, -8.5, -2.75, 8.5, -4.75],
              [-5.5, 10.25, 9, -14.25, 7.25],
              [2, 8, -15.25, 16.5, -8],
              [-1.25, -10.75, 7, -5.5, 6],
            ],
            [
              [6, -6.25, -1.75, 8.25, -4.5],
              [1.75, -1.25, 6, -6, 8],
              [-9.5, 5.75, -6.25, 9.25, -6.75],
              [0, 0.75, 0.75, 0.75, 6.75],
            ],
          ],
        ],
        [
          [
            [
              [11, -17, 7.25, 6.75],
              [8.5, 2.5, -0.75, 7],
              [0.5, 11, -17, 7.25],
            ],
            [
              [-12.75, 10.25, -8, -4.25],
              [-10.5, 4.25, 5.25, 0.75],
              [2.75, -12.75, 10.25, -8],
            ],
          ],
        ],
        [
          [
            [
              [11, -10.25],
              [-15.5, 10],
            ],
            [
              [-16.75, 2],
              [11, -3.25],
            ],
          ],
          [
            [
              [-6.75, 10.5],
              [2.5, 3.25],
            ],
            [
              [7, -4.5],
              [10, -7],
            ],
          ],
        ],
      ],
    ],
    [
      [2, 1, 4, 4],
      [1, 1, 3, 2],
      { stride: 2, padding: [1, 0] },
      [
        [2, 1, 2, 2],
        [
          [
            [
              [-0.25, -1.5],
              [6.5, 4.75],
            ],
          ],
          [
            [
              [-2, -0.5],
              [3.5, 7.25],
            ],
          ],
        ],
        [
          [
            [
              [-0.5, 1.5, 1.25, -3.75],
              [-2.5, 1.25, 6.5, -3.75],
              [0.25, -0.75, -0.75, 2.25],
              [1, 0, -3, 0],
            ],
          ],
          [
            [
              [1, -3, 0, 0],
              [6, -5, -1.5, 3.75],
              [-1, 3, 0.75, -2.25],
              [-4, 0, 3, 0],
            ],
          ],
        ],
        [
          [
            [
              [7.5, -0.5],
              [2.5, -7],
              [-5.25, -3.75],
            ],
          ],
        ],
      ],
    ],
    [
      [1, 1, 5, 5],
      [1, 1, 2, 2],
      { dilation: [2, 3] },
      [
        [1, 1, 3, 2],
        [
          [
            [
              [-3, 4.25],
              [-2.5, -3.5],
              [-4.75, -3],
            ],
          ],
        ],
        [
          [
            [
              [1, -2.5, 0, -2.5, 6.25],
              [-0.5, 1.5, 0, 1.25, -3.75],
              [-2.5, 1.25, 0, 6.5, -3.75],
              [0.25, -0.75, 0, -0.75, 2.25],
              [1, 0, 0, -3, 0],
            ],
          ],
        ],
        [
          [
            [
              [12.25, 11],
              [-7.5, 2.25],
            ],
          ],
        ],
      ],
    ],
    [
      [1, 4, 3, 3],
      [2, 2, 2, 2],
      { groups: 2 },
      [
        [1, 2, 2, 2],
        [
          [
            [
              [-5.75, -1.5],
              [4.25, -2.5],
            ],
            [
              [-2.75, 4.5],
              [8, -17.75],
            ],
          ],
        ],
        [
          [
            [
              [1, -5, 6.25],
              [-1, 5.5, -7.5],
              [0.25, -1.5, 2.25],
            ],
            [
              [-2, 5, 0],
              [3, -9.5, 3.75],
              [-1, 3.75, -2.25],
            ],
            [
              [-1, -5, 0],
              [3, 2.25, -3.75],
              [-2, 3.5, -1.5],
            ],
            [
              [5, 1, 0],
              [-8, 6.75, 0.75],
              [3, -6.25, 3],
            ],
          ],
        ],
        [
          [
            [
              [3.5, -0.25],
              [3.25, -0.5],
            ],
            [
              [5.5, -1],
              [-0.25, -1.25],
            ],
          ],
          [
            [
              [-0.5, 4.75],
              [-1.25, 4],
            ],
            [
              [-2.75, 2.5],
              [4.75, -9.25],
            ],
          ],
        ],
      ],
    ],
    [
      [1, 2, 5, 4],
      [4, 1, 2, 2],
      { groups: 2, stride: [2, 3], padding: 1, dilation: 2 },
      [
        [1, 4, 3, 2],
        [
          [
            [
              [0, -1],
              [-0.75, 1.25],
              [1.25, 1.5],
            ],
            [
              [0, 4],
              [0.75, -1],
              [0, -3],
            ],
            [
              [1.5, 2],
              [4.75, 1.5],
              [2.5, -1.25],
            ],
            [
              [-3, -3],
              [-2.75, 1.25],
              [-0.5, 6.25],
            ],
          ],
        ],
        [
          [
            [
              [0, 0, 0, 0],
              [0, -0.25, -5.25, 0],
              [0, 0, 0, 0],
              [0, 3.5, 2.25, 0],
              [0, 0, 0, 0],
            ],
            [
              [0, 0, 0, 0],
              [0, 3, 2.75, 0],
              [0, 0, 0, 0],
              [0, -4, 7.75, 0],
              [0, 0, 0, 0],
            ],
          ],
        ],
        [
          [
            [
              [3, 1],
              [-2.75, 0.25],
            ],
          ],
          [
            [
              [6.5, 0.5],
              [0.75, -0.25],
            ],
          ],
          [
            [
              [-1, 2.25],
              [6, -2.25],
            ],
          ],
          [
            [
              [8.25, 4.75],
              [1.5, 0.25],
            ],
          ],
        ],
      ],
    ],
    [
      [1, 1, 4, 4],
      [1, 1, 3, 3],
      { padding: "same" },
      [
        [1, 1, 4, 4],
        [
          [
            [
              [1, 3.5, -6.5, 2.5],
              [3.25, 1.25, 1, -1.75],
              [7.5, -10.75, -2.75, 8.25],
              [2.5, -8, 0.75, 2.75],
            ],
          ],
        ],
        [
          [
            [
              [-0.75, 7.25, -3.25, -0.25],
              [-1.25, -1.25, -1.5, -1.5],
              [11.5, 0.5, -8, 5.5],
              [8.5, -2.25, -1.25, 2],
            ],
          ],
        ],
        [
          [
            [
              [-1.75, -15.75, 10.25],
              [-9.75, 41.25, -9.75],
              [10.25, -15.75, -1.75],
            ],
          ],
        ],
      ],
    ],
  ] as Case[])(
    "images %j, kernels %j, %j",
    (images, kernels, options, [shape, values, byImage, byKernel]) => {
      const result = conv2d(ramp(images), ramp(kernels), options);
      expect(result.shape).toEqual(shape);
      expectTensor(result, values ?? [], { tolerance: 1e-14 });
      const weighted = (x?: Tensor, w?: Tensor): Tensor =>
        conv2d(x ?? 0, w ?? 0, options).mul(ramp(result.shape));
      const [dx, dw] = gradients(weighted, ramp(images), ramp(kernels));
      expectTensor(dx ?? zeros([]), byImage ?? [], { tolerance: 1e-14 });
      expectTensor(dw ?? zeros([]), byKernel ?? [], { tolerance: 1e-14 });
    },
  );
});

describe("conv2d", () => {
  test("random geometries agree with the definition", () => {
    const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));
    const geometry = fc.record({
      stride: pair(1, 3),
      padding: pair(0, 2),
      dilation: pair(1, 2),
      kernel: pair(1, 2),
      image: pair(3, 6),
      groups: fc.integer({ min: 1, max: 2 }),
      outer: fc.integer({ min: 1, max: 2 }),
      inner: fc.integer({ min: 0, max: 2 }),
      examples: fc.integer({ min: 0, max: 2 }),
    });
    const property = fc.property(
      geometry,
      ({ stride, padding, dilation, kernel, image, groups, outer, inner, examples }) => {
        const x = ramp([examples, groups * inner, ...image]);
        const w = ramp([groups * outer, inner, ...kernel]);
        const options = { stride, padding, dilation, groups };
        expectTensor(conv2d(x, w, options), definition(x, w, options).toArray(), { tolerance: 0 });
      },
    );
    fc.assert(property, { seed: 4, numRuns: 100 });
  });
  test('"same" keeps the size at stride 1 and rounds up otherwise', () => {
    for (const [size, stride, expected] of [
      [5, 1, 5],
      [5, 2, 3],
      [6, 4, 2],
    ] as const) {
      expect(
        conv2d(zeros([1, 1, size, size]), zeros([1, 1, 2, 3]), { padding: "same", stride }).shape,
      ).toEqual([1, 1, expected, expected]);
    }
    expect(conv2d(zeros([1, 1, 5, 5]), zeros([1, 1, 3, 3]), { padding: "valid" }).shape).toEqual([
      1, 1, 3, 3,
    ]);
  });
  test("dtypes", () => {
    const whole = conv2d(ramp([1, 1, 2, 2]).mul(2).cast("int32"), zeros([1, 1, 1, 1], "int32").add(3));
    expectTensor(
      whole,
      [
        [
          [
            [-6, 15],
            [3, -9],
          ],
        ],
      ],
      { dtype: "int32" },
    );
    expect(conv2d(zeros([1, 1, 2, 2], "float32"), zeros([1, 1, 1, 1], "float32")).dtype).toBe("float32");
  });
  test.each([
    [
      [1, 2, 2],
      [1, 1, 1, 1],
      {},
      /conv2d: needs images \[n, channels, height, width\] and kernels.*got \[1, 2, 2\]/,
    ],
    [[1, 3, 2, 2], [1, 2, 1, 1], {}, /conv2d: 3 channels in 1 groups do not fit kernels \[1, 2, 1, 1\]/],
    [[1, 2, 2, 2], [3, 1, 1, 1], { groups: 2 }, /3 divisible by groups/],
    [
      [1, 1, 2, 2],
      [1, 1, 3, 3],
      {},
      /conv2d: kernels \[1, 1, 3, 3\] \(dilated to 3×3\) do not fit into padded images of 2×2; pad more/,
    ],
    [[1, 1, 2, 2], [1, 1, 3, 1], {}, /do not fit into padded images/],
    [[1, 1, 2, 2], [1, 1, 0, 1], {}, /do not fit/],
    [[1, 1, 4, 4], [1, 1, 2, 2], { dilation: 4 }, /dilated to 5×5/],
    [
      [1, 1, 2, 2],
      [1, 1, 1, 1],
      { stride: 0 },
      /conv2d\(\{ stride \}\) takes whole numbers ≥ 1, one or a pair; got 0/,
    ],
    [[1, 1, 2, 2], [1, 1, 1, 1], { padding: -1 }, /conv2d\(\{ padding \}\) takes whole numbers ≥ 0/],
    [[1, 1, 2, 2], [1, 1, 1, 1], { dilation: [1, 0.5] }, /conv2d\(\{ dilation \}\)/],
  ] as [number[], number[], ConvolutionOptions, RegExp][])(
    "images %j, kernels %j, %j are refused",
    (images, kernels, options, message) => {
      expect(() => conv2d(zeros(images), zeros(kernels), options)).toThrow(message);
    },
  );
});

interface Geometry {
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly groups: number;
}

/** yₙₒᵢⱼ = Σ x[n, c, i·stride + p·dilation − padding, …] w[o, c, p, q] over the channels of the group. */
function definition(x: Tensor, w: Tensor, { stride, padding, dilation, groups }: Geometry): Tensor {
  const [n = 0, channels = 0, h = 0, v = 0] = x.shape;
  const [filters = 0, inner = 0, kh = 0, kv = 0] = w.shape;
  const size = (length: number, kernel: number, axis: 0 | 1): number =>
    Math.floor((length + 2 * padding[axis] - dilation[axis] * (kernel - 1) - 1) / stride[axis]) + 1;
  const shape = [n, filters, size(h, kh, 0), size(v, kv, 1)];
  const [xs, ws] = [x.toTypedArray(), w.toTypedArray()];
  const result: number[] = [];
  for (let image = 0; image < n; image++) {
    for (let o = 0; o < filters; o++) {
      for (let i = 0; i < (shape[2] ?? 0); i++) {
        for (let j = 0; j < (shape[3] ?? 0); j++) {
          let sum = 0;
          for (let c = 0; c < inner; c++) {
            const channel = Math.floor(o / (filters / groups)) * inner + c;
            for (let p = 0; p < kh; p++) {
              for (let q = 0; q < kv; q++) {
                const row = i * stride[0] + p * dilation[0] - padding[0];
                const column = j * stride[1] + q * dilation[1] - padding[1];
                if (row < 0 || row >= h || column < 0 || column >= v) continue;
                sum +=
                  (xs[((image * channels + channel) * h + row) * v + column] ?? 0) *
                  (ws[((o * inner + c) * kh + p) * kv + q] ?? 0);
              }
            }
          }
          result.push(sum);
        }
      }
    }
  }
  return tensor(Float64Array.from(result), { shape });
}

describe("pooling against PyTorch: values and gradients", () => {
  test.each([
    [
      "max",
      [1, 2, 4, 4],
      2,
      {},
      [
        [
          [
            [
              [2.515625, 1.609375],
              [2.6875, 2.234375],
            ],
            [
              [1.328125, 2.859375],
              [1.953125, 2.40625],
            ],
          ],
        ],
        [
          [
            [
              [0, -1, 0, 0],
              [0, 0, 0, 2.5],
              [0, 0, 0, 0],
              [0.5, 0, 0, -1.5],
            ],
            [
              [0, 0, 0, 0],
              [0, 2, 0, 0],
              [0, 0, 1.5, 0],
              [0, -2, 0, 0],
            ],
          ],
        ],
      ],
    ],
    [
      "max",
      [1, 1, 5, 5],
      3,
      { stride: 2, padding: 1 },
      [
        [
          [
            [
              [2.515625, 2.515625, 2.0625],
              [2.234375, 2.6875, 1.78125],
              [2.234375, 2.859375, 2.859375],
            ],
          ],
        ],
        [
          [
            [
              [0, 1.5, 0, 0, 0.5],
              [0, 0, 0, 0, 0],
              [0, 0, 2, 0, 0],
              [-3.5, 0, 0, 0, 0],
              [0, 0, 0, 1, 0],
            ],
          ],
        ],
      ],
    ],
    [
      "max",
      [1, 1, 5, 4],
      2,
      { stride: 1, dilation: 2 },
      [
        [
          [
            [
              [1.15625, 2.515625],
              [2.6875, 2.234375],
              [1.78125, -0.203125],
            ],
          ],
        ],
        [
          [
            [
              [0, 2.5, 0, 0],
              [0, 0, 0, 0],
              [0, 0, -1, 0],
              [0.5, 0, 0, -1.5],
              [0, 0, 2, 0],
            ],
          ],
        ],
      ],
    ],
    [
      "avg",
      [1, 2, 4, 4],
      2,
      {},
      [
        [
          [
            [
              [0.9140625, -0.3046875],
              [0.1640625, 0.3203125],
            ],
            [
              [-0.5859375, 0.9453125],
              [0.0390625, 0.1953125],
            ],
          ],
        ],
        [
          [
            [
              [-0.25, -0.25, 0.625, 0.625],
              [-0.25, -0.25, 0.625, 0.625],
              [0.125, 0.125, -0.375, -0.375],
              [0.125, 0.125, -0.375, -0.375],
            ],
            [
              [0.5, 0.5, 0, 0],
              [0.5, 0.5, 0, 0],
              [-0.5, -0.5, 0.375, 0.375],
              [-0.5, -0.5, 0.375, 0.375],
            ],
          ],
        ],
      ],
    ],
    [
      "avg",
      [1, 1, 5, 5],
      [3, 2],
      { stride: [2, 1], padding: [1, 0] },
      [
        [
          [
            [
              [-0.052083333333333336, 0.4583333333333333, 0.052083333333333336, -0.3541666666666667],
              [0.1640625, 0.013020833333333334, 0.7786458333333334, -0.2890625],
              [0.2708333333333333, -0.13541666666666666, 0.375, 0.8854166666666666],
            ],
          ],
        ],
        [
          [
            [
              [-0.16666666666666666, 0.25, 0.5, -0.16666666666666669, -0.25],
              [0.16666666666666666, 0.5833333333333333, 0.16666666666666669, -0.25, 0],
              [0.3333333333333333, 0.3333333333333333, -0.3333333333333333, -0.08333333333333331, 0.25],
              [0.25, -0.16666666666666669, -0.5833333333333334, -0.08333333333333331, 0.08333333333333334],
              [-0.08333333333333333, -0.5, -0.25, 0, -0.16666666666666666],
            ],
          ],
        ],
      ],
    ],
  ] as [string, number[], number | [number, number], object, NestedArray[]][])(
    "%s of %j by %j, %j",
    (kind, shape, window, options, [values, slopes]) => {
      const pool = (x: Tensor): Tensor => (kind === "max" ? maxPool2d : avgPool2d)(x, window, options);
      const x = ramp(shape, 1 / 64);
      const result = pool(x);
      expectTensor(result, values ?? []);
      const [dx] = gradients((v) => pool(v ?? x).mul(ramp(result.shape)), x);
      expectTensor(dx ?? zeros([]), slopes ?? []);
    },
  );
  test("images of any leading axes, integers become floats", () => {
    expectTensor(
      maxPool2d(
        [
          [1, 2],
          [3, 4],
        ],
        2,
      ),
      [[4]],
    );
    expectTensor(
      avgPool2d(
        tensor(
          [
            [1, 2],
            [3, 5],
          ],
          "int32",
        ),
        2,
      ),
      [[2.75]],
    );
    expect(maxPool2d(zeros([0, 2, 4, 4]), 2).shape).toEqual([0, 2, 2, 2]);
  });
  test.each([
    [() => maxPool2d([1, 2], 1), /maxPool2d: needs images.*got shape \[2\]/],
    [
      () => maxPool2d(zeros([1, 1, 2, 2]), 3),
      /pooling: windows of 3×3 do not fit into the padded image \[1, 1, 2, 2\]; pad more/,
    ],
    [() => avgPool2d(zeros([4, 4]), 0), /avgPool2d\(\{ window \}\) takes whole numbers ≥ 1/],
    [
      () => maxPool2d(zeros([4, 4]), 2, { padding: 2 }),
      /maxPool2d: padding may be at most half of the window.*got 2×2 for windows of 2×2/,
    ],
  ] as const)("mistakes %#", (f, message) => expect(f).toThrow(message));
});
