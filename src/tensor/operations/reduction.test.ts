/** Values made by NumPy 1.24.2 and SciPy 1.10.1. */
import { describe, expect, test } from "vitest";
import { expectTensor } from "../../../test/tools/values.ts";
import {
  all,
  any,
  argmax,
  argmin,
  logSoftmax,
  logSumExp,
  max,
  mean,
  min,
  norm,
  type Operand,
  softmax,
  std,
  sum,
  type Tensor,
  tensor,
  variance,
  zeros,
} from "../index.ts";

const x = [
  [
    [1, -2, 3.5],
    [0.25, 7, -1],
  ],
  [
    [2, 2, -9],
    [4, 0.5, 6],
  ],
];

describe.each([
  ["all axes", undefined, {}],
  ["axis 0", 0, {}],
  ["axis -1", -1, {}],
  ["axes 0 and 2", [0, 2], {}],
  ["keepDims", [-2], { keepDims: true }],
] as const)("%s", (name, axis, options) => {
  const expected: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    sum: {
      "all axes": 14.25,
      "axis 0": [
        [3, 0, -5.5],
        [4.25, 7.5, 5],
      ],
      "axis -1": [
        [2.5, 6.25],
        [-5, 10.5],
      ],
      "axes 0 and 2": [-2.5, 16.75],
      keepDims: [[[1.25, 5, 2.5]], [[6, 2.5, -3]]],
    },
    mean: {
      "all axes": 1.1875,
      "axis 0": [
        [1.5, 0, -2.75],
        [2.125, 3.75, 2.5],
      ],
      "axis -1": [
        [0.8333333333333334, 2.0833333333333335],
        [-1.6666666666666667, 3.5],
      ],
      "axes 0 and 2": [-0.4166666666666667, 2.7916666666666665],
      keepDims: [[[0.625, 2.5, 1.25]], [[3, 1.25, -1.5]]],
    },
    max: {
      "all axes": 7,
      "axis 0": [
        [2, 2, 3.5],
        [4, 7, 6],
      ],
      "axis -1": [
        [3.5, 7],
        [2, 6],
      ],
      "axes 0 and 2": [3.5, 7],
      keepDims: [[[1, 7, 3.5]], [[4, 2, 6]]],
    },
    min: {
      "all axes": -9,
      "axis 0": [
        [1, -2, -9],
        [0.25, 0.5, -1],
      ],
      "axis -1": [
        [-2, -1],
        [-9, 0.5],
      ],
      "axes 0 and 2": [-9, -1],
      keepDims: [[[0.25, -2, -1]], [[2, 0.5, -9]]],
    },
    variance: {
      "all axes": 15.970052083333334,
      "axis 0": [
        [0.25, 4, 39.0625],
        [3.515625, 10.5625, 12.25],
      ],
      "axis -1": [
        [5.055555555555556, 12.34722222222222],
        [26.888888888888886, 5.166666666666667],
      ],
      "axes 0 and 2": [17.534722222222225, 9.258680555555555],
      keepDims: [[[0.140625, 20.25, 5.0625]], [[1, 0.5625, 56.25]]],
    },
    std: {
      "all axes": 3.9962547570610827,
      "axis 0": [
        [0.5, 2, 6.25],
        [1.875, 3.25, 3.5],
      ],
      "axis -1": [
        [2.2484562605386738, 3.5138614403846686],
        [5.185449728701348, 2.273030282830976],
      ],
      "axes 0 and 2": [4.187448175467038, 3.0428080050432946],
      keepDims: [[[0.375, 4.5, 2.25]], [[1, 0.75, 7.5]]],
    },
    logSumExp: {
      "all axes": 7.383186671708188,
      "axis 0": [
        [2.3132616875182226, 2.01814992791781, 3.500003726646228],
        [4.023245464372425, 7.001502310159754, 6.000911466453775],
      ],
      "axis -1": [
        [3.582659376649462, 7.001505208853254],
        [2.6931555313754725, 6.130521164270609],
      ],
      "axes 0 and 2": [3.9268585067194697, 7.351133019490984],
      keepDims: [
        [[1.3868710061148999, 7.000123402189724, 3.511047744848594]],
        [[4.126928011042972, 2.2014132779827524, 6.000000305902274]],
      ],
    },
    any: {
      "all axes": true,
      "axis 0": [
        [true, true, true],
        [true, true, true],
      ],
      "axis -1": [
        [true, true],
        [true, true],
      ],
      "axes 0 and 2": [true, true],
      keepDims: [[[false, true, true]], [[true, true, true]]],
    },
    all: {
      "all axes": false,
      "axis 0": [
        [false, false, false],
        [false, false, false],
      ],
      "axis -1": [
        [false, false],
        [false, false],
      ],
      "axes 0 and 2": [false, false],
      keepDims: [[[false, false, false]], [[true, false, false]]],
    },
    norm: {
      "all axes": 14.441693114036179,
      "axis 0": [
        [2.23606797749979, 2.8284271247461903, 9.656603957913983],
        [4.00780488547035, 7.0178344238090995, 6.082762530298219],
      ],
      "axis -1": [
        [4.153311931459037, 7.075485849042453],
        [9.433981132056603, 7.22841614740048],
      ],
      "axes 0 and 2": [10.307764064044152, 10.114964162071955],
      keepDims: [
        [[1.0307764064044151, 7.280109889280518, 3.640054944640259]],
        [[4.47213595499958, 2.0615528128088303, 10.816653826391969]],
      ],
    },
    norm1: {
      "all axes": 38.25,
      "axis 0": [
        [3, 4, 12.5],
        [4.25, 7.5, 7],
      ],
      "axis -1": [
        [6.5, 8.25],
        [13, 10.5],
      ],
      "axes 0 and 2": [19.5, 18.75],
      keepDims: [[[1.25, 9, 4.5]], [[6, 2.5, 15]]],
    },
    norm3: {
      "all axes": 11.24258770992792,
      "axis 0": [
        [2.080083823051904, 2.519842099789746, 9.173090080017134],
        [4.000325494345972, 7.000850236860055, 6.009245006917366],
      ],
      "axis -1": [
        [3.7295179629458204, 7.0069022055911105],
        [9.065367701259413, 6.5431060071822555],
      ],
      "axes 0 and 2": [9.271074423165471, 8.54595924106394],
      keepDims: [
        [[1.0051814396472645, 7.054004063162272, 3.527002031581136]],
        [[4.160167646103808, 2.010362879294529, 9.813198930565768]],
      ],
    },
    normInfinity: {
      "all axes": 9,
      "axis 0": [
        [2, 2, 9],
        [4, 7, 6],
      ],
      "axis -1": [
        [3.5, 7],
        [9, 6],
      ],
      "axes 0 and 2": [9, 7],
      keepDims: [[[1, 7, 3.5]], [[4, 2, 9]]],
    },
  };
  const mask = tensor(x).greater(1);
  const cases: readonly [string, Tensor][] = [
    ["sum", sum(x, axis, options)],
    ["mean", mean(x, axis, options)],
    ["max", max(x, axis, options)],
    ["min", min(x, axis, options)],
    ["variance", variance(x, axis, options)],
    ["std", std(x, axis, options)],
    ["logSumExp", logSumExp(x, axis, options)],
    ["any", any(mask, axis, options)],
    ["all", all(mask, axis, options)],
    ["norm", norm(x, axis, options)],
    ["norm1", norm(x, axis, { ...options, order: 1 })],
    ["norm3", norm(x, axis, { ...options, order: 3 })],
    ["normInfinity", norm(x, axis, { ...options, order: Infinity })],
  ];
  test.each(cases)("%s", (operation, actual) => {
    const values = expected[operation]?.[name];
    expectTensor(actual, values as ReturnType<Tensor["toArray"]>, {
      dtype: operation === "any" || operation === "all" ? "bool" : "float64",
    });
  });
});

