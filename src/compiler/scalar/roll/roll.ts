/** A graph of single numbers as steps and loops: "a loop in the source becomes a loop in the code". */
import type { Graph } from "../../../tensor/graph.ts";
import { condense, type Identities } from "../condense.ts";
import { type Arrangement, arrange } from "./regions.ts";
import { type Sequence, sequenceOf } from "./sequence.ts";

/** A graph in which loops have been found. */
export interface Rolled extends Arrangement {
  readonly sequence: Sequence;
  /** Steps for which code is written; those of the body of a loop count once. */
  readonly written: number;
}

/** Graphs of fewer steps are not searched twice. */
const fewSteps = 500;

/** Finds the loops of a graph. */
export function roll(graph: Graph): Rolled {
  const rolled = rolledWith(graph, "left out");
  const { length } = rolled.sequence.steps;
  if (length < fewSteps || rolled.written < length / 16) return rolled;
  const other = rolledWith(graph, "kept");
  return other.written < rolled.written / 2 ? other : rolled;
}

function rolledWith(graph: Graph, identities: Identities): Rolled {
  const sequence = sequenceOf(condense(graph, identities));
  const arrangement = arrange(sequence);
  let written = 0;
  for (const item of arrangement.items) written += typeof item === "number" ? 1 : item.period;
  return { ...arrangement, sequence, written };
}
