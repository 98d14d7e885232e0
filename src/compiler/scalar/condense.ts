/**
 * The steps of a graph of single numbers with less to do and the same bits, by the rules of `simplify`: what changes nothing is left
 * out, equal steps are done once, and what nobody reads not at all. Graphs of ten thousands of steps come here on their way
 * to their first run, so this is done on flat lists.
 */
import { at } from "../../core/exactly.ts";
import type { Graph, Step } from "../../tensor/graph.ts";

/** A graph as flat lists. Slots are numbered anew: inputs first, then constants, each once, then steps in their order. */
export interface Condensed {
  readonly steps: readonly Step[];
  /** Equal for steps of the same primitive and parameters. */
  readonly operations: Int32Array;
  /** The operands of step t are `operands[starts[t]]` to `operands[starts[t + 1] − 1]`: slots. */
  readonly starts: Int32Array;
  readonly operands: Int32Array;
  /** The number of inputs. */
  readonly inputs: number;
  /** The slot of the first step; the others follow it. */
  readonly origin: number;
  /** The values of the slots that hold constants. */
  readonly constants: readonly (number | undefined)[];
  /** 1 for slots that hold truth values. */
  readonly isTruth: Uint8Array;
  /** The slots that are the graph's results. */
  readonly outputs: Int32Array;
}

/**
 * What becomes of products with 1, quotients by 1 and differences from 0. Left out they are no work; but where data happen to be 0 and
 * 1, loops keep their pattern only with them.
 */
export type Identities = "left out" | "kept";

/** The condensed form of a graph of single numbers. */
export function condense(graph: Graph, identities: Identities = "left out"): Condensed {
  const { inputs, steps } = graph;
  const known = constantsOf(graph);
  const { constants, slots } = known;
  const origin = constants.length;
  const isTruth = new Uint8Array(origin + steps.length);
  for (const [slot, isSo] of known.isTruth.entries()) isTruth[slot] = isSo ? 1 : 0;
  // As yet without gaps for what is left out: step t makes slot origin + t.
  const table = newTable(steps, origin);
  for (let t = 0; t < steps.length; t++) {
    const step = at(steps, t);
    isTruth[origin + t] = step.types[0]?.dtype === "bool" ? 1 : 0;
    const from = table.begin(t, step, slots);
    const mayBeSame = identities === "left out" || step.primitive === "cast";
    const same = mayBeSame
      ? unchanged(step, table.operands, from, constants, isTruth, origin + t)
      : undefined;
    slots[step.first] = same ?? table.find(t);
  }
  const outputs = Int32Array.from(graph.outputs, (slot) => slots[slot] as number);
  const live = liveSteps(table, outputs, steps.length, origin);
  return renumbered(steps, table, live, { inputs: inputs.length, origin, constants, isTruth, outputs });
}

/** Steps by what they do, and the operands of each. */
interface Table {
  readonly operations: Int32Array;
  readonly starts: Int32Array;
  readonly operands: Int32Array;
  /** Takes the next step; gives where its operands begin. */
  readonly begin: (t: number, step: Step, slots: Int32Array) => number;
  /** The slot of the first step that does the same. */
  readonly find: (t: number) => number;
}

function newTable(steps: readonly Step[], origin: number): Table {
  const operations = new Int32Array(steps.length);
  const starts = new Int32Array(steps.length + 1);
  const operands = new Int32Array(steps.reduce((sum, { inputs }) => sum + inputs.length, 0));
  const numberOf = operationNumbers();
  const size = 2 ** Math.ceil(Math.log2(2 * steps.length + 2));
  const buckets = new Int32Array(size).fill(-1);
  const hashes = new Int32Array(steps.length);
  const isSame = (t: number, u: number): boolean => {
    if (hashes[t] !== hashes[u] || operations[t] !== operations[u]) return false;
    const from = starts[t] as number;
    const other = starts[u] as number;
    const length = (starts[t + 1] as number) - from;
    for (let a = 0; a < length; a++) if (operands[from + a] !== operands[other + a]) return false;
    return true;
  };
  return {
    operations,
    starts,
    operands,
    begin: (t, step, slots) => {
      const from = starts[t] as number;
      for (let a = 0; a < step.inputs.length; a++)
        operands[from + a] = slots[step.inputs[a] as number] as number;
      starts[t + 1] = from + step.inputs.length;
      operations[t] = numberOf(step);
      return from;
    },
    find: (t) => {
      let hash = operations[t] as number;
      for (let a = starts[t] as number; a < (starts[t + 1] as number); a++)
        hash = Math.imul(hash ^ (hash >>> 15) ^ (operands[a] as number), 0x85ebca6b);
      hash ^= hash >>> 13;
      hashes[t] = hash;
      let bucket = (hash ^ (hash >>> 16)) & (size - 1);
      for (; (buckets[bucket] as number) >= 0; bucket = (bucket + 1) & (size - 1))
        if (isSame(t, buckets[bucket] as number)) return origin + (buckets[bucket] as number);
      buckets[bucket] = t;
      return origin + t;
    },
  };
}

