/**
 * Power series in t as values of a graph. Coefficients are worked out when asked for and kept. Linear primitives act on each
 * coefficient alone, products convolve, and every other primitive solves y′(t) = J(x(t)) x′(t), for which its own jvp rule is
 * run on series. The cost grows with the square of the order instead of doubling with each (Griewank and Walther 2008,
 * chapter 13).
 */
import { at } from "../core/exactly.ts";
import { isFloat } from "../tensor/dtype.ts";
import type { Graph, Step } from "../tensor/graph.ts";
import { addSlopes } from "../tensor/primitives/elementwise.ts";
import type { PrimitiveName } from "../tensor/primitives/index.ts";
import type { Slope } from "../tensor/primitives/types.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { applyStep, traceFunctions } from "../tensor/trace.ts";
import { pushStep } from "./transforms.ts";

/** A value that changes with t. */
export interface Series {
  /** False for what does not depend on t. */
  readonly moves: boolean;
  /** The coefficient of tᵏ; `undefined` is zero, but the one at k = 0 is always there. */
  readonly at: (k: number) => Slope;
}

/** A value that does not depend on t. */
export function constantSeries(value: Tensor): Series {
  return { moves: false, at: (k) => (k === 0 ? value : undefined) };
}

/** The value at t = 0. */
export function leading(series: Series): Tensor {
  return at([series.at(0)], 0);
}

/**
 * The series of a graph's outputs from those of its inputs. Coefficients up to `order` are worked out step by step, so that
 * a long graph does not become a deep recursion.
 */
export function expand(graph: Graph, inputs: readonly Series[], order = -1): Series[] {
  const slots: Series[] = [...inputs, ...graph.constants.map(constantSeries)];
  for (const step of graph.steps) {
    const operands = step.inputs.map((slot) => at(slots, slot));
    for (const [i, output] of expandStep(step, operands).entries()) {
      slots[step.first + i] = output;
      for (let k = 0; k <= order; k++) output.at(k);
    }
  }
  return graph.outputs.map((slot) => at(slots, slot));
}

/** Primitives whose jvp rule, being linear in all float operands, acts on each coefficient alone. */
const linear: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  "neg",
  "add",
  "sub",
  "select",
  "cast",
  "reduceSum",
  "reshape",
  "transpose",
  "broadcastTo",
  "slice",
  "pad",
  "flip",
  "concat",
  "gather",
  "scatterAdd",
  "windows",
  "foldWindows",
]);

/** Whole powers up to this one are expanded as products, which is cheaper than the general rule. */
const largestProduct = 32;

const bilinear: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>(["mul", "matmul", "convolution"]);

function expandStep(step: Step, inputs: readonly Series[]): readonly Series[] {
  const start = lazily(() => applyStep(step, inputs.map(leading)));
  if (!inputs.some((series) => series.moves))
    return step.types.map((_, i) => series(false, (k) => (k === 0 ? start()[i] : undefined)));
  if (linear.has(step.primitive)) {
    return [series(true, (k) => (k === 0 ? start()[0] : pushOnce(step, inputs, start(), k)))];
  }
  const [a, b] = inputs;
  if (a && b && bilinear.has(step.primitive)) {
    return [product(a, b, (x, y) => at(applyStep(step, [x, y]), 0))];
  }
  const exponent = step.primitive === "pow" && b?.moves === false ? leading(b).knownScalar() : undefined;
  if (
    a &&
    exponent !== undefined &&
    Number.isInteger(exponent) &&
    exponent > 0 &&
    exponent <= largestProduct
  ) {
    const expanded = wholePower(a, exponent);
    return [series(true, (k) => (k === 0 ? start()[0] : expanded.at(k)))];
  }
  if (a && b && step.primitive === "div") return [quotient(a, b)];
  return integrate(step, inputs, start);
}