describe("the others", () => {
  test("argmax and argmin: the first wins, and NaN wins", () => {
    expectTensor(
      argmax(x, 1),
      [
        [0, 1, 0],
        [1, 0, 1],
      ],
      { dtype: "int32" },
    );
    expectTensor(
      argmin(x, -1),
      [
        [1, 2],
        [2, 1],
      ],
      { dtype: "int32" },
    );
    expectTensor(argmax(x), 4, { dtype: "int32" });
    expectTensor(argmax([3, 5, 5]), 1, { dtype: "int32" });
    expectTensor(argmin([3, Number.NaN, 1, Number.NaN]), 1, { dtype: "int32" });
  });
  test("booleans are counted, integers wrap, and means are floats", () => {
    expectTensor(sum([true, true, false]), 2, { dtype: "int32" });
    expectTensor(sum(tensor([2147483647, 1], "int32")), -2147483648, { dtype: "int32" });
    expectTensor(mean([true, false]), 0.5);
    expectTensor(mean(tensor([1, 2], "int32")), 1.5);
    expectTensor(max(tensor([-5, -3], "int32")), -3, { dtype: "int32" });
    expectTensor(max([false, true]), true, { dtype: "bool" });
    expectTensor(max([1, Number.NaN, 3]), Number.NaN);
    expectTensor(min([1, Number.NaN, 3]), Number.NaN);
  });
});

