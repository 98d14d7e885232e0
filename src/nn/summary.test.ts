/** Summaries: counts by arithmetic, shapes as layers give them, the text as it is printed. */
import { describe, expect, test } from "vitest";
import { ShapeError } from "../core/errors.ts";
import { full, ones, relu, type Tensor } from "../tensor/index.ts";
import { orthogonal } from "./initializers/index.ts";
import type { Layer } from "./layer.ts";
import {
  batchNorm,
  convolution2d,
  dense,
  dropout,
  embedding,
  flattening,
  residual,
  sequential,
} from "./layers/index.ts";
import { lenet } from "./models/index.ts";
import { summary } from "./summary.ts";

const network = sequential([
  convolution2d({ inputs: 1, outputs: 8, kernel: 3, bias: false }),
  batchNorm({ features: 8 }),
  residual(sequential([batchNorm({ features: 8 }), relu])),
  flattening(),
  dropout(),
  dense({ inputs: 8 * 6 * 6, outputs: 2000 }),
]);

describe("summary", () => {
  test("rows, totals and text", () => {
    const table = summary(network, [1, 8, 8]);
    expect(table.rows[1]).toEqual({
      path: "[1]",
      title: "batchNorm 8",
      output: [8, 6, 6],
      parameters: 32,
      trained: 16,
    });
    expect([table.parameters, table.trained]).toEqual([72 + 32 + 32 + 578_000, 72 + 16 + 16 + 578_000]);
    expect(String(table)).toBe(
      [
        "sequential of 6 layers, inputs [n, 1, 8, 8]",
        "",
        "layer                                   output        parameters  trained",
        "[0]           convolution2d 1 → 8, 3×3  [n, 8, 6, 6]          72       72",
        "[1]           batchNorm 8               [n, 8, 6, 6]          32       16",
        "[2]           residual                  [n, 8, 6, 6]           0        0",
        "[2].inner     sequential of 2 layers    [n, 8, 6, 6]           0        0",
        "[2].inner[0]  batchNorm 8               [n, 8, 6, 6]          32       16",
        "[2].inner[1]  relu                      [n, 8, 6, 6]           0        0",
        "[3]           flattening                [n, 288]               0        0",
        "[4]           dropout 0.5               [n, 288]               0        0",
        "[5]           dense 288 → 2000          [n, 2000]        578,000  578,000",
        "",
        "578,136 parameters, of which 578,104 are trained and 32 are running statistics",
      ].join("\n"),
    );
  });

  test("without the shape of an example it tells parameters alone", () => {
    const table = summary(network);
    expect([table.inputShape, table.trained, table.rows[0]?.output]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(table.parameters).toBe(578_136);
    expect(String(table).split("\n").slice(0, 4)).toEqual([
      "sequential of 6 layers",
      "",
      "layer                                   parameters",
      "[0]           convolution2d 1 → 8, 3×3          72",
    ]);
    expect(String(table)).toMatch(/578,136 parameters$/);
  });

  test("a single layer is its own row", () => {
    expect(String(summary(dense({ inputs: 3, outputs: 2 })))).toBe(
      "dense 3 → 2, inputs [n, 3]\n\nlayer        output  parameters\ndense 3 → 2  [n, 2]           8\n\n8 parameters, all of them trained",
    );
  });

  test("takes the shape that a model knows, and ids where they are asked for", () => {
    expect(summary(lenet({ classes: 3, side: 12 })).rows.at(-1)?.output).toEqual([3]);
    const words = sequential([embedding({ count: 9, size: 4 }), (x) => x.mean(1)]);
    expect(summary(words, [7], "int32").rows.map(({ output }) => output)).toEqual([[7, 4], [4]]);
  });

  test("draws no numbers, and allocates none", () => {
    // Weights of 8 GB.
    const huge = sequential([dense({ inputs: 40_000, outputs: 50_000 }), relu]);
    expect(summary(huge).parameters).toBe(2_000_050_000);
  });

  test("a layer that must see numbers sees zeros", () => {
    const seen: number[] = [];
    const curious: Layer<{ readonly w: Tensor }> = {
      name: "curious",
      title: "curious",
      description: undefined,
      init: () => ({ w: full([], 3) }),
      apply: ({ w }, x) => {
        seen.push(x.max().item());
        return x.mul(w);
      },
    };
    const table = summary(
      sequential([curious, dense({ inputs: 2, outputs: 2, initializer: orthogonal() })]),
      [2],
    );
    expect(table.rows.map(({ parameters, output }) => [parameters, output])).toEqual([
      [1, [2]],
      [6, [2]],
    ]);
    expect(seen).toEqual([0]);
  });

  test("leaves belong to the innermost layer that holds them", () => {
    const inner = dense({ inputs: 2, outputs: 2 });
    const scaled: Layer<{ readonly scale: Tensor; readonly inner: object }> = {
      name: "scaled",
      title: "scaled",
      description: undefined,
      parts: [[".inner", inner]],
      init: (key) => ({ scale: ones([2]), inner: inner.init(key) }),
      apply: ({ scale }, x) => x.mul(scale),
    };
    const rows = summary(sequential([scaled, scaled]), [2]).rows.map(({ path, parameters }) => [
      path,
      parameters,
    ]);
    expect(rows).toEqual([
      ["[0]", 2],
      ["[0].inner", 6],
      ["[1]", 2],
      ["[1].inner", 6],
    ]);
  });

  test("layers that do not fit are told by their place", () => {
    expect(() => summary(network, [1, 9, 9])).toThrow(ShapeError);
    expect(() => summary(network, [1, 9, 9])).toThrow(
      "sequential, [5] dense 288 → 2000: needs inputs [n, 288]; got [2, 392]",
    );
    expect(() => summary(network, [-1])).toThrow("summary: a shape is an array of whole numbers");
  });
});
