/** Transforms that act on each number by itself. */
import { ArgumentError } from "../../core/errors.ts";
import { at } from "../../core/exactly.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { defineTransform, type Transform } from "./transform.ts";

/** A one-to-one map of all numbers onto a domain. */
export interface Elementwise {
  readonly name: string;
  /** The domain in words that follow "must lie". */
  readonly domain: string;
  readonly contains: (x: number) => boolean;
  readonly toVariable: (x: number) => number;
  readonly toParameter: (u: Tensor) => Tensor;
}

/** The transform that maps every element of its leaves. */
export function elementwise({ name, domain, contains, toVariable, toParameter }: Elementwise): Transform {
  return defineTransform({
    name,
    takesWholes: false,
    place: (leaves, { call, add }) => {
      const { path, types, elements } = at(leaves, 0);
      const outside = elements.findIndex((x) => !contains(x));
      if (outside >= 0)
        throw new ArgumentError(
          `${call}: the start of a parameter under ${name} must lie ${domain}; ${path || "it"} starts at ${elements[outside]}; start strictly inside`,
        );
      const variables = add(types, elements.map(toVariable));
      return (all) => variables(all).map((u) => likeInput(toParameter(u), u.isWeak));
    },
  });
}

/** A tensor that counts as a plain number in operations, as the input did for which it stands. */
export function likeInput(x: Tensor, isWeak: boolean): Tensor {
  return isWeak && !x.isWeak ? new Tensor(x, x.place ?? x.values().data, true) : x;
}
