/** Loops and branches that depend on traced values. Their bodies are traced once, whatever the number of turns. */
import { checkFunction, checkOptions } from "../core/checks.ts";
import { ArgumentError, ShapeError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { describeStructure, type Structure, sameStructure } from "../core/tree.ts";
import type { TensorType } from "../tensor/array.ts";
import { describeType } from "../tensor/print.ts";
import { apply, type Operand, type Tensor, toTensor } from "../tensor/tensor.ts";
import { traceFunctions } from "../tensor/trace.ts";
import { flattenTree, type MapLeaves, unflattenTree } from "../tensor/tree.ts";
import { type AnyFunction, asNumber, isNumberLeaf } from "./calling.ts";
import { callOn, likeCarry, matchType, readTensors, restore, type TensorTree } from "./states.ts";

/** Options of `scan`. */
export interface ScanOptions {
  /** The number of turns; needed when nothing is scanned. */
  readonly length?: number;
  /** From the last row to the first. Default false. */
  readonly reverse?: boolean;
}

/**
 * A loop over the rows of `xs`: `f(carry, row)` returns `[next carry, result]`; results are stacked. The body is traced once
 * and differentiates in both modes; reverse mode keeps one carry a turn.
 *
 * ```ts
 * import { add, scan, tensor } from "nabla";
 * const [total, running] = scan((sum, x) => [add(sum, x), add(sum, x)], tensor(0), tensor([1, 2, 3]));
 * total; // → Tensor(float64 []) 6
 * running; // → Tensor(float64 [3]) [1, 3, 6]
 * ```
 *
 * @throws ShapeError when the state changes its structure or shapes, or rows differ in number.
 */
export function scan<Carry, Xs, Y>(
  f: (carry: Carry, x: Xs) => readonly [Carry, Y],
  init: Carry,
  xs: Xs,
  options: ScanOptions = {},
): [Carry, MapLeaves<Y, Tensor>] {
  checkFunction("scan", f);
  checkOptions("scan", options, ["length", "reverse"]);
  const carry = readTensors(init, "scan: the first state");
  const table =
    xs === undefined || xs === null
      ? { tensors: [], structure: emptyStructure }
      : readTensors(xs, "scan: xs");
  const length = turns(table.tensors, options.length);
  const types: TensorType[] = [
    ...carry.tensors,
    ...table.tensors.map((x) => ({ dtype: x.dtype, shape: x.shape.slice(1) })),
  ];
  let results: Structure = emptyStructure;
  const { graphs, captured } = traceFunctions(types, [
    (values) => {
      const pair = callOn(f, [carry.structure, table.structure], values).result;
      if (!Array.isArray(pair) || pair.length !== 2)
        throw new ArgumentError(
          "scan: the body must return [next state, result]; for no result return [state, []]",
        );
      const stacked = readTensors(pair[1], "scan: the result of a turn");
      results = stacked.structure;
      return [...likeCarry("scan", carry, pair[0]), ...stacked.tensors];
    },
  ]);
  const outputs = apply("scan", [...carry.tensors, ...table.tensors, ...captured], {
    body: at(graphs, 0),
    carries: carry.tensors.length,
    scanned: table.tensors.length,
    length,
    reverse: options.reverse ?? false,
  });
  const count = carry.tensors.length;
  return [
    restore(carry, outputs) as Carry,
    unflattenTree(results, outputs.slice(count)) as MapLeaves<Y, Tensor>,
  ];
}

const emptyStructure: Structure = { kind: "array", children: [] };

function turns(tables: readonly Tensor[], given: number | undefined): number {
  const lengths = tables.map((x) => {
    if (x.rank === 0)
      throw new ShapeError(
        "scan: xs must have a first axis to walk along; got a scalar; make a list of numbers one tensor(...), or pass { length } and no xs for a plain number of turns",
      );
    return at(x.shape, 0);
  });
  const length = given ?? lengths[0];
  if (length === undefined)
    throw new ArgumentError("scan: without xs the number of turns must be given as { length }");
  if (!Number.isSafeInteger(length) || length < 0)
    throw new ArgumentError(`scan({ length }): must be a whole number ≥ 0; got ${length}`);
  const wrong = lengths.find((n) => n !== length);
  if (wrong !== undefined) throw new ShapeError(`scan: all of xs must have ${length} rows; one has ${wrong}`);
  return length;
}

/**
 * A loop that runs while a condition on its state holds. How often may depend on traced values; derivatives pass through the
 * turns that happened.
 *
 * ```ts
 * import { less, mul, tensor, whileLoop } from "nabla";
 * whileLoop((x) => less(x, 100), (x) => mul(x, 3), tensor(1)); // → Tensor(float64 []) 243
 * whileLoop((x) => x < 100, (x) => x * 3, 1); // → 243
 * ```
 *
 * @throws ShapeError when the state changes its structure or shapes, or the condition is no scalar.
 */
export function whileLoop<State>(
  condition: (state: State) => Operand,
  body: (state: State) => State,
  init: State,
): State {
  checkFunction("whileLoop", condition, "a function of the state as its condition");
  checkFunction("whileLoop", body, "a function of the state as its body");
  const carry = readTensors(init, "whileLoop: the first state");
  const { graphs, captured } = traceFunctions(carry.tensors, [
    (values) => [asCondition("whileLoop", callOn(condition, [carry.structure], values).result)],
    (values) => likeCarry("whileLoop", carry, callOn(body, [carry.structure], values).result),
  ]);
  const outputs = apply("while", [...carry.tensors, ...captured], {
    condition: at(graphs, 0),
    body: at(graphs, 1),
    carries: carry.tensors.length,
    taped: false,
  });
  return restore(carry, outputs) as State;
}

function asCondition(call: string, value: unknown): Tensor {
  const { leaves } = flattenTree(
    typeof value === "boolean" ? Number(value) : value,
    `${call}: the condition`,
  );
  const condition = toTensor(leaves.length === 1 ? at(leaves, 0) : 0);
  if (leaves.length !== 1 || condition.rank !== 0) {
    throw new ShapeError(
      `${call}: the condition must be one scalar; got ${leaves.length === 1 ? describeType(condition) : `${leaves.length} values`}; use any or all`,
    );
  }
  return condition.cast("bool");
}

/**
 * One of two functions of the operands, chosen by a scalar condition. Only the branch taken is evaluated, so the other
 * cannot leak NaN into values or derivatives.
 *
 * ```ts
 * import { cond, grad, greater, sqrt, type Tensor, tensor } from "nabla";
 * const f = (x: Tensor) => cond(greater(x, 0), sqrt, (y) => y.mul(0), x);
 * grad(f)(tensor(-1)); // → Tensor(float64 []) 0
 * ```
 *
 * @throws ShapeError when the branches return different structures or shapes.
 */
export function cond<Args extends readonly unknown[], R>(
  condition: Operand,
  whenTrue: (...args: Args) => R,
  whenFalse: (...args: Args) => R,
  ...args: Args
): R {
  checkFunction("cond", whenTrue, "two functions after the condition");
  checkFunction("cond", whenFalse, "two functions after the condition");
  const operands = args.map((arg) => {
    const { leaves, structure } = flattenTree(arg, "cond");
    return { tensors: leaves.map((leaf) => toTensor(leaf)), structure };
  });
  const inputs = operands.flatMap(({ tensors }) => tensors);
  const structures = operands.map(({ structure }) => structure);
  let first: TensorTree | undefined;
  let numbers: boolean[] | undefined;
  const branch =
    (f: AnyFunction) =>
    (values: Tensor[]): Tensor[] => {
      const called = callOn(f, structures, values);
      const result = readTensors(called.result, "cond: a branch's result");
      first ??= result;
      numbers ??= result.leaves.map((leaf) => isNumberLeaf(leaf, called));
      if (!sameStructure(first.structure, result.structure)) {
        throw new ShapeError(
          `cond: both branches must return one structure; got ${describeStructure(first.structure)} and ${describeStructure(result.structure)}`,
        );
      }
      const like = first.tensors;
      return result.tensors.map((x, i) => matchType("cond", x, at(like, i)));
    };
  const { graphs, captured } = traceFunctions(inputs, [branch(whenTrue), branch(whenFalse)]);
  const outputs = apply("cond", [asCondition("cond", condition), ...inputs, ...captured], {
    whenTrue: at(graphs, 0),
    whenFalse: at(graphs, 1),
  });
  const values = outputs.map((y, i) => (numbers?.[i] ? asNumber(y) : y));
  return unflattenTree(first?.structure ?? emptyStructure, values) as R;
}
