/**
 * Weights for layers before rectifiers, which let half of the variance through: g = √2 makes up for it. He, Zhang, Ren & Sun (2015), Delving Deep into
 * Rectifiers.
 */
import type { InitializerFactory } from "./initializer.ts";
import { type FanOptions, fanFactory, gainSetting, normalOf, uniformWithin } from "./initializer-factory.ts";

const paper = "He, Zhang, Ren & Sun (2015), Delving Deep into Rectifiers";
const gain = gainSetting(Math.SQRT2, "He et al. (2015), equation 10: rectifiers");

/**
 * Normal with variance g² / n, for n inputs (or outputs, by `fan`); g = √2 unless given. What `dense` and `convolution2d` take by default.
 *
 * ```ts
 * import { heNormal, randomKey, std } from "nabla";
 * std(heNormal().draw(randomKey(1), [100, 200], { in: 200, out: 100 })).item().toFixed(2); // → 0.10
 * ```
 *
 * @throws ArgumentError for a gain that is not in (0, ∞), or a fan that is neither "in" nor "out".
 */
export const heNormal: InitializerFactory<FanOptions> = fanFactory(
  {
    name: "he-normal",
    title: "He (Kaiming), normal",
    summary: "Keeps the size of outputs through layers of rectifiers. Before relu and its kin.",
    equation: "N(0, g^2 / n)",
    paper: `${paper}, equations 10 and 15`,
    settings: [gain],
  },
  (gain, fan) => normalOf((fans) => gain / Math.sqrt(fans[fan])),
);

/**
 * Uniform on (−a, a) with a = g √(3 / n): the variance of `heNormal`. With a gain of √(1/3) a is 1/√n, from which PyTorch's layers draw weights and biases.
 *
 * ```ts
 * import { heUniform, randomKey } from "nabla";
 * const weights = heUniform({ gain: Math.sqrt(1 / 3) }).draw(randomKey(1), [3, 4], { in: 4, out: 3 });
 * weights.abs().max().item() < 1 / Math.sqrt(4); // → true
 * ```
 *
 * @throws ArgumentError for a gain that is not in (0, ∞), or a fan that is neither "in" nor "out".
 */
export const heUniform: InitializerFactory<FanOptions> = fanFactory(
  {
    name: "he-uniform",
    title: "He (Kaiming), uniform",
    summary: "Keeps the size of outputs through layers of rectifiers. Before relu and its kin.",
    equation: "U(-a, a),\\ a = g \\sqrt{3 / n}",
    paper: `${paper}, equations 10 and 15`,
    settings: [gain],
  },
  (gain, fan) => uniformWithin((fans) => gain * Math.sqrt(3 / fans[fan])),
);
