/** From a function of one example to the same function of a stack of them. */
import { checkList, checkOptions, showValue } from "../core/checks.ts";
import { ArgumentError, ShapeError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { showShape } from "../tensor/shape.ts";
import { type Tensor, type TypedArray, toTensor } from "../tensor/tensor.ts";
import { traceFunctions } from "../tensor/trace.ts";
import { type MapLeaves, mapTree, unflattenTree } from "../tensor/tree.ts";
import { type Reading, readData, readTree } from "./reading.ts";
import { inputsOf, perTrace, run, tracer } from "./traced.ts";
import { batch } from "./transforms.ts";

/** Which axis of each argument is mapped over. */
export interface VmapOptions {
  /** One axis for each argument, `null` for arguments that are the same for every example. Default: 0 for all. */
  readonly axes?: readonly (number | null)[];
}

/** What a function of one example takes of a stack: tensors (or typed arrays of numbers) where examples have numbers. */
export type Stacked<T> = [Tensor] extends [T]
  ? T
  : T extends number
    ? number | Tensor | TypedArray
    : T extends TypedArray
      ? T
      : T extends object
        ? { [K in keyof T]: Stacked<T[K]> }
        : T;

/**
 * Maps a function over stacked examples without a loop: every primitive knows how it acts on a stack. Results are stacked
 * along the first axis.
 *
 * ```ts
 * import { dot, tensor, vmap } from "nabla";
 * const rows = tensor([[1, 2], [3, 4]]);
 * vmap(dot)(rows, rows); // → Tensor(float64 [2]) [5, 25]
 * vmap(dot, { axes: [0, null] })(rows, tensor([1, 1])); // → Tensor(float64 [2]) [3, 7]
 * ```
 *
 * @throws ShapeError when mapped axes differ in length; ArgumentError when nothing is mapped.
 */
export function vmap<Args extends readonly unknown[], R>(
  f: (...args: Args) => R,
  options?: VmapOptions,
): (...args: Stacked<Args>) => MapLeaves<R, Tensor>;
export function vmap(
  f: (...args: never[]) => unknown,
  options: VmapOptions = {},
): (...args: readonly unknown[]) => unknown {
  checkOptions("vmap", options, ["axes"]);
  if (options.axes !== undefined)
    checkList("vmap({ axes })", options.axes, "an array with one axis (or null) for each argument");
  const trace = tracer("vmap", f);
  const stackedGraph = perTrace((traced) => ({
    traced,
    made: new Map<string, ReturnType<typeof traceFunctions>>(),
  }));
  return (...args) => {
    const axes = options.axes ?? args.map(() => 0);
    if (axes.length !== args.length) {
      throw new ArgumentError(
        `vmap({ axes }): names ${axes.length} axes for ${args.length} arguments; give one for each, null for those not mapped`,
      );
    }
    const mapped = args.map((arg, i) => readMapped(arg, axes[i] ?? null));
    const isStacked = mapped.flatMap(({ reading, isMapped }) => reading.inputs.map(() => isMapped));
    const inputs = mapped.flatMap(({ reading }) => reading.inputs);
    const size = stackSize(inputs, isStacked);
    const types = inputs.map((x, i) => ({
      dtype: x.dtype,
      isWeak: x.isWeak,
      shape: isStacked[i] ? x.shape.slice(1) : x.shape,
    }));
    const readings = mapped.map(({ reading }) => reading);
    const traced = trace(readings, types);
    const { made } = stackedGraph(traced);
    const all = [...isStacked, ...traced.captured.map(() => false)];
    const operands = inputsOf(readings, traced);
    const key = `${size}:${all.map(Number).join("")}`;
    const stacked =
      made.get(key) ?? traceFunctions(operands, [(values) => batch(traced.graph, values, all, size)]);
    if (stacked.captured.length === 0) made.set(key, stacked);
    const outputs = run(at(stacked.graphs, 0), [...operands, ...stacked.captured]);
    return unflattenTree(traced.output.structure, outputs);
  };
}

/** An argument with its mapped axis in front. */
function readMapped(arg: unknown, axis: number | null): { reading: Reading; isMapped: boolean } {
  if (axis === null) return { reading: readData(arg), isMapped: false };
  const reading = readTree(
    mapTree((leaf) => (typeof leaf === "number" ? leaf : toTensor(leaf)), arg),
    "vmap",
  );
  const inputs = reading.inputs.map((x) => {
    if (!Number.isInteger(axis) || axis < -x.rank || axis >= x.rank) {
      throw new ShapeError(
        `vmap: a leaf of shape ${showShape(x.shape)} has no axis ${showValue(axis)} to map over; make a list of examples one tensor(...), or set that argument's axis to null to use it whole`,
      );
    }
    return x.moveAxis(axis < 0 ? axis + x.rank : axis, 0);
  });
  return { reading: { ...reading, inputs }, isMapped: true };
}

function stackSize(inputs: readonly Tensor[], isStacked: readonly boolean[]): number {
  const sizes = new Set(inputs.flatMap((x, i) => (isStacked[i] ? [at(x.shape, 0)] : [])));
  const [size] = sizes;
  if (size === undefined)
    throw new ArgumentError(
      "vmap: no argument is mapped; call the function itself, or give an axis to map over",
    );
  if (sizes.size > 1)
    throw new ShapeError(`vmap: mapped axes must have one length; got ${[...sizes].join(", ")}`);
  return size;
}
