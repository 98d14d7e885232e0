/**
 * The order in which two iterations of a body are computed side by side: strongly connected components of its steps (Tarjan 1972), those
 * that others need first. Steps in a cycle need their own results of earlier iterations: they are computed one iteration after the other.
 */
import { at } from "../../../core/exactly.ts";
import type { BodyStep } from "./loop.ts";

/** Steps that are computed together, in their order. */
export interface Component {
  readonly steps: readonly number[];
  readonly isCycle: boolean;
}

/** The components of a body; each needs results only of earlier ones and of itself. */
export function componentsOf(body: readonly BodyStep[]): Component[] {
  const needs = body.map(({ sources }) =>
    sources.flatMap((source) => (source.kind === "own" ? [source.index] : [])),
  );
  const order = new Int32Array(body.length).fill(-1);
  const low = new Int32Array(body.length);
  const isOpen = new Uint8Array(body.length);
  const open: number[] = [];
  const components: Component[] = [];
  let visited = 0;
  const close = (j: number): void => {
    const steps = open.splice(open.lastIndexOf(j));
    for (const member of steps) isOpen[member] = 0;
    steps.sort((a, b) => a - b);
    components.push({ steps, isCycle: steps.length > 1 || at(needs, j).includes(j) });
  };
  const visit = (j: number): void => {
    order[j] = visited;
    low[j] = visited++;
    open.push(j);
    isOpen[j] = 1;
    for (const i of at(needs, j)) {
      if ((order[i] as number) < 0) visit(i);
      if (isOpen[i] === 1) low[j] = Math.min(low[j] as number, low[i] as number);
    }
    if (low[j] === order[j]) close(j);
  };
  for (let j = 0; j < body.length; j++) if ((order[j] as number) < 0) visit(j);
  return components;
}
