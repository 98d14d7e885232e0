/** d = −g. Cauchy (1847); Nocedal & Wright (2006), section 2.2. */
import { scaled } from "../core/vector.ts";
import type { Belief } from "../model/model.ts";
import type { Descent } from "./descent.ts";
import { type Line, lineDescent } from "./line.ts";

/** The direction in which f falls fastest. */
export function steepest(): Descent<Belief, "length", Line> {
  return lineDescent(
    "steepest",
    ({ gradient }) => scaled(-1, gradient),
    () => false,
  );
}
