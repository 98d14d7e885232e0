/** A tensor as an array of its rows. */
import type { Tensor } from "../../../tensor/index.ts";
import { refuse } from "../refuse.ts";
import type { Walker } from "../types.ts";

/** The rows of a tensor along its first axis, taken once. */
export function rowsOf(walker: Walker, tensor: Tensor): readonly Tensor[] {
  const known = walker.rows.get(tensor);
  if (known !== undefined) return known;
  if (tensor.rank === 0) {
    refuse(walker, "a number is used as an array", "pass an array, or a tensor with at least one axis");
  }
  const rows = [...tensor];
  walker.rows.set(tensor, rows);
  return rows;
}