describe("float32", () => {
  test("sums are carried in double: 10⁵ times 0.1 is right to the last bit, along either axis", () => {
    const many = tensor(new Float32Array(100_000).fill(0.1), { shape: [50_000, 2] });
    const expected = 5000;
    expectTensor(sum(many, 0), [expected, expected], { dtype: "float32", tolerance: 0 });
    expectTensor(sum(many.transpose(), 1), [expected, expected], { dtype: "float32", tolerance: 0 });
  });
  test("all keep it", () => {
    const single = tensor([1, 2], "float32");
    const results = [sum, mean, max, min, variance, std, norm, logSumExp].map((f) => f(single).dtype);
    expect(new Set([...results, softmax(single).dtype, logSoftmax(single).dtype])).toEqual(
      new Set(["float32"]),
    );
  });
});

describe("nothing to reduce", () => {
  test("sums are 0, any is false, all is true", () => {
    expectTensor(sum(zeros([0, 2]), 0), [0, 0]);
    expectTensor(any(zeros([0, 2]), 0), [false, false], { dtype: "bool" });
    expectTensor(all(zeros([0])), true, { dtype: "bool" });
    expectTensor(norm(zeros([0])), 0);
    expect(max(zeros([0, 3]), 1).shape).toEqual([0]);
  });
  test.each([
    ["max", max],
    ["min", min],
    ["mean", mean],
    ["variance", variance],
    ["std", std],
    ["logSumExp", logSumExp],
    ["argmax", argmax],
    ["argmin", argmin],
  ] as [string, (v: Operand, axis?: number) => Tensor][])(
    "%s is refused, naming shape and remedy",
    (name, f) => {
      const call = name === "std" ? "variance" : name;
      expect(() => f(zeros([2, 0]), 1)).toThrow(new RegExp(`${call}: .*\\[2, 0\\]`));
      expect(() => f(zeros([0]))).toThrow(new RegExp(`${call}: `));
    },
  );
  test("axes out of range or named twice", () => {
    expect(() => sum([1, 2], 1)).toThrow(/sum: axis 1 is out of range for rank 1; axes run from -1 to 0/);
    expect(() => sum(1, 0)).toThrow(/sum: .*a scalar has no axes/);
    expect(() => max([[1]], [0, -2])).toThrow(/max: axis named twice in \[0,-2\]/);
  });
});
