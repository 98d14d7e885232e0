/** Descriptions of layers: the way there and back, and what nobody honest would write. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { leafPaths } from "../autodiff/paths.ts";
import { ArgumentError } from "../core/errors.ts";
import { flattenTree, gelu, ones, randomKey, relu, softmax, type Tensor } from "../tensor/index.ts";
import { layerFrom } from "./describe.ts";
import { heUniform, normalWeights, orthogonal, xavierUniform } from "./initializers/index.ts";
import type { SomeLayer } from "./layer.ts";
import {
  activation,
  averagePooling2d,
  batchNorm,
  convolution2d,
  dense,
  dropout,
  embedding,
  flattening,
  layerNorm,
  maxPooling2d,
  residual,
  sequential,
} from "./layers/index.ts";
import { lenet, mlp } from "./models/index.ts";

const everything = sequential([
  convolution2d({ inputs: 3, outputs: 4, kernel: [3, 5], padding: "same", bias: heUniform({ fan: "out" }) }),
  batchNorm({ features: 4, momentum: 0.2 }),
  maxPooling2d({ window: 2, stride: [1, 2] }),
  averagePooling2d({ window: 2 }),
  flattening(),
  residual(sequential([dense({ inputs: 4, outputs: 4, initializer: orthogonal({ gain: 2 }) }), relu]), {
    shortcut: dense({ inputs: 4, outputs: 4, bias: false }),
  }),
  residual(layerNorm({ shape: [2, 2] })),
  dropout({ rate: 0.25 }),
  activation("leaky-relu", { slope: 0.3 }),
  embedding({ count: 5, size: 2, initializer: normalWeights({ std: 0.1 }) }),
  gelu,
  softmax,
]);

const models: Readonly<Record<string, SomeLayer>> = {
  everything,
  dense: dense({ inputs: 2, outputs: 3, initializer: xavierUniform() }),
  mlp: mlp({ inputs: 4, hidden: [8, 5], outputs: 3, activation: "tanh" }),
  lenet: lenet({ classes: 3, side: 16, channels: 2 }),
};

const numbers = (tree: object): unknown =>
  flattenTree(tree).leaves.map((leaf) => Array.from((leaf as Tensor).toTypedArray()));

describe("there and back", () => {
  test.each(Object.entries(models))("%s", (_, model) => {
    const again = layerFrom(JSON.parse(JSON.stringify(model.description)));
    expect(again.description).toEqual(model.description);
    expect([again.name, again.title]).toEqual([model.name, model.title]);
    // Initializers come along: the same key draws the same.
    const [one, other] = [model.init(randomKey(3)), again.init(randomKey(3))];
    expect(leafPaths(other)).toEqual(leafPaths(one));
    expect(numbers(other)).toEqual(numbers(one));
  });

  test("an initializer of one's own stays behind, since it can only be used before training", () => {
    const own = { name: "own", settings: {}, draw: (_: Tensor, shape: readonly number[]) => ones(shape) };
    const { description } = dense({ inputs: 1, outputs: 1, initializer: own, bias: own });
    expect(description).toEqual({ layer: "dense", inputs: 1, outputs: 1, bias: true });
  });
});

const deep = (depth: number): unknown => {
  let made: unknown = { layer: "flattening" };
  for (let i = 0; i < depth; i++) made = { layer: "residual", inner: made };
  return made;
};

const twins: Record<string, unknown> = { layer: "sequential" };
twins.parts = [twins, twins];

describe("what is no description", () => {
  test.each<[string, unknown, string]>([
    ["nothing", undefined, "layerFrom: a layer is described by { layer, ...settings }; got undefined"],
    ["text", "dense", 'layerFrom: a layer is described by { layer, ...settings }; got "dense"'],
    ["a list", [], "layerFrom: a layer is described by"],
    ["no kind", {}, "layerFrom: there is no layer undefined; the layers are dense, convolution2d"],
    ["an unknown kind", { layer: "lstm" }, 'layerFrom: there is no layer "lstm"'],
    ["a kind that objects have", { layer: "constructor" }, 'there is no layer "constructor"'],
    [
      "a prototype",
      JSON.parse('{"layer":"flattening","__proto__":{"x":1}}'),
      'flattening: unknown option "__proto__"',
    ],
    ["a missing setting", { layer: "dense", inputs: 3 }, "layerFrom: dense({ outputs }): must be given"],
    [
      "an unknown setting",
      { layer: "dropout", p: 0.5 },
      'layerFrom: dropout: unknown option "p"; the options are { rate }',
    ],
    [
      "a number as text",
      { layer: "dense", inputs: "3", outputs: 1 },
      'layerFrom: dense({ inputs }): must be a whole number from 1 to 2147483647; got "3"',
    ],
    ["infinite sizes", { layer: "dense", inputs: Infinity, outputs: 1 }, "got Infinity"],
    ["absurd sizes", { layer: "dense", inputs: 1e15, outputs: 1 }, "got 1000000000000000"],
    [
      "an absurd product",
      { layer: "embedding", count: 2e9, size: 2e9 },
      "layerFrom: embedding: weights [2000000000, 2000000000] would be",
    ],
    [
      "an absurd shape",
      { layer: "layer-norm", shape: [1e5, 1e5] },
      "layerFrom: layerNorm: weights [100000, 100000]",
    ],
    [
      "an initializer that is none",
      { layer: "dense", inputs: 1, outputs: 1, initializer: { name: "x" } },
      'layerFrom: there is no initializer "x"',
    ],
    [
      "an activation that is none",
      { layer: "activation", name: "toString" },
      'layerFrom: there is no activation "toString"',
    ],
    [
      "parts that are no list",
      { layer: "sequential", parts: {} },
      "layerFrom: sequential({ parts }): must be a list",
    ],
    [
      "no parts",
      { layer: "sequential", parts: [] },
      "layerFrom: sequential: needs a list of layers and functions",
    ],
    [
      "a part that is none",
      { layer: "sequential", parts: [{ layer: "flattening" }, 3] },
      "layerFrom, [1]: a layer is described by { layer, ...settings }; got 3",
    ],
    [
      "something deep inside",
      {
        layer: "sequential",
        parts: [
          { layer: "residual", inner: { layer: "sequential", parts: [{ layer: "dropout", rate: 2 }] } },
        ],
      },
      "layerFrom, [0].inner[0]: dropout({ rate }): must be a number in [0, 1); got 2",
    ],
    ["no inner layer", { layer: "residual" }, "layerFrom, .inner: a layer is described by"],
    [
      "a wrong shortcut",
      { layer: "residual", inner: { layer: "flattening" }, shortcut: 0 },
      "layerFrom, .shortcut: a layer is described by",
    ],
    [
      "more layers than anybody writes",
      { layer: "sequential", parts: new Array(10_001).fill({ layer: "flattening" }) },
      "must be a list of at most 10000 descriptions",
    ],
    ["layers too deep in each other", deep(101), "layers stand in each other at most 100 deep"],
    ["a million deep", deep(1_000_000), "at most 100 deep"],
    ["itself, twice", twins, "at most 100 deep"],
  ])("%s", (_, description, text) => {
    expect(() => layerFrom(description)).toThrow(ArgumentError);
    expect(() => layerFrom(description)).toThrow(text);
  });

  test("many layers in many", () => {
    const hundred = (part: unknown): unknown => ({ layer: "sequential", parts: new Array(100).fill(part) });
    expect(() => layerFrom(hundred(hundred(hundred({ layer: "flattening" }))))).toThrow(
      "at most 10000 layers",
    );
  });

  test("a hundred deep is a layer", () => {
    expect(layerFrom(deep(100)).name).toBe("residual");
  });

  test("any data is a layer or an ArgumentError", () => {
    const kinds = [
      "dense",
      "convolution2d",
      "max-pooling2d",
      "batch-norm",
      "layer-norm",
      "dropout",
      "embedding",
      "activation",
      "residual",
      "sequential",
      "flattening",
    ];
    const keys = [
      "inputs",
      "outputs",
      "kernel",
      "stride",
      "padding",
      "groups",
      "window",
      "features",
      "shape",
      "rate",
      "count",
      "size",
      "inner",
      "parts",
      "name",
      "bias",
      "initializer",
      "epsilon",
    ];
    const { layer } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.anything(),
        fc.integer({ min: -2, max: 9 }),
        fc.boolean(),
        tie("layer"),
        fc.array(tie("layer"), { maxLength: 3 }),
      ),
      layer: fc
        .tuple(
          fc.constantFrom(...kinds),
          fc.dictionary(fc.constantFrom(...keys), tie("value"), { maxKeys: 5 }),
        )
        .map(([kind, settings]) => ({ ...settings, layer: kind })),
    }));
    fc.assert(
      fc.property(layer, (description) => {
        try {
          layerFrom(description);
        } catch (error) {
          expect(error).toBeInstanceOf(ArgumentError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
