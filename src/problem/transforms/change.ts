/** All transforms of a problem as one graph, from the variables to the caller's point, and its derivatives. */
import { pull, tangentGraph } from "../../autodiff/transforms.ts";
import { at } from "../../core/exactly.ts";
import type { Structure } from "../../core/tree.ts";
import type { Graph } from "../../tensor/graph.ts";
import { evaluateGraph } from "../../tensor/interpreter.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type InputType, runGraph, traceFunctions } from "../../tensor/trace.ts";
import { isNumericArray } from "../../tensor/tree.ts";
import { lazily } from "../exact.ts";
import { type Layout, sizeOfLeaf } from "../layout.ts";
import { loader, unload } from "../packing.ts";
import type { Chain, Variables } from "../variables.ts";
import { assign } from "./assign.ts";
import { likeInput } from "./elementwise.ts";
import { free } from "./free.ts";
import type { Maker, Placed, Room } from "./transform.ts";

/** The variables of a start under transforms. */
export function changeOfVariables(
  call: string,
  layout: Layout,
  x: Float64Array,
  parameters: unknown,
): Variables {
  const types: InputType[] = [];
  const starts: Float64Array[] = [];
  const add = (added: readonly InputType[], start: Float64Array): Maker => {
    const first = types.length;
    types.push(...added);
    starts.push(start);
    return (variables) => variables.slice(first, first + added.length);
  };
  const room: Room = { call, add, shared: new Map() };
  const groups = assign(call, layout.point.structure, placedLeaves(layout, x), parameters, free);
  const makers = groups.map(({ transform, leaves }) => {
    const make = transform.place(leaves, room);
    const isSingle = leaves.map(({ leaf }) => leaf instanceof Float32Array);
    return isSingle.includes(true) ? (all: readonly Tensor[]) => make(all).map(rounded) : make;
  });
  const { graphs } = traceFunctions(types, [(variables) => makers.flatMap((make) => make(variables))]);
  const graph = at(graphs, 0);
  const start = Float64Array.from(starts.flatMap((part) => Array.from(part)));
  const load = loader(types);
  return {
    layout,
    dimension: start.length,
    start,
    types,
    scale: { epsilon: layout.epsilon, typical: start.map(() => 1) },
    toPoint: (u) => unload(evaluateGraph(graph, load(u)), 0, graph.outputs.length, layout.size),
    compose: (outer) => composed(types, graph, outer),
    chain: chainOf(types, graph, start.length, layout.size),
  };
}

/** Rounded as a Float32Array will round it, so that the function sees the point that is returned. */
const rounded = (x: Tensor): Tensor => likeInput(x.cast("float32").cast("float64"), x.isWeak);

function composed(types: readonly InputType[], inner: Graph, outer: Graph): Graph {
  const rest = outer.inputs.slice(inner.outputs.length);
  const { graphs } = traceFunctions(
    [...types, ...rest],
    [
      (values) => {
        const point = runGraph(inner, values.slice(0, types.length));
        return runGraph(outer, [...point, ...values.slice(types.length)]);
      },
    ],
  );
  return at(graphs, 0);
}

function chainOf(types: readonly InputType[], graph: Graph, dimension: number, size: number): Chain {
  const count = types.length;
  const pulled = lazily(() => {
    const { graphs } = traceFunctions(
      [...types, ...graph.results],
      [
        (inputs) => {
          const variables = inputs.slice(0, count);
          const { pullback } = pull(
            graph,
            variables,
            variables.map(() => true),
          );
          const slopes = pullback(inputs.slice(count));
          return variables.map((u, i) => slopes[i] ?? u.zerosLike());
        },
      ],
    );
    return at(graphs, 0);
  });
  const pushed = lazily(() =>
    tangentGraph(
      graph,
      graph.inputs.map(() => true),
    ),
  );
  const pulledTwice = lazily(() =>
    tangentGraph(
      pulled(),
      pulled().inputs.map(() => true),
    ),
  );
  const [load, loadDirection] = [loader(types), loader(types)];
  const [loadSlope, loadOther] = [loader(graph.results), loader(graph.results)];
  return {
    push: (u, v) => {
      const outputs = evaluateGraph(pushed(), [...load(u), ...loadDirection(v)]);
      return unload(outputs, graph.outputs.length, outputs.length, size);
    },
    pull: (u, g) => unload(evaluateGraph(pulled(), [...load(u), ...loadSlope(g)]), 0, count, dimension),
    pullProduct: (u, v, g, w) => {
      const inputs = [...load(u), ...loadSlope(g), ...loadDirection(v), ...loadOther(w)];
      const outputs = evaluateGraph(pulledTwice(), inputs);
      return unload(outputs, count, outputs.length, dimension);
    },
  };
}

/** The leaves of the start with their places in graphs. */
function placedLeaves({ point, types }: Layout, x: Float64Array): Placed[] {
  const paths = pathsOf(point.structure);
  let [nextInput, nextElement] = [0, 0];
  return point.leaves.map((leaf, i) => {
    const [firstInput, firstElement] = [nextInput, nextElement];
    nextInput += isNumericArray(leaf) ? leaf.length : 1;
    nextElement += sizeOfLeaf(leaf);
    return {
      path: at(paths, i),
      leaf,
      types: types.slice(firstInput, nextInput),
      inputs: point.inputs.slice(firstInput, nextInput),
      elements: x.slice(firstElement, nextElement),
    };
  });
}

function pathsOf(structure: Structure, path = ""): string[] {
  if (structure.kind === "leaf") return [path.replace(/^\./, "")];
  return structure.children.flatMap((child, i) =>
    pathsOf(child, structure.kind === "object" ? `${path}.${at(structure.keys, i)}` : `${path}[${i}]`),
  );
}
