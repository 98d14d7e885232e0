/**
 * Values are learned standardized, (y − m) / s, so that a rate suits prices and shares alike; losses are shown, and models saved, in the target's own unit: the
 * last layer W x + b becomes s W x + (s b + m).
 */

import type { ShapedArray } from "../../../src/data/examples/example-array.ts";
import { standardizationOf } from "../../../src/data/index.ts";
import type { Loss } from "../../../src/nn/losses/index.ts";
import { Tensor } from "../../../src/tensor/index.ts";
import type { Judgement } from "../../../src/train/reports.ts";
import { countOf, type Part } from "../data/dataset.ts";

/** What a target is in its own unit: m + s times what the network gives. Plain data. */
export interface Units {
  readonly mean: number;
  readonly scale: number;
  /** The name of the loss, which changes with the unit. */
  readonly loss: string;
}

/** By which power of the scale losses and metrics change with it. */
const powers: Readonly<Record<string, number>> = {
  "squared-error": 2,
  "absolute-error": 1,
  "mean-squared-error": 2,
  "root-mean-squared-error": 1,
  "mean-absolute-error": 1,
};

/** The units of targets; none for losses with a length of their own (Huber's), whose setting is in the target's unit. */
export function unitsFor({ lossName }: Loss, targets: ShapedArray): Units | undefined {
  if (powers[lossName] === undefined) return undefined;
  const { mean, scale } = standardizationOf(targets, "whole");
  return { mean: mean[0] ?? 0, scale: scale[0] ?? 1, loss: lossName };
}

/** The same examples with standardized targets. */
export function withUnits(part: Part, { mean, scale }: Units): Part {
  const data = Float64Array.from(part.targets.data, (value) => (value - mean) / scale);
  return { ...part, targets: { data, shape: [countOf(part), ...part.targets.shape.slice(1)] } };
}

/** A loss in the target's own unit. */
export function lossIn(units: Units | undefined, loss: number): number {
  return units === undefined ? loss : loss * units.scale ** (powers[units.loss] ?? 0);
}

/** What was judged, in the target's own unit. */
export function judgedIn<J extends Judgement>(units: Units | undefined, judged: J): J {
  if (units === undefined) return judged;
  const metrics = Object.entries(judged.metrics).map(([name, value]): [string, number] => [
    name,
    value * units.scale ** (powers[name] ?? 0),
  ]);
  return { ...judged, loss: lossIn(units, judged.loss), metrics: Object.fromEntries(metrics) };
}

/** The parameters of a network that gives values in the target's own unit. */
export function parametersIn(units: Units | undefined, parameters: object): object {
  if (units === undefined) return parameters;
  const { mean, scale } = units;
  const last: unknown = Array.isArray(parameters) ? parameters.at(-1) : parameters;
  if (!isDense(last)) throw new RangeError("the last layer of a network for values is dense");
  const scaled = { weight: last.weight.mul(scale), bias: last.bias.mul(scale).add(mean) };
  return Array.isArray(parameters) ? [...parameters.slice(0, -1), scaled] : scaled;
}

function isDense(layer: unknown): layer is { readonly weight: Tensor; readonly bias: Tensor } {
  if (typeof layer !== "object" || layer === null || !("weight" in layer && "bias" in layer)) return false;
  return layer.weight instanceof Tensor && layer.bias instanceof Tensor;
}
