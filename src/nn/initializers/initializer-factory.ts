/** Joins a card to the function that draws, and has what several cards share. */

import { callOf } from "../../core/call-of.ts";
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { type NumberSetting, type PartSetting, readSettings } from "../../solver/card.ts";
import { normal, uniform } from "../../tensor/operations/random.ts";
import type { Fans, Initializer, InitializerCard, InitializerFactory } from "./initializer.ts";

/** An initializer factory. `K` names the numbers among its options, all of which are on the card. */
export function initializerFactory<K extends string = never>(
  card: InitializerCard,
  create: (numbers: { [P in K]: number }) => Initializer["draw"],
): InitializerFactory<{ readonly [P in K]?: number }> {
  const factory = (options: { readonly [P in K]?: number } = {}): Initializer => {
    const numbers = readSettings<K>(card, options, callOf(card.name));
    return { name: card.name, settings: { ...numbers }, draw: create(numbers) };
  };
  return Object.assign(factory, { card });
}

/** Which fan the spread of weights follows: `"in"` keeps the size of outputs from layer to layer, `"out"` that of gradients. */
export type Fan = keyof Fans;

/** Options of initializers that follow one fan. */
export interface FanOptions {
  /** g in (0, ∞), what the spread is multiplied by; `gainOf` has those of activations. */
  readonly gain?: number;
  /** Default "in" (PyTorch). */
  readonly fan?: Fan;
}

const fanSetting: PartSetting = {
  kind: "part",
  name: "fan",
  meaning: 'which fan the spread follows: "in" keeps the size of outputs, "out" that of gradients',
  default: '"in"',
  source: "PyTorch",
};

/** An initializer factory for spreads that follow one fan. */
export function fanFactory(
  own: InitializerCard,
  create: (gain: number, fan: Fan) => Initializer["draw"],
): InitializerFactory<FanOptions> {
  const card = { ...own, settings: [...own.settings, fanSetting] };
  const call = callOf(card.name);
  const factory = (options: FanOptions = {}): Initializer => {
    const { gain } = readSettings<"gain">(card, options, call);
    const { fan = "in" } = options;
    if (fan !== "in" && fan !== "out")
      throw new ArgumentError(
        `${call}({ fan }): must be "in" or "out"; got ${showValue(fan)}; the default is "in"`,
      );
    return { name: card.name, settings: { gain, fan }, draw: create(gain, fan) };
  };
  return Object.assign(factory, { card });
}

/** How a card lists a gain. */
export function gainSetting(value: number, source: string): NumberSetting {
  return {
    kind: "number",
    name: "gain",
    symbol: "g",
    meaning: "what the spread is multiplied by, for what the activation behind the layer takes away",
    default: value,
    source,
    range: "(0, ∞)",
  };
}

/** Draws uniformly on (−a, a), float32. */
export function uniformWithin(bound: (fans: Fans) => number): Initializer["draw"] {
  return (key, shape, fans) => {
    const a = finite(bound(fans));
    return uniform(key, shape, { low: -a, high: a, dtype: "float32" });
  };
}

/** Draws from a normal distribution of mean 0 and standard deviation σ, float32. */
export function normalOf(deviation: (fans: Fans) => number): Initializer["draw"] {
  return (key, shape, fans) => normal(key, shape, { std: finite(deviation(fans)), dtype: "float32" });
}

/** Weights without inputs or outputs have no fan to divide by; there are none to draw either. */
const finite = (spread: number): number => (Number.isFinite(spread) ? spread : 1);
