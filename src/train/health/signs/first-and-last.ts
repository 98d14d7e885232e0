/** The gradients of the first layers and those of the last, in nets that are deep enough to tell them apart. */
import { at } from "../../../core/exactly.ts";
import type { HealthStep } from "../facts.ts";

/** The largest gradient of one end. */
export interface End {
  readonly norm: number;
  readonly path: string;
}

/** Three layers of weights and biases. */
const fewest = 6;

/** The first third of the leaves and the last; undefined where there are fewer than six. */
export function firstAndLast({
  paths,
  gradientNorms,
}: Pick<HealthStep, "paths" | "gradientNorms">): { readonly first: End; readonly last: End } | undefined {
  const count = gradientNorms.length;
  if (count < fewest) return undefined;
  const third = Math.floor(count / 3);
  const endOf = (from: number): End => {
    const norms = gradientNorms.subarray(from, from + third);
    const norm = Math.max(...norms);
    return { norm, path: at(paths, from + norms.indexOf(norm)) };
  };
  return { first: endOf(0), last: endOf(count - third) };
}
