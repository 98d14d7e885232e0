/** The verb `compileStep`: a step whose state stays in the program's memory. */
import type { AnyFunction } from "../autodiff/calling.ts";
import { readTree } from "../autodiff/reading.ts";
import { inputsOf, perTrace, type Traced, tracer } from "../autodiff/traced.ts";
import { showValue } from "../core/checks.ts";
import { ArgumentError, ShapeError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { countLeaves, describeStructure, type Structure, sameStructure } from "../core/tree.ts";
import type { NdArray } from "../tensor/array.ts";
import { describeType } from "../tensor/print.ts";
import { sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { unflattenTree } from "../tensor/tree.ts";
import { explainProgram } from "./explain.ts";
import { compiled } from "./program/executable.ts";
import { interpreted } from "./program/interpreted.ts";
import type { TensorProgram } from "./program/tensor-program.ts";

/** A compiled step and the state it moves. */
export interface CompiledStep<State, Args extends readonly unknown[], Result> {
  /** Takes a step: replaces the state, gives the result, whose tensors are copies. */
  readonly step: (...args: Args) => Result;
  /** A copy of the state. */
  readonly state: () => State;
  /** Replaces the state by one of the same structure, shapes and dtypes. Throws a ShapeError for any other. */
  readonly restore: (state: State) => void;
  /** The kernels that the program was compiled with, for people; bits depend on them. Empty before the first step. */
  readonly kernels: () => string;
  /** The fused kernels in order, for people; empty before the first step. */
  readonly explain: () => string;
}

/**
 * Compiles a step `(state, ...args) => [next, result]`, as training takes it: the state stays in the program's memory from call to call,
 * and is updated in place wherever nobody reads the old one any more. All numbers and tensors in state and arguments are inputs, so that
 * a rate may change from step to step; a batch of another shape is traced and compiled anew, with the state handed on.
 *
 * ```ts
 * import { compileStep, grad, tensor, type Tensor } from "nabla";
 * const loss = (w: Tensor) => w.mul(w).sum();
 * const descent = compileStep((w: Tensor, rate: number) => [w.sub(grad(loss)(w).mul(rate)), loss(w)] as const, tensor([1, 2]));
 * descent.step(0.25).item(); // → 5
 * descent.state(); // → Tensor(float64 [2]) [0.5, 1]
 * ```
 *
 * @throws ArgumentError when the state is neither tensor nor tree, or the function returns no pair; ShapeError when the next state differs from the state in structure, shape or
 * dtype; TraceError when the function cannot be traced.
 */
export function compileStep<State extends object, Args extends readonly unknown[], Result>(
  f: (state: State, ...args: Args) => readonly [State, Result],
  state: State,
): CompiledStep<State, Args, Result>;
export function compileStep(f: AnyFunction, start: object): CompiledStep<object, unknown[], unknown> {
  const trace = tracer("compileStep", f);
  if (typeof start !== "object" || start === null)
    throw new ArgumentError(
      `compileStep: the state is a tensor, an array or an object of them; got ${showValue(start)}; put a number into an array or a tensor`,
    );
  const first = readTree(start, "compileStep");
  let values: readonly NdArray[] = first.inputs.map((x) => x.values());
  let owner: Stepper | undefined;
  const stepperOf = perTrace((traced) => newStepper(traced, first.structure));
  const stateNow = (): readonly NdArray[] => owner?.state(first.inputs.length) ?? values;
  return {
    step: (...args) => {
      const readings = [first, ...args.map((arg) => readTree(arg, "compileStep"))];
      const traced = trace(readings);
      const stepper = stepperOf(traced);
      if (stepper !== owner) {
        stepper.restore(stateNow());
        owner = stepper;
      }
      const rest = inputsOf(readings, traced).slice(first.inputs.length);
      return stepper.step(rest.map((x) => x.values()));
    },
    state: () => {
      const restored = first.restore(stateNow().map((x) => new Tensor(x, x.data.slice())));
      return typeof restored === "object" && restored !== null ? restored : {};
    },
    restore: (state) => {
      const reading = readTree(state, "compileStep.restore");
      if (!sameStructure(reading.structure, first.structure))
        throw new ShapeError(
          `compileStep.restore: the state must have the structure ${describeStructure(first.structure)}; got ${describeStructure(reading.structure)}`,
        );
      for (const [i, x] of reading.inputs.entries())
        checkLeaf("compileStep.restore", at(first.inputs, i), x, i);
      values = reading.inputs.map((x) => x.values());
      owner = undefined;
    },
    kernels: () => owner?.program?.kernels.description ?? "",
    explain: () => (owner === undefined ? "" : explainProgram(owner.graph, owner.program)),
  };
}

/** A step for one kind of call. */
interface Stepper {
  readonly graph: Traced["graph"];
  readonly program: TensorProgram | undefined;
  readonly step: (args: readonly NdArray[]) => unknown;
  readonly state: (count: number) => readonly NdArray[];
  readonly restore: (values: readonly NdArray[]) => void;
}

function newStepper(traced: Traced, structure: Structure): Stepper {
  const { graph, output, captured } = traced;
  const { next, result } = pairOf(output.structure);
  if (captured.length > 0)
    throw new ArgumentError(
      "compileStep: a step is no part of another traced function; use compile or trace there",
    );
  if (!sameStructure(next, structure))
    throw new ShapeError(
      `compileStep: the next state must have the structure of the state, ${describeStructure(structure)}; got ${describeStructure(next)}`,
    );
  const count = graph.inputs.length;
  const leaves = countLeaves(next);
  for (let i = 0; i < leaves; i++) checkLeaf("compileStep", at(graph.inputs, i), at(graph.results, i), i);
  const carried = Array.from({ length: leaves }, (_, i) => ({ input: i, output: i }));
  const program = compiled(graph, carried);
  const running = program ?? interpreted(graph, carried);
  const numbers = output.isNumber.slice(leaves);
  // Results that are the old state, or views of it, are told before the new state takes its place.
  const places = program?.parts.units.outputs ?? [];
  const isOld = numbers.map((_, i) => (places[leaves + i]?.root ?? leaves) < leaves);
  return {
    graph,
    program,
    step: (args) => {
      for (let i = leaves; i < count; i++) running.write(i, at(args, i - leaves));
      const old = isOld.map((flag, i) => (flag ? running.read(leaves + i) : undefined));
      running.run();
      const made = numbers.map((isNumber, i) => {
        const y = old[i] ?? running.read(leaves + i);
        const value = new Tensor(y, y.data);
        return isNumber && value.rank === 0 ? value.item() : value;
      });
      return unflattenTree(result, made);
    },
    state: (size) => Array.from({ length: size }, (_, i) => running.readInput(i)),
    restore: (values) => {
      for (const [i, value] of values.entries()) running.write(i, value);
    },
  };
}

function pairOf(structure: Structure): { readonly next: Structure; readonly result: Structure } {
  const [next, result, ...more] = structure.kind === "array" ? structure.children : [];
  if (next === undefined || result === undefined || more.length > 0)
    throw new ArgumentError(
      `compileStep: the step must return [next, result], the next state and what is to be told of the step; got ${describeStructure(structure)}`,
    );
  return { next, result };
}

type Leaf = Pick<NdArray, "dtype" | "shape">;

function checkLeaf(call: string, is: Leaf, becomes: Leaf, index: number): void {
  if (is.dtype === becomes.dtype && sameShape(is.shape, becomes.shape)) return;
  throw new ShapeError(
    `${call}: leaf ${index} of the state is ${describeType(is)} and would become ${describeType(becomes)}; a state keeps its shapes and dtypes (cast or reshape what the step returns)`,
  );
}
