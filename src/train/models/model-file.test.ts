/** Model files: round trips, and descriptions that lie. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ArgumentError, FileError } from "../../core/errors.ts";
import { namedTensors, readSafetensors, writeSafetensors } from "../../data/safetensors/index.ts";
import { orthogonal } from "../../nn/initializers/index.ts";
import { openLayer, type SomeLayer } from "../../nn/layer.ts";
import {
  batchNorm,
  convolution2d,
  dense,
  embedding,
  flattening,
  layerNorm,
  maxPooling2d,
  residual,
  sequential,
} from "../../nn/layers/index.ts";
import { normal, randomKey, relu, type Tensor } from "../../tensor/index.ts";
import type { ModelFacts } from "./model-facts.ts";
import { decodeModel, encodeModel, loadModel, saveModel } from "./model-file.ts";
import { loadParameters, saveParameters } from "./parameters-file.ts";

const facts = (model: SomeLayer, more: Partial<ModelFacts> = {}): ModelFacts => ({
  format: "nabla-model",
  version: 1,
  ...(model.description && { model: model.description }),
  inputShape: [4],
  inputDtype: "float32",
  loss: { name: "cross-entropy", settings: { labelSmoothing: 0.1 } },
  ...more,
});
const small = sequential([dense({ inputs: 4, outputs: 3 }), relu, dense({ inputs: 3, outputs: 2 })]);
const encoded = (more: object = {}): Uint8Array =>
  encodeModel({ ...facts(small), ...more }, small.init(randomKey(1)));

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nabla-model-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe("a model is what it was", () => {
  const networks: [string, SomeLayer, readonly number[]][] = [
    ["dense layers", small, [4]],
    ["a single layer", dense({ inputs: 4, outputs: 2 }), [4]],
    [
      "every kind of layer",
      sequential([
        convolution2d({ inputs: 1, outputs: 4, kernel: 3, padding: 1, initializer: orthogonal() }),
        batchNorm({ features: 4 }),
        relu,
        residual(
          sequential([
            convolution2d({ inputs: 4, outputs: 4, kernel: 3, padding: 1, groups: 4, bias: false }),
          ]),
        ),
        maxPooling2d({ window: 2 }),
        flattening(),
        layerNorm({ shape: 16 }),
        dense({ inputs: 16, outputs: 2 }),
      ]),
      [1, 4, 4],
    ],
  ];
  test.each(networks)("%s", (_, some, inputShape) => {
    const network = openLayer(some);
    const parameters = network.init(randomKey(3));
    const read = decodeModel(encodeModel(facts(network, { inputShape }), parameters));
    expect(read.facts).toEqual(facts(network, { inputShape }));
    expect(read.model.description).toEqual(network.description);
    const x = normal(randomKey(4), [5, ...inputShape], { dtype: "float32" });
    const [ours, theirs] = [network.apply(parameters, x), read.model.apply(read.parameters, x)];
    expect(theirs.toArray()).toEqual(ours.toArray());
  });

  test("with all its facts", () => {
    const more: Partial<ModelFacts> = {
      standardization: { mean: [114.8, 0.00323, 1, 0], scale: [0.1, 5e-324, 1, 1] },
      labels: ["no", 2],
      columns: [
        { kind: "number", name: "age", fill: 30 },
        { kind: "category", name: "town", categories: ["Ulm", "Bonn", ""], fill: "Ulm" },
      ],
      target: "__proto__",
    };
    expect(decodeModel(encoded(more)).facts).toEqual(facts(small, more));
  });

  test("embeddings, whose inputs are numbers of vectors", () => {
    const network = embedding({ count: 5000, size: 2 });
    const read = decodeModel(
      encodeModel(facts(network, { inputDtype: "int32" }), network.init(randomKey(1))),
    );
    expect(namedTensors(read.parameters)[0]?.[1].shape).toEqual([5000, 2]);
  });
});

describe("a file that is no model", () => {
  const withFacts = (text: string): Uint8Array =>
    writeSafetensors(namedTensors(small.init(randomKey(1))), { nabla: text });
  const described = (model: unknown, more: object = {}): Uint8Array =>
    withFacts(JSON.stringify({ ...facts(small), model, ...more }));
  const dense3 = (more: object): object => ({ layer: "dense", inputs: 4, outputs: 3, bias: true, ...more });
  const cases: [string, Uint8Array, RegExp][] = [
    [
      "weights alone",
      writeSafetensors(namedTensors(small.init(randomKey(1)))),
      /^net holds weights, and not what network .* loadParameters/,
    ],
    [
      "no JSON",
      withFacts("{"),
      /^net is no model that can be used: it holds a description that is no JSON\. Save/,
    ],
    ["no facts", withFacts("[]"), /must be the facts of a model/],
    [
      "a later version",
      described(small.description, { version: 2 }),
      /is of version 2, and this is 1; use the Nabla that wrote it/,
    ],
    ["facts that nobody knows", described(small.description, { colour: 1 }), /has "colour", which facts/],
    ["no layers", described(undefined), /^net does not say what its network is made of/],
    ["no layer", described({ layer: "hyper" }), /describes no network: layerFrom: there is no layer "hyper"/],
    [
      "a layer that lacks settings",
      described({ layer: "dense", inputs: 4 }),
      /dense\(\{ outputs \}\): must be given/,
    ],
    ["nesting without end", withFacts('{"a":'.repeat(1e6)), /nests its description more than 300 deep/],
    ["quotation marks without end", withFacts(`"${'\\"'.repeat(1e6)}`), /no JSON/],
    [
      "layers in layers without end",
      described(
        Array.from({ length: 120 }).reduce((inner: object) => ({ layer: "residual", inner }), dense3({})),
      ),
      /at most 100 deep/,
    ],
    [
      "layers without end",
      described({ layer: "sequential", parts: Array.from({ length: 20_000 }, () => dense3({})) }),
      /at most 10000/,
    ],
    [
      "layers of terabytes",
      described(dense3({ inputs: 2 ** 30, outputs: 1000 })),
      /sizes of 1073741824 and more, and holds tensors of 23 numbers/,
    ],
    [
      "layers of gigabytes by initializers that draw nothing",
      described(dense3({ inputs: 1024, outputs: 1024, initializer: { name: "constant-weights", value: 1 } })),
      /does not fit the parameters/,
    ],
    [
      "normalization of gigabytes",
      described({ layer: "layer-norm", shape: [40_000, 40_000] }),
      /sizes of 1600000000/,
    ],
    [
      "many layers of middling size",
      described({
        layer: "sequential",
        parts: Array.from({ length: 9000 }, () => ({ layer: "batch-norm", features: 100_000 })),
      }),
      /sizes of 900000000/,
    ],
    [
      "inputs of another shape than the layers take",
      described(small.description, { inputShape: [5] }),
      /describes no network: .*needs inputs \[n, 4\]; got \[1, 5\]/,
    ],
    [
      "more labels than outputs",
      described(small.description, { labels: ["a", "b", "c"] }),
      /has 3 labels, where outputs \[n, 2\] trained with cross-entropy tell 2 apart/,
    ],
    ["other shapes than the layers'", described(dense3({ outputs: 2 })), /^net does not fit the parameters/],
  ];
  test.each(cases)("%s", (_, bytes, message) => {
    expect(() => decodeModel(bytes, "net")).toThrow(FileError);
    expect(() => decodeModel(bytes, "net")).toThrow(message);
  });

  test("an output that tells yes from no, with labels that are not two", () => {
    const one = dense({ inputs: 4, outputs: 1 });
    const bytes = encodeModel(
      facts(one, { labels: ["yes"], loss: { name: "binary-cross-entropy", settings: {} } }),
      one.init(randomKey(1)),
    );
    expect(() => decodeModel(bytes)).toThrow(
      /has 1 labels, where outputs \[n, 1\] trained with binary-cross-entropy tell 2 apart/,
    );
  });

  const wrong: [Record<string, unknown>, RegExp][] = [
    [{ inputShape: [0] }, /inputShape must be whole numbers ≥ 1/],
    [{ inputShape: [2 ** 20, 2 ** 20] }, /inputShape must be/],
    [{ inputShape: "4" }, /inputShape must be/],
    [{ inputDtype: "float16" }, /inputDtype must be "float32", "float64" or "int32"; got "float16"/],
    [{ standardization: { mean: [0], scale: [0] } }, /standardization must have mean and scale > 0/],
    [{ standardization: { mean: [0, 0], scale: [1, 1] } }, /one for each of 4 inputs/],
    [{ standardization: { mean: [null], scale: [1] } }, /standardization must/],
    [{ labels: [] }, /labels must be different/],
    [{ labels: ["a", "a"] }, /labels must be different/],
    [{ labels: [null] }, /labels must be different/],
    [{ columns: {} }, /columns must be a list/],
    [{ columns: [{ kind: "number", name: "a" }] }, /columns make 1 inputs, and inputShape is \[4\]/],
    [
      {
        columns: [
          { kind: "number", name: "a" },
          { kind: "number", name: "a" },
        ],
      },
      /different names/,
    ],
    [{ columns: [{ kind: "date", name: "a" }] }, /a column must be/],
    [{ columns: [{ kind: "category", name: "a", categories: ["x", "x"] }] }, /a column must be/],
    [{ columns: [{ kind: "category", name: "a", categories: [] }] }, /a column must be/],
    [
      { columns: [{ kind: "category", name: "a", categories: ["x", "y"], fill: "z" }] },
      /with a fill that is one of them/,
    ],
    [{ target: 1 }, /target must be the name of a column; got 1/],
    [{ loss: { name: "x" } }, /loss must be \{ name, settings \}/],
    [{ model: [] }, /model must be the description of a layer/],
  ];
  test.each(wrong)("facts that are none: %j", (more, message) => {
    expect(() => decodeModel(described(small.description, more), "net")).toThrow(FileError);
    expect(() => decodeModel(described(small.description, more), "net")).toThrow(message);
    expect(() => encoded(more)).toThrow(ArgumentError);
    expect(() => encoded(more)).toThrow(message);
  });

  test("any facts are refused as a file's, and make nothing larger than it", () => {
    const number = fc.oneof(
      fc.integer({ min: -2, max: 6 }),
      fc.constantFrom(1e3, 1e6, 2 ** 31 - 1, 1e300, 0.5),
    );
    const { layer } = fc.letrec<{ layer: unknown; setting: unknown }>((tie) => ({
      setting: fc.oneof(
        number,
        fc.array(number, { maxLength: 3 }),
        fc.boolean(),
        fc.constant({ name: "orthogonal" }),
      ),
      layer: fc.oneof(
        { depthSize: "medium" },
        fc
          .tuple(
            fc.constantFrom(
              "dense",
              "convolution2d",
              "batch-norm",
              "layer-norm",
              "embedding",
              "max-pooling2d",
              "dropout",
            ),
            fc.dictionary(
              fc.constantFrom(
                "inputs",
                "outputs",
                "kernel",
                "features",
                "shape",
                "count",
                "size",
                "window",
                "rate",
                "bias",
                "groups",
                "initializer",
              ),
              tie("setting"),
            ),
          )
          .map(([name, settings]) => ({ layer: name, ...settings })),
        fc.array(tie("layer"), { maxLength: 3 }).map((parts) => ({ layer: "sequential", parts })),
        tie("layer").map((inner) => ({ layer: "residual", inner })),
      ),
    }));
    const any = fc.record({ model: layer, inputShape: fc.array(number, { maxLength: 3 }) });
    fc.assert(
      fc.property(any, ({ model, inputShape }) => {
        try {
          const read = decodeModel(described(model, { inputShape }), "net");
          const sizes = namedTensors(read.parameters).map(([, x]) => x.size);
          expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(23);
        } catch (error) {
          expect(error).toBeInstanceOf(FileError);
          expect(String(error)).toMatch(
            /^FileError: net (is no model that can be used: it .*\. Save it again|does not fit)/s,
          );
        }
      }),
      { seed: 20261123, numRuns: 400 },
    );
  });
});

describe("files", () => {
  test("of models", () => {
    const path = join(folder, "digits.safetensors");
    const trained = { parameters: small.init(randomKey(1)), facts: facts(small) };
    saveModel(path, trained);
    expect(readdirSync(folder)).toEqual(["digits.safetensors"]);
    expect(loadModel(path).facts).toEqual(trained.facts);
    expect(() => loadModel(join(folder, "none"))).toThrow(
      /^loadModel\(".*none"\): there is no such file; check the path$/,
    );
    expect(() => loadModel(folder)).toThrow("cannot be read (EISDIR); check what it is and who may read it");
    writeFileSync(path, "x");
    expect(() => loadModel(path)).toThrow(/^loadModel\(".*digits\.safetensors"\) ends at offset 1 within/);
  });

  test("of networks with functions that have no name are refused, before anything is written", () => {
    const network = sequential([dense({ inputs: 4, outputs: 3 }), (x: Tensor) => x.mul(2)]);
    const trained = { parameters: network.init(randomKey(1)), facts: facts(network) };
    const path = join(folder, "net.safetensors");
    expect(() => saveModel(path, trained)).toThrow("use saveParameters(path, parameters)");
    expect(existsSync(path)).toBe(false);
    expect(readSafetensors(encodeModel(trained.facts, trained.parameters)).tensors.size).toBe(2);
  });

  test("of parameters", () => {
    const path = join(folder, "net.safetensors");
    const parameters = small.init(randomKey(1));
    saveParameters(path, parameters);
    expect([
      ...readSafetensors(Buffer.from(writeSafetensors(namedTensors(parameters)))).tensors.keys(),
    ]).toEqual(["0.bias", "0.weight", "2.bias", "2.weight"]);
    const read = loadParameters(path, small.init(randomKey(2)));
    expect(read[0].weight.toArray()).toEqual(parameters[0].weight.toArray());
    const other = dense({ inputs: 4, outputs: 3 });
    expect(() => loadParameters(path, other.init(randomKey(1)))).toThrow(
      /^loadParameters\(".*"\) does not fit the parameters it is to fill: it lacks "weight" \[3, 4\]/,
    );
    expect(() => saveParameters(join(folder, "no", "net"), parameters)).toThrow(
      "cannot be written (ENOENT); choose a path in a folder that exists",
    );
    expect(() => saveParameters(3 as never, parameters)).toThrow(
      "saveParameters: needs the path of a file as text; got 3",
    );
  });

  test("need a file system", () => {
    vi.spyOn(globalThis, "process", "get").mockReturnValue(undefined as never);
    expect(() => saveParameters("net", small.init(randomKey(1)))).toThrow(
      "saveParameters(path): there are no files here; writeSafetensors(namedTensors(parameters)) gives the bytes of the file",
    );
    expect(() => loadModel("net")).toThrow(
      "loadModel(path): there are no files here; give its bytes to decodeModel",
    );
  });
});
