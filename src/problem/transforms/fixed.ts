import { defineTransform, type Transform } from "./transform.ts";

/**
 * Parameters that keep the value they start with, exactly.
 *
 * ```ts
 * import { fixed } from "nabla";
 * fixed().name; // → fixed()
 * ```
 */
export function fixed(): Transform {
  return defineTransform({
    name: "fixed()",
    takesWholes: false,
    place: (leaves) => {
      const inputs = leaves.flatMap((leaf) => leaf.inputs);
      return () => inputs;
    },
  });
}
