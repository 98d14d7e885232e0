/** Fewer and longer loops: neighbouring axes that everything walks as if they were one become one. */
import { at } from "../../core/exactly.ts";
import type { Computation, Nest, Operand } from "../fuse/nest.ts";

/** The nest with neighbouring axes joined wherever nobody can tell the difference. */
export function collapse(nest: Nest): Nest {
  for (let axis = nest.axes.length - 2; axis >= 0; axis--) {
    if (axis + 1 !== nest.row && canJoin(nest, axis)) return collapse(join(nest, axis));
  }
  return nest;
}

/** Whether axis and axis + 1 are walked as one by every read, write and fold. */
function canJoin({ axes, computations, stores }: Nest, axis: number): boolean {
  const length = at(axes, axis + 1);
  const isOne = (strides: readonly number[]): boolean => at(strides, axis) === at(strides, axis + 1) * length;
  const loads = computations.flatMap(({ operands }) => operands.filter((x) => x.kind === "load"));
  return (
    loads.every(({ strides }) => isOne(strides)) &&
    stores.every(({ strides }) => isOne(strides)) &&
    computations.every(
      (c) => hasBothOrNone(c.axes, axis) && (c.kind !== "fold" || hasBothOrNone(c.over, axis)),
    )
  );
}

/** Both axes next to each other and in order, or neither. */
function hasBothOrNone(axes: readonly number[], axis: number): boolean {
  const first = axes.indexOf(axis);
  return first < 0 ? !axes.includes(axis + 1) : axes[first + 1] === axis + 1;
}

function join(nest: Nest, axis: number): Nest {
  const renumber = (axes: readonly number[]): number[] =>
    axes.flatMap((a) => (a === axis ? [] : a > axis ? [a - 1] : [a]));
  const drop = (strides: readonly number[]): number[] => strides.filter((_, a) => a !== axis);
  const operandOf = (operand: Operand): Operand =>
    operand.kind === "load" ? { ...operand, strides: drop(operand.strides) } : operand;
  const computations = nest.computations.map((c): Computation => {
    const common = { axes: renumber(c.axes), operands: c.operands.map(operandOf) };
    return c.kind === "fold" ? { ...c, ...common, over: renumber(c.over) } : { ...c, ...common };
  });
  return {
    kind: "nest",
    axes: nest.axes.flatMap((n, a) => (a === axis ? [] : a === axis + 1 ? [n * at(nest.axes, axis)] : [n])),
    row: nest.row > axis ? nest.row - 1 : nest.row,
    computations,
    stores: nest.stores.map((store) => ({ ...store, strides: drop(store.strides) })),
  };
}
