/** Functions whose derivatives their authors give: for stability, speed, or where the algorithm is not the formula. */
import { checkFunction } from "../core/checks.ts";
import { ShapeError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { describeStructure, type Structure, sameStructure } from "../core/tree.ts";
import type { SlopeRule } from "../tensor/primitives/custom.ts";
import { describeType } from "../tensor/print.ts";
import { sameShape } from "../tensor/shape.ts";
import { apply, type Tensor, toTensor } from "../tensor/tensor.ts";
import { closeGraphs, parameters } from "../tensor/trace.ts";
import { flattenTree, unflattenTree } from "../tensor/tree.ts";
import { type AnyFunction, asNumber, callWithStandIns, isNumberLeaf } from "./calling.ts";

/**
 * A function with its own forward rule: `rule(x, v)` gives J v at x, linear in v. Reverse mode uses the rule's transpose.
 *
 * ```ts
 * import { customJvp, exp, grad, log, mul, sub, type Tensor, tensor } from "nabla";
 * const expm1 = customJvp(
 *   (x: Tensor) => sub(exp(x), 1),
 *   (x, v) => mul(exp(x), v),
 * );
 * grad(expm1)(tensor(0)); // → Tensor(float64 []) 1
 * ```
 */
export function customJvp<X, R>(f: (x: X) => R, rule: (x: X, direction: X) => R): (x: X) => R {
  checkFunction("customJvp", f);
  checkFunction("customJvp", rule, "a rule (x, v) => J v after the function");
  return (x) => applyCustom("customJvp", f, "jvp", rule, x) as R;
}

/**
 * A function with its own reverse rule: `rule(x)` gives the value and the map from its cotangents to those of x, as `vjp`
 * does. Forward mode uses the rule's transpose.
 *
 * ```ts
 * import { customVjp, grad, type Tensor, tensor } from "nabla";
 * const clipped = customVjp(
 *   (x: Tensor) => x,
 *   (x) => ({ value: x, pullback: (g: Tensor) => g.minimum(1).maximum(-1) }),
 * );
 * grad((x: Tensor) => clipped(x).mul(5))(tensor(2)); // → Tensor(float64 []) 1
 * ```
 */
export function customVjp<X, R>(
  f: (x: X) => R,
  rule: (x: X) => { readonly value: R; readonly pullback: (cotangent: R) => X },
): (x: X) => R {
  checkFunction("customVjp", f);
  checkFunction("customVjp", rule, "a rule x => ({ value, pullback }) after the function");
  const reverse = (x: X, cotangent: R): X => rule(x).pullback(cotangent);
  return (x) => applyCustom("customVjp", f, "vjp", reverse, x) as R;
}

function applyCustom(
  name: string,
  f: AnyFunction,
  kind: "jvp" | "vjp",
  rule: AnyFunction,
  x: unknown,
): unknown {
  const { leaves, structure } = flattenTree(x, name);
  const inputs = leaves.map((leaf) => toTensor(leaf));
  const standIns = parameters(inputs);
  const called = callWithStandIns(f, [unflattenTree(structure, standIns)]);
  const output = flattenTree(called.result, `${name}: the function's result`);
  const values = output.leaves.map((leaf) => toTensor(leaf));
  const { graphs, captured } = closeGraphs(standIns, [values]);
  const outputTypes = at(graphs, 0).results;
  const [slopeStructure, resultStructure] =
    kind === "jvp" ? [structure, output.structure] : [output.structure, structure];
  const resultTypes = kind === "jvp" ? outputTypes : inputs;
  const slopeRule: SlopeRule = (primals, slopes) => {
    const args = [unflattenTree(structure, primals), unflattenTree(slopeStructure, slopes)];
    return checkResult(name, callWithStandIns(rule, args).result, resultStructure, resultTypes);
  };
  const outputs = apply("custom", [...inputs, ...captured], {
    graph: at(graphs, 0),
    operands: inputs.length,
    rule: { kind, apply: slopeRule },
    name,
  });
  return unflattenTree(
    output.structure,
    outputs.map((y, i) => (isNumberLeaf(at(output.leaves, i), called) ? asNumber(y) : y)),
  );
}

/** The rule's answer, refused unless it has the structure and shapes that its meaning demands. */
function checkResult(
  name: string,
  result: unknown,
  structure: Structure,
  types: readonly Pick<Tensor, "shape" | "dtype">[],
): Tensor[] {
  const { leaves, structure: got } = flattenTree(result, `${name}: the rule's result`);
  if (!sameStructure(structure, got)) {
    throw new ShapeError(
      `${name}: the rule must return the structure ${describeStructure(structure)}; got ${describeStructure(got)}`,
    );
  }
  return leaves.map((leaf, i) => {
    const x = toTensor(leaf);
    const wanted = at(types, i);
    if (!sameShape(x.shape, wanted.shape)) {
      throw new ShapeError(
        `${name}: leaf ${i} of the rule's result must have the type ${describeType(wanted)}; got ${describeType(x)}`,
      );
    }
    return x.cast(wanted.dtype);
  });
}
