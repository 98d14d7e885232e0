/**
 * Weights whose spread is a compromise between outputs and gradients. Glorot & Bengio (2010), Understanding the difficulty of training deep feedforward
 * networks.
 */
import type { InitializerFactory } from "./initializer.ts";
import { gainSetting, initializerFactory, normalOf, uniformWithin } from "./initializer-factory.ts";

/** Options of `xavierUniform` and `xavierNormal`. */
export interface XavierOptions {
  /** g in (0, ∞). Default 1 (Glorot & Bengio: units that are linear near 0); for tanh `gainOf("tanh")`. */
  readonly gain?: number;
}

const paper = "Glorot & Bengio (2010), Understanding the difficulty of training deep feedforward networks";
const gain = gainSetting(1, "Glorot & Bengio (2010)");

/**
 * Uniform on (−a, a) with a = g √(6 / (n + m)), for n inputs and m outputs. For layers before tanh, sigmoid or nothing.
 *
 * ```ts
 * import { randomKey, xavierUniform } from "nabla";
 * const weights = xavierUniform().draw(randomKey(1), [2, 1], { in: 1, out: 2 });
 * weights.abs().max().item() < Math.sqrt(2); // → true
 * ```
 *
 * @throws ArgumentError for a gain that is not in (0, ∞).
 */
export const xavierUniform: InitializerFactory<XavierOptions> = initializerFactory<"gain">(
  {
    name: "xavier-uniform",
    title: "Xavier (Glorot), uniform",
    summary:
      "Keeps the size of outputs and of gradients alike, half and half. Before tanh, sigmoid or nothing.",
    equation: "U(-a, a),\\ a = g \\sqrt{6 / (n + m)}",
    paper: `${paper}, equation 16`,
    settings: [gain],
  },
  ({ gain }) => uniformWithin((fans) => gain * Math.sqrt(6 / (fans.in + fans.out))),
);

/**
 * Normal with variance g² · 2 / (n + m), for n inputs and m outputs. For layers before tanh, sigmoid or nothing.
 *
 * ```ts
 * import { randomKey, std, xavierNormal } from "nabla";
 * std(xavierNormal().draw(randomKey(1), [100, 100], { in: 100, out: 100 })).item().toFixed(2); // → 0.10
 * ```
 *
 * @throws ArgumentError for a gain that is not in (0, ∞).
 */
export const xavierNormal: InitializerFactory<XavierOptions> = initializerFactory<"gain">(
  {
    name: "xavier-normal",
    title: "Xavier (Glorot), normal",
    summary:
      "Keeps the size of outputs and of gradients alike, half and half. Before tanh, sigmoid or nothing.",
    equation: "N(0, g^2 \\cdot 2 / (n + m))",
    paper: `${paper}, equation 12`,
    settings: [gain],
  },
  ({ gain }) => normalOf((fans) => gain * Math.sqrt(2 / (fans.in + fans.out))),
);