function series(moves: boolean, coefficient: (k: number) => Slope): Series {
  const known: { readonly value: Slope }[] = [];
  return {
    moves,
    at: (k) => {
      const entry = known[k] ?? { value: coefficient(k) };
      known[k] = entry;
      return entry.value;
    },
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function pushOnce(step: Step, inputs: readonly Series[], outputs: readonly Tensor[], k: number): Slope {
  const tangents = inputs.map((x) => (x.moves ? x.at(k) : undefined));
  return tangents.every((t) => t === undefined)
    ? undefined
    : pushStep<PrimitiveName>(step, inputs.map(leading), outputs, tangents)[0];
}

/** Cauchy's product: yₖ = Σ aⱼ bₖ₋ⱼ. */
function product(a: Series, b: Series, combine: (x: Tensor, y: Tensor) => Tensor): Series {
  return series(true, (k) => {
    let sum: Slope;
    for (let j = 0; j <= k; j++) {
      const [x, y] = [a.at(j), b.at(k - j)];
      if (x !== undefined && y !== undefined) sum = addSlopes(sum, combine(x, y));
    }
    return sum;
  });
}

/** aⁿ for whole n > 0, by squaring. */
function wholePower(a: Series, n: number): Series {
  if (n === 1) return a;
  const half = wholePower(a, n >> 1);
  const square = product(half, half, (x, y) => x.mul(y));
  return n % 2 === 0 ? square : product(square, a, (x, y) => x.mul(y));
}

/** y = a/b from a = y b: yₖ = (aₖ − Σ_{j<k} yⱼ bₖ₋ⱼ)/b₀. */
function quotient(a: Series, b: Series): Series {
  const y: Series = series(true, (k) => {
    let rest = a.at(k);
    for (let j = 0; j < k; j++) {
      const [q, d] = [y.at(j), b.at(k - j)];
      if (q !== undefined && d !== undefined) rest = addSlopes(rest, q.mul(d).neg());
    }
    return rest?.div(leading(b));
  });
  return y;
}

/** y₀ by the primitive itself, then k yₖ = [tᵏ⁻¹] J(x(t)) x′(t). */
function integrate(step: Step, inputs: readonly Series[], start: () => readonly Tensor[]): Series[] {
  const slopes = lazily(() => slopeSeries(step, inputs, outputs));
  const outputs = step.types.map(
    (type, i): Series =>
      series(isFloat(type.dtype), (k) =>
        k === 0
          ? start()[i]
          : slopes()
              [i]?.at(k - 1)
              ?.div(k),
      ),
  );
  return outputs;
}

/** The series of y′(t): the jvp rule, traced as a graph of inputs, outputs and tangents, and expanded in its turn. */
function slopeSeries(
  step: Step,
  inputs: readonly Series[],
  outputs: readonly Series[],
): readonly (Series | undefined)[] {
  const values = inputs.map(leading);
  const moving = inputs.map((x) => x.moves);
  const present: boolean[] = [];
  const { graphs, captured } = traceFunctions(
    [...values, ...step.types, ...values.filter((_, i) => moving[i])],
    [
      (args) => {
        const primals = args.splice(0, values.length);
        const results = args.splice(0, step.types.length);
        const tangents = moving.map((flag): Slope => (flag ? args.shift() : undefined));
        const slopes = pushStep<PrimitiveName>(step, primals, results, tangents);
        present.push(...slopes.map((slope) => slope !== undefined));
        return slopes.filter((slope) => slope !== undefined);
      },
    ],
  );
  const derivatives = inputs
    .filter((x) => x.moves)
    .map((x) =>
      series(true, (k) => x.at(k + 1)?.mul(k + 1) ?? (k === 0 ? leading(x).zerosLike() : undefined)),
    );
  const expanded = expand(at(graphs, 0), [
    ...inputs,
    ...outputs,
    ...derivatives,
    ...captured.map(constantSeries),
  ]);
  return present.map((flag) => (flag ? expanded.shift() : undefined));
}
