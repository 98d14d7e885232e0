/** What was made of a graph, for people: every unit in order, with its operations and the bytes it moves. */
import { at } from "../core/exactly.ts";
import type { TensorType } from "../tensor/array.ts";
import type { Graph, Step } from "../tensor/graph.ts";
import { describeType } from "../tensor/print.ts";
import { sizeOf } from "../tensor/shape.ts";
import type { Computation, ControlStep, Nest, Unit } from "./fuse/nest.ts";
import { elementSize } from "./loops/memory.ts";
import type { ProgramParts, TensorProgram } from "./program/tensor-program.ts";

/** The program of a graph in words; without one, what evaluates it instead. */
export function explainProgram(graph: Graph, program: TensorProgram | undefined): string {
  const head = `(${graph.inputs.map(describeType).join(", ")}) → (${graph.results.map(describeType).join(", ")})`;
  if (program === undefined)
    return `${head}\n  interpreted, ${graph.steps.length} steps: this host forbids WebAssembly`;
  const { parts, kernels } = program;
  const lines = describeParts(parts, "  ");
  const size = `${many(graph.steps.length, "step")} in ${many(parts.units.units.length, "unit")}`;
  const total = `  ${size}; ${count(parts.bytes, "B")} of memory; kernels: ${kernels.description}`;
  return [head, ...lines, total].join("\n");
}

/** A line a unit; below loops and branches, moved in, those of the graphs inside. */
function describeParts(parts: ProgramParts, margin: string): string[] {
  return parts.units.units.flatMap((unit, i) => [
    `${margin}${String(i).padStart(3)}  ${describeUnit(unit, parts, i)}`,
    ...(parts.inner.get(unit) ?? []).flatMap((inner) => describeParts(inner, `${margin}     `)),
  ]);
}

function describeUnit(unit: Unit, parts: ProgramParts, index: number): string {
  const { types } = parts.units;
  switch (unit.kind) {
    case "nest":
      return `${describeNest(unit)}, ${at(parts.codeSizes, index)} B of code`;
    case "product": {
      const inner = at(unit.a.shape, unit.a.shape.length - 1);
      const flops = 2 * sizeOf(unit.result.shape) * inner;
      return `matrix product [${unit.a.shape}]·[${unit.b.shape}]: ${count(flops, "flop")}`;
    }
    case "convolution": {
      const { shape } = at(unit.step.types, 0);
      const flops = 2 * sizeOf(shape) * sizeOf(unit.kernel.shape.slice(1));
      return `convolution [${unit.input.shape}]*[${unit.kernel.shape}]: ${count(flops, "flop")}`;
    }
    case "routine":
      return `${describeStep(unit.step, types)}, a routine, ${at(parts.codeSizes, index)} B of code`;
    case "control":
      return `${describeControl(unit.step)}${describeStep(unit.step, types)}`;
    case "reference":
      return `${describeStep(unit.step, types)}, by its reference rule`;
    default:
      return unit satisfies never;
  }
}

function describeStep({ primitive, inputs }: Step, types: readonly TensorType[]): string {
  return `${primitive} of ${inputs.map((slot) => describeType(at(types, slot))).join(", ")}`;
}

function describeControl(step: ControlStep): string {
  return step.primitive === "scan" && step.params.length >= 0 ? `${step.params.length} turns: ` : "";
}

function describeNest(nest: Nest): string {
  const { axes, computations, stores, row } = nest;
  const turns = axes.reduce((product, n) => product * n, 1);
  const names = computations.map(nameOf);
  const bytes = bytesMoved(nest);
  const loops =
    axes.length === 0 ? "once" : `loops ${axes.map((n, i) => (i === row && i > 0 ? `| ${n}` : n)).join(" ")}`;
  return `${loops}: ${names.join(" ")} → ${stores.length} ${stores.length === 1 ? "block" : "blocks"}: ${count(turns * computations.length, "operations")}, ${count(bytes, "B")} moved`;
}

const nameOf = (computed: Computation): string =>
  computed.kind === "map"
    ? computed.step.primitive
    : computed.kind === "fold"
      ? `${computed.combination}[${computed.over}]`
      : "copy";

/** Each block that is read or written, once. */
function bytesMoved({ axes, computations, stores }: Nest): number {
  const reach = (strides: readonly number[]): number =>
    strides.reduce((product, stride, axis) => (stride === 0 ? product : product * at(axes, axis)), 1);
  const moved = new Map<string, number>();
  const dtypes = new Map(computations.map(({ slot, dtype }) => [slot, dtype]));
  for (const { operands } of computations)
    for (const x of operands)
      if (x.kind === "load") moved.set(`${x.root} ${x.offset}`, reach(x.strides) * elementSize[x.dtype]);
  for (const { slot, root, offset, strides } of stores)
    moved.set(`to ${root} ${offset}`, reach(strides) * elementSize[dtypes.get(slot) ?? "float64"]);
  return [...moved.values()].reduce((sum, bytes) => sum + bytes, 0);
}

const many = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;

/** A count with the prefix that makes it short: 1.5 MB. */
function count(value: number, unit: string): string {
  const steps = ["", "k", "M", "G", "T"];
  const power = value < 1000 ? 0 : Math.min(steps.length - 1, Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** power;
  return `${power === 0 ? scaled : scaled.toPrecision(3)} ${steps[power]}${unit}`;
}
