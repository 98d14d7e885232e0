/** Which units of a layer are 0 for every example. */
import { ShapeError } from "../../core/errors.ts";
import { showShape } from "../../tensor/shape.ts";
import { type Tensor, toTensor } from "../../tensor/tensor.ts";
import type { DeadUnits } from "./facts.ts";

/**
 * True for each unit that is 0 for every example, bool `[units]`; traced where outputs are. A unit is a feature of outputs `[n, features]` or
 * `[n, places, features]`, and a channel of images `[n, channels, height, width]`: one that is 0 at some places only is alive.
 *
 * ```ts
 * isDead(tensor([[0, 1, 0], [0, 0, 0]])); // → Tensor(bool [3]) [true, false, true]
 * ```
 *
 * @throws ShapeError for outputs of another rank.
 */
export function isDead(outputs: Tensor): Tensor {
  const x = toTensor(outputs);
  if (x.rank < 2 || x.rank > 4)
    throw new ShapeError(
      `isDead: outputs must be [n, features], [n, places, features] or [n, channels, height, width]; got ${showShape(x.shape)}`,
    );
  const unitAxis = x.rank === 3 ? 2 : 1;
  const others = x.shape.map((_, axis) => axis).filter((axis) => axis !== unitAxis);
  return x.notEqual(0).any(others).logicalNot();
}

/**
 * How many units are 0 for every example of a sample, and how many there are. Without examples none is.
 *
 * ```ts
 * deadUnitsOf(tensor([[0, 1, 0], [0, 0, 0]])); // → { dead: 2, units: 3 }
 * ```
 *
 * @throws ShapeError for outputs of another rank than 2, 3 or 4; TraceError inside of traced functions, where `isDead` serves.
 */
export function deadUnitsOf(outputs: Tensor): Omit<DeadUnits, "path"> {
  const dead = isDead(outputs);
  return { dead: outputs.size === 0 ? 0 : dead.sum().item(), units: dead.size };
}