/** Numbers for what steps do, by primitive and parameters. */
function operationNumbers(): (step: Step) => number {
  const numbers = new Map<string, number>();
  return (step) => {
    const key = operationOf(step);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  };
}

/** Two primitives of single numbers have parameters. */
function operationOf(step: Step): string {
  if (step.primitive === "cast") return `cast ${step.params.dtype}`;
  return step.primitive === "polygamma" ? `polygamma ${step.params.order}` : step.primitive;
}

/** The operand itself, where a step gives it back as it is. */
function unchanged(
  { primitive }: Step,
  operands: Int32Array,
  from: number,
  constants: readonly (number | undefined)[],
  isTruth: Uint8Array,
  result: number,
): number | undefined {
  const x = operands[from] as number;
  const y = operands[from + 1] as number;
  const isSame = (slot: number): boolean => isTruth[slot] === isTruth[result];
  switch (primitive) {
    case "cast":
      return isSame(x) ? x : undefined;
    case "mul":
      if (constants[x] === 1 && isSame(y)) return y;
      return constants[y] === 1 && isSame(x) ? x : undefined;
    case "div":
      return constants[y] === 1 && isSame(x) ? x : undefined;
    case "sub":
      // x − 0 is x, bit for bit; x + 0 is not where x is −0.
      return Object.is(constants[y], 0) && isSame(x) ? x : undefined;
    default:
      return undefined;
  }
}

/** Inputs and constants, each value once; `slots` says where those of the graph are now. */
function constantsOf({ inputs, constants: given, slots: count }: Graph) {
  const constants: (number | undefined)[] = inputs.map(() => undefined);
  const isTruth = inputs.map(({ dtype }) => dtype === "bool");
  const slots = new Int32Array(count).fill(-1);
  for (let i = 0; i < inputs.length; i++) slots[i] = i;
  const known = [new Map<number | string, number>(), new Map<number | string, number>()] as const;
  for (const [i, constant] of given.entries()) {
    const value = at(constant.values().data, 0);
    const ofType = known[constant.dtype === "bool" ? 1 : 0];
    const key = Object.is(value, -0) ? "-0" : value;
    const slot = ofType.get(key) ?? constants.length;
    slots[inputs.length + i] = slot;
    if (slot < constants.length) continue;
    ofType.set(key, slot);
    constants.push(value);
    isTruth.push(constant.dtype === "bool");
  }
  return { constants, isTruth, slots };
}

/** 1 for steps from which results are computed. */
function liveSteps(
  { starts, operands }: Table,
  outputs: Int32Array,
  count: number,
  origin: number,
): Uint8Array {
  const live = new Uint8Array(count);
  for (const slot of outputs) if (slot >= origin) live[slot - origin] = 1;
  for (let t = count - 1; t >= 0; t--) {
    if (live[t] !== 1) continue;
    for (let a = starts[t] as number; a < (starts[t + 1] as number); a++) {
      const slot = operands[a] as number;
      if (slot >= origin) live[slot - origin] = 1;
    }
  }
  return live;
}

type Outer = Pick<Condensed, "inputs" | "origin" | "constants" | "isTruth" | "outputs">;

/** Only the steps that live, without gaps. */
function renumbered(all: readonly Step[], table: Table, live: Uint8Array, outer: Outer): Condensed {
  const { origin, isTruth } = outer;
  const steps = all.filter((_, t) => live[t] === 1);
  const operations = new Int32Array(steps.length);
  const starts = new Int32Array(steps.length + 1);
  const operands = new Int32Array(table.operands.length);
  const truths = isTruth.slice(0, origin + steps.length);
  const moved = new Int32Array(isTruth.length);
  for (let slot = 0; slot < origin; slot++) moved[slot] = slot;
  let [next, end] = [0, 0];
  for (let t = 0; t < all.length; t++) {
    if (live[t] !== 1) continue;
    for (let a = table.starts[t] as number; a < (table.starts[t + 1] as number); a++)
      operands[end++] = moved[table.operands[a] as number] as number;
    operations[next] = table.operations[t] as number;
    truths[origin + next] = isTruth[origin + t] as number;
    moved[origin + t] = origin + next++;
    starts[next] = end;
  }
  const outputs = outer.outputs.map((slot) => moved[slot] as number);
  return { ...outer, steps, operations, starts, operands: operands.slice(0, end), isTruth: truths, outputs };
}
