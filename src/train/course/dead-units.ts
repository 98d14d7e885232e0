/** Units of rectified layers that are 0 for every example of a sample: they pass nothing on and, having no gradient, never will. */
import { compile } from "../../compiler/compile.ts";
import type { Layer, SomeLayer } from "../../nn/layer.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type DeadUnits, isDead } from "../health/index.ts";

/** Looks at all rectified layers of a network. */
export type DeadUnitsLook<P> = (parameters: P) => readonly DeadUnits[];

/** Names of functions whose output 0 means that nothing is passed on. */
const rectified: ReadonlySet<string> = new Set(["relu"]);

/** How to look at a network, on some of its inputs; undefined where no layer of it is rectified. */
export function deadUnitsLook<P extends object>(
  model: Layer<P>,
  inputs: Tensor,
): DeadUnitsLook<P> | undefined {
  const paths = rectifiedPaths(model, "");
  if (paths.length === 0) return undefined;
  const count = compile((parameters: P, x: Tensor): Tensor[] => {
    const dead = new Map<string, Tensor>();
    const onOutput = (path: string, _: SomeLayer, output: Tensor): void => {
      if (paths.includes(path)) dead.set(path, isDead(output));
    };
    model.apply(parameters, x, { onOutput });
    return paths.map((path) => dead.get(path)).filter((found) => found !== undefined);
  });
  return (parameters) =>
    count(parameters, inputs).map((units, i) => ({
      path: paths[i] ?? "",
      dead: units.sum().item(),
      units: units.size,
    }));
}

function rectifiedPaths(layer: SomeLayer, path: string): string[] {
  if (rectified.has(layer.name)) return [path];
  return (layer.parts ?? []).flatMap(([place, part]) => rectifiedPaths(part, path + place));
}
