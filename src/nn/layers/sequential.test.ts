/** Layers made of layers: types, parameters, keys, paths, and what their errors say. */
import { describe, expect, expectTypeOf, test } from "vitest";
import { grad } from "../../autodiff/index.ts";
import { ArgumentError, DtypeError, IndexError, ShapeError } from "../../core/errors.ts";
import { normal, ones, randomKey, relu, type Tensor, tanh, tensor } from "../../tensor/index.ts";
import type { Layer, SomeLayer } from "../layer.ts";
import { activation } from "./activation.ts";
import { batchNorm } from "./batch-norm.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { embedding } from "./embedding.ts";
import { flattening } from "./flattening.ts";
import type { NoParameters } from "./parameters.ts";
import type { Part } from "./parts.ts";
import { residual } from "./residual.ts";
import { sequential } from "./sequential.ts";
import type { WeightAlone, WeightAndBias } from "./weights.ts";

const key = randomKey(1);

describe("sequential", () => {
  test("types tell the parameters of every part", () => {
    const network = sequential([
      dense({ inputs: 2, outputs: 3 }),
      relu,
      (x) => x.mul(2),
      residual(dense({ inputs: 3, outputs: 3, bias: false }), { shortcut: relu }),
      dropout(),
    ]);
    type Parameters = readonly [
      WeightAndBias,
      NoParameters,
      NoParameters,
      { readonly inner: WeightAlone; readonly shortcut: NoParameters },
      NoParameters,
    ];
    expectTypeOf(network.init).returns.toExtend<Parameters>();
    expectTypeOf<Parameters>().toExtend<ReturnType<typeof network.init>>();
    expectTypeOf(sequential([relu] as readonly Part[])).toExtend<Layer<readonly object[]>>();
    expectTypeOf(network).toExtend<SomeLayer>();
  });

  test("is its parts, one behind the other", () => {
    const [first, second] = [dense({ inputs: 2, outputs: 3 }), dense({ inputs: 3, outputs: 1 })];
    const network = sequential([first, tanh, second]);
    const p = network.init(key);
    expect(p[1]).toEqual({});
    const x = normal(randomKey(2), [4, 2]);
    const y = second.apply(p[2], first.apply(p[0], x).tanh());
    expect(network.apply(p, x).toArray()).toEqual(y.toArray());
    const slope = grad((q: typeof p, at: Tensor) => network.apply(q, at).sum())(p, x);
    expect(slope[2].bias.toArray()).toEqual([4]);
  });

  test("parts draw by their position: what stands behind changes nothing", () => {
    const layer = dense({ inputs: 3, outputs: 3 });
    const short = sequential([layer, layer]).init(key);
    const long = sequential([layer, layer, layer]).init(key);
    expect(long[1].weight.toArray()).toEqual(short[1].weight.toArray());
    expect(short[0].weight.toArray()).not.toEqual(short[1].weight.toArray());
  });

  test("every part is given a key of its own", () => {
    const x = ones([30]);
    const seen: Tensor[] = [];
    const onOutput = (_: string, __: SomeLayer, y: Tensor) => seen.push(y.notEqual(0));
    const network = sequential([residual(dropout({ rate: 0.5 })), residual(dropout({ rate: 0.5 }))]);
    const run = (seed: number) => {
      seen.length = 0;
      network.apply(network.init(key), x, { training: true, key: randomKey(seed), onOutput });
      return seen.map((mask) => mask.toArray());
    };
    const [first, , second] = run(1);
    expect(first).not.toEqual(second);
    expect(run(1)[0]).toEqual(first);
    expect(run(2)[0]).not.toEqual(first);
  });

  test("tells the outputs of all layers inside, with their paths, innermost first", () => {
    const network = sequential([
      relu,
      residual(sequential([dense({ inputs: 2, outputs: 2 }), tanh]), {
        shortcut: dense({ inputs: 2, outputs: 2 }),
      }),
    ]);
    const told: string[] = [];
    network.apply(network.init(key), ones([3, 2]), {
      onOutput: (path, { title }, y) => told.push(`${path} ${title} [${y.shape}]`),
    });
    expect(told).toEqual([
      "[0] relu [3,2]",
      "[1].inner[0] dense 2 → 2 [3,2]",
      "[1].inner[1] tanh [3,2]",
      "[1].inner sequential of 2 layers [3,2]",
      "[1].shortcut dense 2 → 2 [3,2]",
      "[1] residual with a shortcut [3,2]",
    ]);
  });

  test("passes statistics on", () => {
    const network = sequential([residual(sequential([batchNorm({ features: 2 })]))]);
    const p = network.init(key);
    const told: Tensor[] = [];
    network.apply(p, normal(key, [5, 2]), { training: true, onStatistic: (old) => told.push(old) });
    const { runningMean, runningVar } = p[0].inner[0];
    expect(told.length).toBe(2);
    expect(told[0]).toBe(runningMean);
    expect(told[1]).toBe(runningVar);
  });

  test("knows the shape of an example where its first layer does", () => {
    const first = dense({ inputs: 7, outputs: 1 });
    expect(sequential([sequential([residual(first)])]).inputShape).toEqual([7]);
    expect(sequential([relu, first]).inputShape).toBeUndefined();
  });
});

