/** Layers and a network of all of them against PyTorch; networks/make.py wrote the numbers, and names and layout of parameters are its own. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { leafPaths } from "../../src/autodiff/paths.ts";
import {
  activation,
  averagePooling2d,
  batchNorm,
  compile,
  convolution2d,
  dense,
  dropout,
  embedding,
  flattening,
  flattenTree,
  gelu,
  type Leaf,
  layerFrom,
  layerNorm,
  logSoftmax,
  maxPooling2d,
  randomKey,
  relu,
  residual,
  type SomeLayer,
  sequential,
  Tensor,
  tensor,
  unflattenTree,
  valueAndGrad,
} from "../../src/index.ts";
import { openLayer } from "../../src/nn/layer.ts";
import { expectClose } from "../tools/close.ts";

interface Numbers {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

type Named = Readonly<Record<string, Numbers>>;

interface Case {
  readonly parameters: Named;
  readonly x: Numbers;
  readonly cotangent: Numbers;
  readonly output: Numbers;
  readonly gradients: Named;
  readonly inputGradient: Numbers | null;
  readonly buffers: Named;
  readonly evaluated: Numbers;
}

const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, "networks/layers.json"), "utf8")) as {
  readonly cases: Readonly<Record<string, Case>>;
};

const network = sequential([
  convolution2d({ inputs: 2, outputs: 4, kernel: 3, padding: 1, bias: false }),
  batchNorm({ features: 4 }),
  relu,
  maxPooling2d({ window: 2 }),
  residual(
    sequential([
      convolution2d({ inputs: 4, outputs: 4, kernel: 3, padding: "same" }),
      activation("leaky-relu", { slope: 0.2 }),
    ]),
    { shortcut: convolution2d({ inputs: 4, outputs: 4, kernel: 1, bias: false }) },
  ),
  averagePooling2d({ window: 2 }),
  flattening(),
  dense({ inputs: 16, outputs: 6 }),
  layerNorm({ shape: 6 }),
  gelu,
  dropout({ rate: 0 }),
  dense({ inputs: 6, outputs: 3 }),
  logSoftmax,
]);

const layers: Readonly<Record<string, SomeLayer>> = {
  dense: dense({ inputs: 4, outputs: 3 }),
  "dense with axes between": dense({ inputs: 4, outputs: 3 }),
  "dense without bias": dense({ inputs: 4, outputs: 3, bias: false }),
  convolution: convolution2d({
    inputs: 4,
    outputs: 6,
    kernel: [3, 2],
    stride: [2, 1],
    padding: [1, 0],
    dilation: [1, 2],
    groups: 2,
  }),
  "max pooling": maxPooling2d({ window: 3, stride: 2, padding: 1 }),
  "average pooling": averagePooling2d({ window: [2, 3], padding: [1, 0] }),
  "batch norm of rows": batchNorm({ features: 3 }),
  "batch norm of images": batchNorm({ features: 2, momentum: 0.3, epsilon: 0.01 }),
  "layer norm": layerNorm({ shape: 4 }),
  "layer norm over two axes": layerNorm({ shape: [2, 3], epsilon: 0.01 }),
  embedding: embedding({ count: 5, size: 3 }),
  elu: activation("elu", { alpha: 0.7 }),
  residual: residual(dense({ inputs: 3, outputs: 3 })),
  network,
};

/** The name in PyTorch's files: `4.inner.0.running_mean` for `[4].inner[0].runningMean`. */
const nameOf = (path: string): string =>
  path
    .replaceAll(/\[(\d+)\]/g, ".$1")
    .replace(/^\./, "")
    .replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const read = ({ shape, values }: Numbers): Tensor => tensor(values, { shape });

/** The tree of a layer's parameters, filled by name. */
function treeOf(layer: SomeLayer, named: Named): object {
  const tree = layer.init(randomKey(1));
  const names = leafPaths(tree).map(nameOf);
  expect(new Set(names)).toEqual(new Set(Object.keys(named)));
  const { structure, leaves } = flattenTree(tree);
  const filled = names.map((name, i) => {
    const numbers = named[name];
    expect(numbers?.shape).toEqual(leaves[i] instanceof Tensor ? leaves[i].shape : undefined);
    return numbers && read(numbers);
  });
  return Object(unflattenTree(structure, filled));
}

