/** The initializers by name, for menus and for descriptions of layers. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { isPlainObject } from "../../core/tree.ts";
import type { Settings } from "../../solver/card.ts";
import { heNormal, heUniform } from "./he.ts";
import type { Initializer, InitializerCard, InitializerFactory } from "./initializer.ts";
import { lecunNormal, lecunUniform } from "./lecun.ts";
import { orthogonal } from "./orthogonal.ts";
import { constantWeights, normalWeights, uniformWeights } from "./plain.ts";
import { truncatedNormalWeights } from "./truncated.ts";
import { xavierNormal, xavierUniform } from "./xavier.ts";

/** A factory whose options only its card tells. It checks them. */
export interface AnyInitializerFactory {
  readonly card: InitializerCard;
  readonly make: (options: Settings) => Initializer;
}

/**
 * All initializers. In programs import the factory itself, whose options are typed.
 *
 * ```ts
 * import { initializers } from "nabla";
 * initializers.map(({ card }) => card.name).slice(0, 2); // → [ "he-normal", "he-uniform" ]
 * ```
 */
export const initializers: readonly AnyInitializerFactory[] = [
  any(heNormal),
  any(heUniform),
  any(xavierNormal),
  any(xavierUniform),
  any(lecunNormal),
  any(lecunUniform),
  any(orthogonal),
  any(truncatedNormalWeights),
  any(normalWeights),
  any(uniformWeights),
  any(constantWeights),
];

/** Forgets the types of options, which the factory checks by its card. */
function any<Options extends object>(factory: InitializerFactory<Options>): AnyInitializerFactory {
  return { card: factory.card, make: (options) => factory(options as Options) };
}

const factoryOf = (name: unknown): AnyInitializerFactory | undefined =>
  initializers.find(({ card }) => card.name === name);

/** An initializer as plain data, `{ name, ...settings }`; undefined for one that is somebody's own. */
export function describeInitializer({ name, settings }: Initializer): Settings | undefined {
  return factoryOf(name) && { name, ...settings };
}

/**
 * An initializer from its description.
 *
 * @throws ArgumentError for what describes none.
 */
export function initializerFrom(description: unknown): Initializer {
  if (!isPlainObject(description))
    throw new ArgumentError(
      `an initializer is described by { name, ...settings }; got ${showValue(description)}`,
    );
  const { name, ...settings } = description;
  const factory = factoryOf(name);
  if (factory === undefined)
    throw new ArgumentError(
      `there is no initializer ${showValue(name)}; the initializers are ${initializers.map(({ card }) => card.name).join(", ")}`,
    );
  return factory.make(settings);
}
