/** Losses against PyTorch; `torch-losses.json` says how its numbers were made. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compile, valueAndGrad } from "../../src/index.ts";
import { lossNamed } from "../../src/nn/losses/index.ts";
import { type NestedArray, type Tensor, tensor } from "../../src/tensor/index.ts";
import { expectClose } from "../tools/close.ts";

interface Case {
  readonly loss: string;
  readonly settings: Readonly<Record<string, number>>;
  readonly outputs: NestedArray[];
  readonly targets: NestedArray[];
  readonly weights?: number[];
  readonly examples: number[];
  readonly mean: number;
  readonly gradient: NestedArray[];
}

const file = join(import.meta.dirname, "torch-losses.json");
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { readonly cases: Case[] };

/** Sums of a few rounded terms; gradients of 10⁴ beside 1 are compared by their norm. */
const tolerance = 1e-13;

describe.each(cases.map((one, i) => ({ ...one, i })))("$loss $settings ($i)", (known) => {
  const { settings, targets: given, weights } = known;
  const loss = lossNamed(known.loss, settings);
  const outputs = tensor(known.outputs);
  const targets = tensor(given, loss.targets === "classes" ? "int32" : "float64");
  const examples = loss.examples(outputs, targets);

  test("values", () => {
    const w = tensor(weights ?? known.examples.map(() => 1));
    const sum = known.examples.reduce((total, value) => total + value, 0);
    expectClose(examples.mul(weights === undefined ? 1 : w), known.examples, tolerance);
    expectClose(
      weights === undefined ? loss(outputs, targets) : loss(outputs, targets, w),
      known.mean,
      tolerance,
    );
    const reduced = (reduction: string) =>
      lossNamed(known.loss, { ...settings, reduction })(outputs, targets, w);
    expectClose(reduced("sum"), sum, tolerance);
    expectClose(reduced("none"), known.examples, tolerance);
  });

  test.each([
    ["interpreted", valueAndGrad],
    ["compiled", (f: (o: Tensor, y: Tensor, w?: Tensor) => Tensor) => compile(valueAndGrad(f))],
  ])("gradient, %s", (_, derivative) => {
    const more = weights === undefined ? [] : [tensor(weights)];
    const { value, grad } = derivative(loss)(outputs, targets, ...more);
    expectClose(value, known.mean, tolerance);
    expectClose(grad, known.gradient.flat(), tolerance, 1e-3);
    expect(grad.shape).toEqual(outputs.shape);
  });
});
