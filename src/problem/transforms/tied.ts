import { showValue } from "../../core/checks.ts";
import { ArgumentError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { describeType } from "../../tensor/print.ts";
import { sameShape } from "../../tensor/shape.ts";
import { defineTransform, type Placed, type Transform } from "./transform.ts";

/**
 * Parameters of one name share one variable: they are equal always, and their slopes add.
 *
 * ```ts
 * import { tied } from "nabla";
 * tied("width").name; // → tied("width")
 * ```
 *
 * @throws ArgumentError when the name is no text.
 */
export function tied(name: string): Transform {
  if (typeof name !== "string" || name === "")
    throw new ArgumentError(`tied(name): needs the name that the parameters share; got ${showValue(name)}`);
  const label = `tied(${showValue(name)})`;
  return defineTransform({
    name: label,
    takesWholes: false,
    place: (leaves, { call, add, shared }) => {
      const leaf = at(leaves, 0);
      const known = shared.get(name);
      if (known !== undefined) {
        checkAlike(call, label, known.first, leaf);
        return known.maker;
      }
      const maker = add(leaf.types, leaf.elements);
      shared.set(name, { maker, first: leaf });
      return maker;
    },
  });
}

function checkAlike(call: string, label: string, first: Placed, other: Placed): void {
  const isAlike =
    first.types.length === other.types.length &&
    first.types.every((type, i) => {
      const { dtype, shape } = at(other.types, i);
      return type.dtype === dtype && sameShape(type.shape, shape);
    });
  if (!isAlike)
    throw new ArgumentError(
      `${call}: parameters under ${label} must have one shape and dtype; ${first.path} is ${describe(first)}, ${other.path} ${describe(other)}`,
    );
  const i = first.elements.findIndex((x, k) => !Object.is(x, other.elements[k]));
  if (i >= 0)
    throw new ArgumentError(
      `${call}: parameters under ${label} must start with one value; ${first.path} starts at ${first.elements[i]}, ${other.path} at ${other.elements[i]}`,
    );
}

function describe({ types }: Placed): string {
  const [type] = types;
  return types.length === 1 && type !== undefined ? describeType(type) : `${types.length} numbers`;
}
