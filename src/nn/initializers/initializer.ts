/** Initializers: how the weights of a layer are drawn before it has learned anything. */
import { showValue } from "../../core/checks.ts";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import type { Setting, Settings } from "../../solver/card.ts";
import type { Key } from "../../tensor/operations/random.ts";
import { checkShape, type Shape, sameShape, showShape, sizeOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** How many inputs a unit sums, and how many units an input reaches. */
export interface Fans {
  readonly in: number;
  readonly out: number;
}

/** Draws weights. Any object of this form is one. */
export interface Initializer {
  /** `he-normal`. */
  readonly name: string;
  /** Plain data: what makes it again, together with its name. */
  readonly settings: Settings;
  /** Weights of a shape, float32. Layers tell the fans, which the shape alone does not where channels are in groups. */
  readonly draw: (key: Key, shape: Shape, fans: Fans) => Tensor;
}

/** What an initializer says about itself. */
export interface InitializerCard {
  /** Its name in files: `he-normal`. */
  readonly name: string;
  readonly title: string;
  /** What it does and what it is good for, in a sentence. */
  readonly summary: string;
  /** The distribution in TeX, n the fan in, m the fan out, g the gain. */
  readonly equation: string;
  /** Paper, with equation number. */
  readonly paper: string;
  readonly settings: readonly Setting[];
}

/** What makes an initializer: called with options, and known by its card. */
export interface InitializerFactory<Options extends object> {
  (options?: Options): Initializer;
  readonly card: InitializerCard;
}

/**
 * The fans of weights `[out, in, …]`: the axes after the second are the places of a kernel, and count for both.
 *
 * ```ts
 * import { fansOf } from "nabla";
 * fansOf([256, 784]); // → { in: 784, out: 256 }
 * fansOf([16, 6, 5, 5]); // → { in: 150, out: 400 }
 * ```
 *
 * @throws ShapeError for shapes of less than two axes.
 */
export function fansOf(shape: Shape): Fans {
  checkShape("fansOf", shape);
  if (shape.length < 2)
    throw new ShapeError(
      `fansOf: needs weights [out, in, …]; got ${showShape(shape)}, of which nobody knows the inputs; biases are drawn with the fans of their weights`,
    );
  const places = sizeOf(shape.slice(2));
  return { in: at(shape, 1) * places, out: at(shape, 0) * places };
}

/** Weights as an initializer draws them; one that is somebody's own is held to what it promises. */
export function drawn({ name, draw }: Initializer, key: Key, shape: Shape, fans: Fans): Tensor {
  const made: unknown = draw(key, shape, fans);
  if (!(made instanceof Tensor))
    throw new ArgumentError(
      `the initializer ${showValue(name)}: draw gives a tensor; got ${showValue(made)}`,
    );
  if (!sameShape(made.shape, shape))
    throw new ShapeError(
      `the initializer ${showValue(name)}: draw was asked for the shape ${showShape(shape)} and gave ${showShape(made.shape)}`,
    );
  return made.cast("float32");
}
