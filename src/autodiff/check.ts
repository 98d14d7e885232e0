/** Derivatives held against finite differences: for functions with rules of their own, and for trust. */
import { checkOptions } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { at } from "../core/exactly.ts";
import { isFloat } from "../tensor/dtype.ts";
import { type Tensor, toTensor } from "../tensor/tensor.ts";
import { extrapolatedDifference } from "./differences.ts";
import type { Differentiable, Point } from "./gradient.ts";
import { elementPaths } from "./paths.ts";
import { checkDifferentiable, readData, readTree } from "./reading.ts";
import { inputsOf, pointMask, run, tracer } from "./traced.ts";
import { pull, tangentGraph } from "./transforms.ts";

/** Where a derivative and its finite difference part. */
export interface DerivativeMismatch {
  /** The path of the element in the point, such as `.weights[3]`. */
  readonly input: string;
  /** The number of the element in the value, all leaves laid end to end. */
  readonly output: number;
  /** By forward mode. */
  readonly forward: number;
  /** By reverse mode. */
  readonly reverse: number;
  /** By finite differences. */
  readonly numeric: number;
  /** How far the finite difference itself can be trusted. */
  readonly uncertainty: number;
}

/** What `checkDerivatives` found. */
export interface DerivativeReport {
  /** True when every derivative lies within the finite difference's own uncertainty. */
  readonly agrees: boolean;
  /** How many entries of the Jacobian were compared. */
  readonly compared: number;
  /** The largest |derivative − difference| relative to |difference|. */
  readonly worst: number;
  /** The entries that part, worst first. */
  readonly mismatches: readonly DerivativeMismatch[];
  /** A few lines for people. */
  readonly toString: () => string;
}

/** Options of `checkDerivatives`. */
export interface CheckOptions {
  /** Relative difference that is accepted beyond the uncertainty of the finite difference. Default 1e-6 (float32: 1e-3). */
  readonly tolerance?: number;
}

/**
 * Compares forward and reverse derivatives of a function at a point with central differences, extrapolated to step 0
 * (Richardson; Ridders 1982, who also estimates their error), entry by entry of the Jacobian.
 *
 * ```ts
 * import { checkDerivatives } from "nabla";
 * checkDerivatives((x: number) => Math.sin(x) * x, 0.5).agrees; // → true
 * ```
 *
 * @throws ArgumentError when the value at the point is not finite: no difference can be taken there.
 */
export function checkDerivatives<X extends Point, Rest extends readonly unknown[], R>(
  f: Differentiable<X, Rest, R>,
  x: X,
  options: CheckOptions = {},
  ...rest: Rest
): DerivativeReport {
  checkOptions("checkDerivatives", options, ["tolerance"]);
  const point = readTree(x, "checkDerivatives");
  checkDifferentiable("checkDerivatives", point);
  const readings = [point, ...rest.map(readData)];
  const traced = tracer("checkDerivatives", f)(readings);
  const inputs = inputsOf(readings, traced);
  const value = (values: readonly Tensor[]): Float64Array => flat(run(traced.graph, values));
  if (!value(inputs).every(Number.isFinite)) {
    throw new ArgumentError(
      "checkDerivatives: the function is not finite at this point, so no difference can be taken; check it at another point",
    );
  }
  const precise = inputs.slice(0, point.inputs.length).every((input) => input.dtype === "float64");
  const tolerance = options.tolerance ?? (precise ? 1e-6 : 1e-3);
  const mask = pointMask(traced);
  const tangents = tangentGraph(traced.graph, mask);
  const paths = elementPaths(x);
  const { outputs, pullback } = pull(traced.graph, inputs, mask);
  const reverseRows = rowsByReverse(outputs, pullback, point.inputs.length);

  const entries: DerivativeMismatch[] = [];
  let magnitude = value(inputs).reduce((most, y) => Math.max(most, Math.abs(y)), 0);
  let column = 0;
  for (const [i, input] of point.inputs.entries()) {
    for (let k = 0; k < input.size; k++, column++) {
      const direction = point.inputs.map((other, j) => (j === i ? unit(other, k) : other.zerosLike()));
      const pushed = run(tangents, [...inputs, ...direction]);
      const forward = flat(pushed.slice(pushed.length / 2));
      const { estimate, error, reach } = extrapolatedDifference(
        (t) => value(inputs.map((v, j) => (j === i ? v.add(unit(v, k).mul(t)) : v))),
        at(input.values().data, k),
        precise,
      );
      magnitude = Math.max(magnitude, reach);
      for (const [j, numeric] of estimate.entries()) {
        const reverse = at(at(reverseRows, j), column);
        const input = at(paths, column);
        entries.push({
          input,
          output: j,
          forward: at(forward, j),
          reverse,
          numeric,
          uncertainty: at(error, j),
        });
      }
    }
  }
  const report = judge(entries, tolerance, (precise ? 1e-6 : 1e-2) * magnitude);
  return { ...report, toString: () => describeReport(report) };
}

