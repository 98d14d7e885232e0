/** Layers that add to their input, y = x + f(x). He, Zhang, Ren & Sun (2016), Deep Residual Learning, equations 1 and 2. */
import { checkOptions, showValue } from "../../core/checks.ts";
import { ArgumentError, ShapeError } from "../../core/errors.ts";
import { splitKey } from "../../tensor/operations/random.ts";
import { sameShape, showShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Layer, SomeLayer } from "../layer.ts";
import { checkInputs } from "./parameters.ts";
import { layerOf, type Part, type PartParameters, runPart } from "./parts.ts";

/** Options of `residual`. */
export interface ResidualOptions<Shortcut extends Part> {
  /** What the input goes through on its way around, where shapes differ: a dense layer, a convolution of 1×1. Default: nothing. */
  readonly shortcut: Shortcut;
}

/** The parameters of a residual layer. */
export interface ResidualParameters<Inner extends Part> {
  readonly inner: PartParameters<Inner>;
}

/** The parameters of a residual layer with a shortcut. */
export interface ShortcutParameters<Inner extends Part, Shortcut extends Part>
  extends ResidualParameters<Inner> {
  readonly shortcut: PartParameters<Shortcut>;
}

/**
 * Adds what a layer makes of its input to the input, so that it need only learn what to change. Shapes stay as they are, or go through a `shortcut`.
 *
 * ```ts
 * import { dense, ones, randomKey, residual } from "nabla";
 * const layer = residual(dense({ inputs: 4, outputs: 4 }));
 * const parameters = layer.init(randomKey(1));
 * parameters.inner.weight.shape; // → [ 4, 4 ]
 * layer.apply(parameters, ones([5, 4])).shape; // → [ 5, 4 ]
 * ```
 *
 * @throws ArgumentError for what is neither layer nor function; when applied, ShapeError where the two do not fit.
 */
export function residual<Inner extends Part>(inner: Inner): Layer<ResidualParameters<Inner>>;
export function residual<Inner extends Part, Shortcut extends Part>(
  inner: Inner,
  options: ResidualOptions<Shortcut>,
): Layer<ShortcutParameters<Inner, Shortcut>>;
export function residual(inner: Part, options: { readonly shortcut?: Part } = {}): SomeLayer {
  checkOptions("residual", options, ["shortcut"]);
  const body = layerOf("residual, .inner", inner);
  const shortcut =
    options.shortcut === undefined ? undefined : layerOf("residual, .shortcut", options.shortcut);
  const parts: readonly (readonly [string, SomeLayer])[] = [
    [".inner", body],
    ...(shortcut ? [[".shortcut", shortcut] as const] : []),
  ];
  return {
    name: "residual",
    title: shortcut ? "residual with a shortcut" : "residual",
    description: describe(body, shortcut),
    parts,
    ...(body.inputShape && { inputShape: body.inputShape }),
    init: (key) => {
      const [forInner, forShortcut] = splitKey(key);
      const parameters = { inner: body.init(forInner) };
      return shortcut ? { ...parameters, shortcut: shortcut.init(forShortcut) } : parameters;
    },
    apply: (parameters, x, given = {}) => {
      checkInputs("residual", x);
      const keys = given.key ? splitKey(given.key) : [];
      const run = (name: string, layer: SomeLayer, key: Tensor | undefined): Tensor =>
        runPart(
          {
            whole: "residual",
            layer,
            place: `.${name}`,
            parameters: partOf(parameters, name),
            key,
          },
          x,
          given,
        );
      const y = run("inner", body, keys[0]);
      const around = shortcut ? run("shortcut", shortcut, keys[1]) : x.cast(y.dtype);
      checkSum(y, around);
      return y.add(around);
    },
  };
}

function describe(inner: SomeLayer, shortcut: SomeLayer | undefined): SomeLayer["description"] {
  if (!inner.description || (shortcut && !shortcut.description)) return undefined;
  return {
    layer: "residual",
    inner: inner.description,
    ...(shortcut && { shortcut: shortcut.description }),
  };
}

function partOf(parameters: unknown, name: string): object {
  const part: unknown =
    typeof parameters === "object" && parameters !== null ? Reflect.get(parameters, name) : undefined;
  if (typeof part === "object" && part !== null) return part;
  throw new ArgumentError(
    `residual: the parameters must hold those of .${name}; got ${showValue(parameters)}; make parameters with init(key)`,
  );
}

function checkSum(inner: Tensor, around: Tensor): void {
  if (sameShape(inner.shape, around.shape)) return;
  throw new ShapeError(
    `residual: the inner layer gives ${showShape(inner.shape)}, what is added to it is ${showShape(around.shape)}; give a { shortcut } that makes the same shape, such as a dense layer or a convolution of 1×1`,
  );
}
