/** A function turned into its graph, for calling it often. */

import { readData, readTree } from "./reading.ts";
import { inputsOf, run, tracer } from "./traced.ts";

/**
 * The same function, traced once for each kind of call and evaluated from its graph afterwards. The first argument is a tree
 * of inputs; of further arguments tensors are inputs and everything else is a constant of the trace, compared by value.
 *
 * ```ts
 * import { trace } from "nabla";
 * const length = trace(([x, y]: [number, number]) => Math.sqrt(x * x + y * y));
 * length([3, 4]); // → 5
 * ```
 *
 * @throws TraceError when the function cannot be traced.
 */
export function trace<X, Rest extends readonly unknown[], R>(
  f: (x: X, ...rest: Rest) => R,
): (x: X, ...rest: Rest) => R;
export function trace(
  f: (x: never, ...rest: never[]) => unknown,
): (x: unknown, ...rest: unknown[]) => unknown {
  const traceOnce = tracer("trace", f);
  return (x, ...rest) => {
    const readings = [readTree(x, "trace"), ...rest.map(readData)];
    const traced = traceOnce(readings);
    return traced.output.restore(run(traced.graph, inputsOf(readings, traced)));
  };
}