/** The larger of the two differences; one without a number counts as the worst. */
function gapOf({ forward, reverse, numeric }: DerivativeMismatch): number {
  const gap = Math.max(Math.abs(forward - numeric), Math.abs(reverse - numeric));
  return Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap;
}

/**
 * Derivatives may be off by what the difference is uncertain of; but where that is more than rounding of the values explains
 * and more than a hundredth, the function has a jump or a kink there, and nothing has been confirmed.
 */
function judge(
  entries: readonly DerivativeMismatch[],
  tolerance: number,
  rounding: number,
): Omit<DerivativeReport, "toString"> {
  const largest = entries.reduce((most, { numeric }) => Math.max(most, Math.abs(numeric)), 0);
  let worst = 0;
  const mismatches = entries.filter((entry) => {
    // Beside far larger derivatives a small one drowns in rounding.
    const scale = Math.abs(entry.numeric) + 1e-9 * largest;
    const gap = gapOf(entry);
    if (gap > 0) worst = Math.max(worst, gap / scale);
    return !(gap <= tolerance * scale + Math.min(10 * entry.uncertainty, 0.01 * scale + rounding));
  });
  mismatches.sort((a, b) => (gapOf(a) === gapOf(b) ? 0 : gapOf(b) - gapOf(a)));
  return { agrees: mismatches.length === 0, compared: entries.length, worst, mismatches };
}

function describeReport({ agrees, compared, worst, mismatches }: Omit<DerivativeReport, "toString">): string {
  if (agrees)
    return `${compared} derivatives agree with finite differences; largest relative difference ${worst.toExponential(1)}`;
  const lines = mismatches
    .slice(0, 5)
    .map(
      (m) =>
        `  value[${m.output}] by x${m.input}: forward ${m.forward}, reverse ${m.reverse}, difference ${m.numeric} ± ${m.uncertainty.toExponential(1)}`,
    );
  const rest = mismatches.length - lines.length;
  return [
    `${mismatches.length} of ${compared} derivatives part from finite differences:`,
    ...lines,
    ...(rest > 0 ? [`  … and ${rest} more`] : []),
  ].join("\n");
}

/** All elements of all leaves, end to end. */
function flat(values: readonly Tensor[]): Float64Array {
  return Float64Array.from(values.flatMap((y) => [...y.values().data]));
}

/** 1 at one element, 0 elsewhere. */
function unit(x: Tensor, index: number): Tensor {
  const places = x.range(x.size).equal(index).cast(x.dtype);
  return places.reshape(x.shape);
}

/** The Jacobian by reverse mode, a row for each element of the value. */
function rowsByReverse(
  outputs: readonly Tensor[],
  pullback: (cotangents: readonly (Tensor | undefined)[]) => (Tensor | undefined)[],
  count: number,
): Float64Array[] {
  const inputsLike = pullback(outputs.map((y) => (isFloat(y.dtype) ? y.zerosLike() : undefined)));
  return outputs.flatMap((y, j) =>
    Array.from({ length: y.size }, (_, k) => {
      const slopes = pullback(
        outputs.map((_, other) => (other === j && isFloat(y.dtype) ? unit(y, k) : undefined)),
      );
      return Float64Array.from(
        Array.from({ length: count }, (_, i) => [
          ...(slopes[i] ?? inputsLike[i] ?? toTensor(0)).values().data,
        ]).flat(),
      );
    }),
  );
}
