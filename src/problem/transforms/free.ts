import { at } from "../../core/exactly.ts";
import { defineTransform, type Transform } from "./transform.ts";

/** Parameters that are variables themselves: what holds where no transform is named. */
export const free: Transform = defineTransform({
  name: "free",
  takesWholes: false,
  place: (leaves, { add }) => {
    const { types, elements } = at(leaves, 0);
    return add(types, elements);
  },
});