describe("functions", () => {
  test("those in the table are layers by their name, others have no description", () => {
    const scaled = (x: Tensor): Tensor => x.mul(2);
    const { parts = [], description } = sequential([relu, scaled]);
    expect(parts.map(([path, { name, title }]) => [path, name, title])).toEqual([
      ["[0]", "activation", "relu"],
      ["[1]", "function", "scaled"],
    ]);
    expect(description).toBeUndefined();
    expect(residual(scaled).description).toBeUndefined();
    expect(residual(relu, { shortcut: scaled }).description).toBeUndefined();
  });

  test("a function with plain operators is refused where it is traced", () => {
    const network = sequential([(x) => (Number(x) > 0 ? x : x.neg())]);
    const p = network.init(key);
    expect(network.apply(p, tensor([-1])).toArray()).toEqual([1]);
    expect(() => grad((x: Tensor) => network.apply(p, x).sum())(tensor([1]))).toThrow(
      "sequential, [0] function: a plain operator or Math function met a traced tensor",
    );
  });

  test("activations have settings", () => {
    expect(activation("elu", { alpha: 2 }).title).toBe("elu 2");
    expect(activation("relu").description).toEqual({ layer: "activation", name: "relu" });
    expect(() => activation("elu", { alpha: 0 })).toThrow(
      'activation("elu")({ alpha }): must be a number in (0, ∞); got 0',
    );
    expect(() => activation("relu", JSON.parse('{"slope":1}'))).toThrow(
      'activation("relu"): unknown option "slope"',
    );
    expect(() => activation(JSON.parse('"gelo"'))).toThrow('there is no activation "gelo"');
  });
});

describe("residual", () => {
  test("adds, in the dtype of what is inside", () => {
    const layer = residual(dense({ inputs: 2, outputs: 2 }));
    const weight = tensor([
      [1, 0],
      [0, 2],
    ]);
    const y = layer.apply({ inner: { weight, bias: tensor([0, 1]) } }, tensor([[1, 1]], "int32"));
    expect([y.dtype, y.toArray()]).toEqual(["float64", [[2, 4]]]);
    const narrow = layer.apply(layer.init(key), ones([1, 2]));
    expect(narrow.dtype).toBe("float32");
  });
});

describe("errors", () => {
  const wide = dense({ inputs: 784, outputs: 256 });
  const nested = sequential([relu, residual(sequential([dense({ inputs: 3, outputs: 4 })]))]);
  const at =
    <P extends object>(network: Layer<P>, x: Tensor, training = false) =>
    () =>
      network.apply(network.init(key), x, { training });
  test.each<[string, () => unknown, abstract new (...args: never[]) => Error, string]>([
    [
      "the layer, its place and the remedy",
      at(sequential([relu, relu, wide]), ones([32, 28, 28])),
      ShapeError,
      "sequential, [2] dense 784 → 256: needs inputs [n, 784]; got [32, 28, 28]; put flattening() before it",
    ],
    [
      "deep inside",
      at(nested, ones([2, 4])),
      ShapeError,
      "sequential, [1].inner[0] dense 3 → 4: needs inputs [n, 3]; got [2, 4]",
    ],
    [
      "of a layer made of layers",
      at(nested, ones([2, 3])),
      ShapeError,
      "sequential, [1] residual: the inner layer gives [2, 4], what is added to it is [2, 3]; give a { shortcut }",
    ],
    [
      "of an operation inside of a function",
      at(
        sequential([
          function mixed(x) {
            return x.matmul(ones([9]));
          },
        ]),
        ones([2, 4]),
      ),
      ShapeError,
      "sequential, [0] mixed: matmul: shapes [2, 4] and [9] do not fit",
    ],
    [
      "no key",
      at(residual(dropout()), ones([2]), true),
      ArgumentError,
      "residual, .inner dropout 0.5: needs a key while training",
    ],
    [
      "dtypes",
      at(sequential([embedding({ count: 3, size: 2 })]), ones([2])),
      DtypeError,
      "sequential, [0] embedding 3 × 2: needs ids of int32",
    ],
    [
      "ids",
      at(sequential([embedding({ count: 3, size: 2 })]), tensor([5], "int32")),
      IndexError,
      "sequential, [0] embedding 3 × 2: ids run from 0 to 2; got 5",
    ],
    [
      "a layer that was not called",
      at(sequential([JSON.parse("null") ?? flattening]), ones([2])),
      ArgumentError,
      "sequential, [0] flattening: a function in a network gives a tensor; got an object with the keys { name, title, description, init, apply }; call it: flattening()",
    ],
    [
      "no parts",
      () => sequential([]),
      ArgumentError,
      "sequential: needs a list of layers and functions, at least one; got []",
    ],
    ["no list", () => sequential(JSON.parse("{}")), ArgumentError, "sequential: needs a list of layers"],
    [
      "no layer",
      () => sequential([relu, JSON.parse("3")]),
      ArgumentError,
      "sequential, [1]: is made of layers, and of functions of a tensor; got 3",
    ],
    [
      "no layer inside",
      () => residual(JSON.parse("{}")),
      ArgumentError,
      "residual, .inner: is made of layers",
    ],
    [
      "parameters of another network",
      () => nested.apply(JSON.parse("[{}]"), ones([2, 3])),
      ArgumentError,
      "sequential: the parameters are a list with one entry for each of 2 layers; got 1 entries; make parameters with init(key)",
    ],
    [
      "no parameters",
      () => nested.apply(JSON.parse("{}"), ones([2, 3])),
      ArgumentError,
      "got an object with the keys {  }; make parameters with init(key)",
    ],
    [
      "none of a part",
      () => nested.apply(JSON.parse("[{}, {}]"), ones([2, 3])),
      ArgumentError,
      "sequential, [1] residual: the parameters must hold those of .inner",
    ],
    [
      "no tensor",
      () => nested.apply(nested.init(key), JSON.parse("[1]")),
      ArgumentError,
      "sequential: inputs are a tensor",
    ],
  ])("%s", (_, call, kind, text) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(text);
  });

  test("errors of other kinds pass as they are", () => {
    const network = sequential([
      () => {
        throw new RangeError("mine");
      },
    ]);
    expect(at(network, ones([1]))).toThrow(new RangeError("mine"));
  });
});
