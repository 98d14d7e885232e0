/** Weights for which a sum of n inputs of variance 1 has variance 1. LeCun, Bottou, Orr & Müller (1998), Efficient BackProp. */
import type { InitializerFactory } from "./initializer.ts";
import { initializerFactory, normalOf, uniformWithin } from "./initializer-factory.ts";

/** `lecunNormal` and `lecunUniform` have no options. */
export type LecunOptions = Readonly<Record<never, never>>;

const paper = "LeCun, Bottou, Orr & Müller (1998), Efficient BackProp, equation 16";
const summary = "Keeps the size of what is linear. Before nothing, as in a last layer, and before selu.";

/**
 * Normal with variance 1 / n, for n inputs. For layers that nothing comes behind: their outputs are as large as their inputs.
 *
 * ```ts
 * import { lecunNormal, randomKey, std } from "nabla";
 * std(lecunNormal().draw(randomKey(1), [200, 100], { in: 100, out: 200 })).item().toFixed(2); // → 0.10
 * ```
 */
export const lecunNormal: InitializerFactory<LecunOptions> = initializerFactory(
  { name: "lecun-normal", title: "LeCun, normal", summary, equation: "N(0, 1 / n)", paper, settings: [] },
  () => normalOf((fans) => Math.sqrt(1 / fans.in)),
);

/**
 * Uniform on (−a, a) with a = √(3 / n): the variance of `lecunNormal`.
 *
 * ```ts
 * import { lecunUniform, randomKey } from "nabla";
 * lecunUniform().draw(randomKey(1), [2, 3], { in: 3, out: 2 }).abs().max().item() < 1; // → true
 * ```
 */
export const lecunUniform: InitializerFactory<LecunOptions> = initializerFactory(
  {
    name: "lecun-uniform",
    title: "LeCun, uniform",
    summary,
    equation: "U(-a, a),\\ a = \\sqrt{3 / n}",
    paper,
    settings: [],
  },
  () => uniformWithin((fans) => Math.sqrt(3 / fans.in)),
);