/** The leaves of a tree by name. */
const namedLeaves = (tree: object): Map<string, Leaf> => {
  const { leaves } = flattenTree(tree);
  return new Map(leafPaths(tree).map((path, i): [string, Leaf] => [nameOf(path), leaves[i] ?? 0]));
};

/** Sums in another order over some dozen terms, in double precision. */
const tolerance = 1e-12;

/** What a layer gives for a case, its derivatives, and what its statistics become. */
function run(layer: SomeLayer, { parameters, x, cotangent, inputGradient }: Case) {
  const { apply } = openLayer(layer);
  const p = treeOf(layer, parameters);
  const input = inputGradient === null ? read(x).cast("int32") : read(x);
  const statistics = new Map<unknown, Tensor>();
  const output = apply(p, input, {
    training: true,
    key: randomKey(2),
    onStatistic: (old, next) => statistics.set(old, next),
  });
  const loss = (point: { readonly p: object; readonly x?: Tensor }, fixed: Tensor, g: Tensor): Tensor =>
    apply(point.p, point.x ?? fixed, { training: true, key: randomKey(2) })
      .mul(g)
      .sum();
  const point = inputGradient === null ? { p } : { p, x: input };
  const { grad } = valueAndGrad(loss)(point, input, read(cotangent));
  const buffers = [...namedLeaves(p)].flatMap(([name, leaf]): [string, Tensor][] => {
    const next = statistics.get(leaf);
    return next ? [[name, next]] : [];
  });
  const moved = new Map(buffers);
  const { structure } = flattenTree(p);
  const after = [...namedLeaves(p)].map(([name, leaf]) => moved.get(name) ?? leaf);
  const evaluated = apply(Object(unflattenTree(structure, after)), input);
  return { output, grad, buffers: moved, evaluated };
}

test("every case is a layer here, and the other way round", () => {
  expect(Object.keys(layers)).toEqual(Object.keys(cases));
});

describe.each(Object.entries(layers))("%s", (name, layer) => {
  const expected = cases[name];
  if (expected === undefined) throw new Error(`no case ${name}`);

  test("outputs, gradients and statistics are PyTorch's", () => {
    const { output, grad, buffers, evaluated } = run(layer, expected);
    expect(output.shape).toEqual(expected.output.shape);
    expectClose(output, expected.output.values, tolerance);
    const gradients = namedLeaves(grad.p);
    for (const [key, { values }] of Object.entries(expected.gradients))
      expectClose(gradients.get(key), values, tolerance);
    if (expected.inputGradient) expectClose(grad.x, expected.inputGradient.values, tolerance);
    expect(new Set(buffers.keys())).toEqual(new Set(Object.keys(expected.buffers)));
    for (const [key, next] of buffers) expectClose(next, expected.buffers[key]?.values, tolerance);
    expectClose(evaluated, expected.evaluated.values, tolerance);
  });

  test("so they are of the layer that its description makes", () => {
    const again = layerFrom(JSON.parse(JSON.stringify(layer.description)));
    expect(again.description).toEqual(layer.description);
    expectClose(run(again, expected).output, expected.output.values, tolerance);
  });

  test("compiled and in float32 it is the same to float32", () => {
    const { apply } = openLayer(layer);
    const narrow = (x: Numbers) => read(x).cast("float32");
    const p = treeOf(layer, expected.parameters);
    const { structure, leaves } = flattenTree(p);
    const p32 = Object(
      unflattenTree(
        structure,
        leaves.map((leaf) => (leaf instanceof Tensor ? leaf.cast("float32") : leaf)),
      ),
    );
    const x = expected.inputGradient === null ? read(expected.x).cast("int32") : narrow(expected.x);
    const y = compile((q: object, input: Tensor) => apply(q, input, { training: true, key: randomKey(2) }))(
      p32,
      x,
    );
    expect(y.dtype).toBe("float32");
    expectClose(y, expected.output.values, 1e-5);
  });
});
