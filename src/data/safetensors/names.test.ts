/** Names by the rule of PyTorch's `state_dict`; the way back by property. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError, FileError } from "../../core/errors.ts";
import { type Tensor, tensor, zeros } from "../../tensor/index.ts";
import { namedTensors, parametersFrom } from "./names.ts";
import { readSafetensors } from "./read.ts";
import { writeSafetensors } from "./write.ts";

const names = (tree: object): string[] => namedTensors(tree).map(([name]) => name);

describe("names", () => {
  test("are paths with dots in snake_case", () => {
    const x = tensor(1);
    expect(names([{ weight: x, bias: x }, {}, { runningMean: x, runningVar: x }])).toEqual([
      "0.weight",
      "0.bias",
      "2.running_mean",
      "2.running_var",
    ]);
    expect(names({ encoder: [{ inner: [{ W: x, weightL0: x }] }] })).toEqual([
      "encoder.0.inner.0.W",
      "encoder.0.inner.0.weight_l0",
    ]);
    expect(names({ w: 3, b: new Float32Array(2) })).toEqual(["w", "b"]);
  });

  test("are different, and there is one for each leaf", () => {
    expect(() => namedTensors({ aB: tensor(1), a_b: tensor(2) })).toThrow(
      'namedTensors: two leaves are called "a_b" in files; rename one of them',
    );
    expect(() => namedTensors({ a: { b: 1 }, "a.b": 1 })).toThrow(ArgumentError);
    expect(() => namedTensors(tensor(1))).toThrow("a tensor alone has no name; put it into an object");
    expect(() => namedTensors({ a: "text" })).toThrow(ArgumentError);
  });
});

describe("parametersFrom", () => {
  const like = (): [{ weight: Tensor; bias: Tensor }, object, { runningMean: Tensor }] => [
    { weight: zeros([2, 3], "float32"), bias: zeros([2], "float32") },
    {},
    { runningMean: zeros([2], "float32") },
  ];
  const whole = (): Map<string, Tensor> =>
    new Map([
      [
        "0.weight",
        tensor([
          [1, 2, 3],
          [4, 5, 6],
        ]),
      ],
      ["0.bias", tensor([7, 8])],
      ["2.running_mean", tensor([9, 10])],
    ]);

  test("fills the structure, in its dtypes", () => {
    const filled = parametersFrom(whole(), like());
    expect(filled[0].weight.dtype).toBe("float32");
    expect(filled[0].weight.toArray()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(filled[1]).toEqual({});
    expect(filled[2].runningMean.toArray()).toEqual([9, 10]);
    expect(
      parametersFrom(
        new Map([
          ["w", tensor(3)],
          ["b", tensor([1, 2])],
        ]),
        { w: 1, b: new Float32Array(2) },
      ),
    ).toEqual({ w: 3, b: Float32Array.of(1, 2) });
  });

  test("passes over the batches that PyTorch counts", () => {
    const counted = whole().set("2.num_batches_tracked", tensor(5, "int32"));
    expect(parametersFrom(counted, like())[2].runningMean.toArray()).toEqual([9, 10]);
  });

  test("says everything that does not fit, in one sentence", () => {
    const other = new Map([
      [
        "0.weight",
        tensor([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
      ],
      ["0.bias", tensor([1, 2], "int32")],
      ["1.bias", tensor([1])],
    ]);
    expect(() => parametersFrom(other, like(), "net.safetensors")).toThrow(
      new FileError(
        'net.safetensors does not fit the parameters it is to fill: it lacks "2.running_mean" [2]; it has "1.bias" [1] without place there; "0.weight" is float64 [3, 2] and not float32 [2, 3], "0.bias" is int32 [2] and not float32 [2]. Make the network as it was when it was saved (the same layers, of the same sizes), or rename the tensors.',
      ),
    );
    const many = new Map(Array.from({ length: 9 }, (_, i) => [`x${i}`, tensor(i)]));
    expect(() => parametersFrom(many, {})).toThrow('"x5" [] and 3 more without place there');
  });

  test("is the way back from names, for any tree", () => {
    const leaf = fc.array(fc.float({ noNaN: true }), { maxLength: 3 }).map((list) => tensor(list, "float32"));
    const key = fc.stringMatching(/^[a-z]{1,3}([A-Z][a-z])?$/);
    const { tree } = fc.letrec<{ tree: object; child: unknown }>((tie) => ({
      child: fc.oneof({ depthSize: "small" }, leaf, tie("tree")),
      tree: fc.oneof(
        { depthSize: "small" },
        fc.array(tie("child"), { maxLength: 3 }),
        fc.dictionary(key, tie("child"), { maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    const written = (x: unknown): unknown => JSON.parse(JSON.stringify(x));
    fc.assert(
      fc.property(tree, (parameters) => {
        const { tensors } = readSafetensors(writeSafetensors(namedTensors(parameters)));
        expect(written(parametersFrom(tensors, parameters))).toEqual(written(parameters));
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });
});
