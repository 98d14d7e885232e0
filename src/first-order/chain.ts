/** Transformations one behind the other: each takes the updates of the one before it. */
import { showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import {
  type GradientTransformation,
  type SomeTransformation,
  type Tensors,
  updateOf,
} from "./transformation.ts";

/** The states of transformations, in order. */
export type StatesOf<T extends readonly SomeTransformation[]> = {
  readonly [K in keyof T]: ReturnType<T[K]["init"]>;
};

/** Their hyperparameters, in order. */
export type HyperparametersOf<T extends readonly SomeTransformation[]> = {
  readonly [K in keyof T]: ReturnType<T[K]["hyperparameters"]>;
};

/**
 * One transformation that does what the given ones do in turn: an optimiser is a sentence.
 *
 * ```ts
 * import { accumulateMomentum, chain, scaleByRate, tensor } from "nabla";
 * const descent = chain(accumulateMomentum({ decay: 0.5 }), scaleByRate(0.1));
 * descent.settings; // → { chain: [ { name: 'accumulate-momentum', decay: 0.5 }, { name: 'scale-by-rate', rate: 0.1 } ] }
 * ```
 *
 * @throws ArgumentError for what is no transformation.
 */
export function chain<const T extends readonly SomeTransformation[]>(
  ...parts: T
): GradientTransformation<StatesOf<T>, HyperparametersOf<T>> {
  for (const part of parts)
    if (typeof part?.update !== "function")
      throw new ArgumentError(
        `chain: needs gradient transformations such as scaleByAdam(); got ${showValue(part)}; of a method take its transformation`,
      );
  const whole: SomeTransformation = {
    name: "chain",
    settings: { chain: parts.map(({ name, settings }) => ({ name, ...settings })) },
    init: (parameters) => parts.map((part) => part.init(parameters)),
    hyperparameters: (t) => parts.map((part) => part.hyperparameters(t)),
    update: (gradient: Tensors, states: readonly unknown[], parameters, hyper: readonly unknown[]) => {
      let updates = gradient;
      const state = parts.map((part, i) => {
        const transformed = updateOf(part)(updates, states[i], parameters, hyper[i]);
        updates = transformed.updates;
        return transformed.state;
      });
      return { updates, state };
    },
    share: (t) => parts.reduce((product, { share }) => product * (share?.(t) ?? 1), 1),
  };
  return typed<T>(whole);
}

/** TypeScript does not see that mapping over a tuple gives a tuple of the same length. */
function typed<T extends readonly SomeTransformation[]>(
  whole: SomeTransformation,
): GradientTransformation<StatesOf<T>, HyperparametersOf<T>> {
  return whole as GradientTransformation<StatesOf<T>, HyperparametersOf<T>>;
}
