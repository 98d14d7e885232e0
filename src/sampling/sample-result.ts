/** What a sampling run came to. */
import { at } from "../core/exactly.ts";
import { showNumber } from "../core/show-number.ts";
import { isPlainObject } from "../core/tree.ts";
import type { Settings } from "../solver/card.ts";
import type { Checkpoint } from "../solver/checkpoint.ts";
import type { Method } from "../solver/method.ts";
import type { Outcome } from "../solver/outcome.ts";
import type { Counts } from "../solver/question.ts";
import { adviceFor, type Reason } from "../solver/reason.ts";
import { Tensor } from "../tensor/tensor.ts";
import { isNumericArray } from "../tensor/tree.ts";
import { acceptanceRate, type Chain, chainCovariance, chainMean, samplesOf } from "./chain.ts";
import { effectiveSampleSize } from "./diagnostics.ts";
import type { MetropolisHastingsState } from "./metropolis-hastings.ts";

/** Samples and their summary. `X` is the structure of the start. `String(result)` is a summary of a few lines. */
export interface SampleResult<X> {
  /** The points kept, in the order in which they were drawn. */
  readonly samples: readonly X[];
  /** The same, flat: what `splitRHat` and its kin read. */
  readonly chain: Chain;
  readonly mean: X;
  /** `[n, n]`, in the order of the start's elements. */
  readonly covariance: readonly (readonly number[])[];
  /** The standard error of each mean; NaN where nothing moved. */
  readonly standardError: X;
  /** How many independent points would give each mean as exactly. */
  readonly effectiveSampleSize: X;
  /** The share of proposals accepted after the warm-up. */
  readonly acceptanceRate: number;
  /** The point of the lowest energy seen, whether or not it was kept. */
  readonly best: { readonly x: X; readonly value: number };
  readonly reason: Reason;
  /** What exactly happened, in a sentence. */
  readonly detail: string;
  /** What to do about the reason, in a sentence. */
  readonly advice: string;
  /** True when all samples asked for were drawn. */
  readonly completed: boolean;
  readonly steps: number;
  readonly evaluations: Counts;
  /** Milliseconds. */
  readonly elapsed: number;
  /** The method's name, as on its card. */
  readonly method: string;
  readonly settings: Settings;
  /** What the energy threw, where that ended the run. */
  readonly error: unknown;
  readonly state: MetropolisHastingsState;
  /** The run as it ended, to be continued with `resume`. */
  readonly save: () => Checkpoint;
  readonly toString: () => string;
}

/** What surrounds an outcome. */
interface Setting<X> {
  readonly method: Pick<Method<MetropolisHastingsState, "value">, "card" | "settings">;
  readonly restore: (x: Float64Array) => X;
}

/** An outcome in the caller's structure. */
export function toSampleResult<X>(
  outcome: Outcome<MetropolisHastingsState>,
  { method, restore }: Setting<X>,
): SampleResult<X> {
  const { state, reason, detail, steps, evaluations, elapsed, error, save } = outcome;
  const view = samplesOf(state);
  const chain = { ...view, points: view.points.slice() };
  const { points, count, dimension: n } = chain;
  const moments = momentsOf(chain);
  const result: Omit<SampleResult<X>, "toString"> = {
    samples: Array.from({ length: count }, (_, k) => restore(points.slice(k * n, (k + 1) * n))),
    chain,
    mean: restore(moments.mean),
    covariance: moments.covariance,
    standardError: restore(moments.standardError),
    effectiveSampleSize: restore(moments.sizes),
    acceptanceRate: acceptanceRate(state),
    best: { x: restore(outcome.x), value: outcome.value },
    reason,
    detail,
    advice: adviceFor(reason),
    completed: reason === "completed",
    steps,
    evaluations,
    elapsed,
    method: method.card.name,
    settings: method.settings,
    error,
    state,
    save,
  };
  // Hidden from loops over the result's members, as toString is everywhere else.
  const toString = (): string => describe(result, moments);
  return Object.defineProperty({ ...result, toString }, "toString", { enumerable: false });
}

interface Moments {
  readonly mean: Float64Array;
  readonly covariance: readonly (readonly number[])[];
  readonly sizes: Float64Array;
  readonly standardError: Float64Array;
}

function momentsOf(chain: Chain): Moments {
  const { dimension: n } = chain;
  const flat = chainCovariance(chain);
  const sizes = effectiveSampleSize(chain);
  const standardError = sizes.map((size, i) => Math.sqrt(at(flat, i * n + i) / size));
  const covariance = Array.from({ length: n }, (_, i) => [...flat.subarray(i * n, (i + 1) * n)]);
  return { mean: chainMean(chain), covariance, sizes, standardError };
}

/** As many variables are shown. */
const shownVariables = 10;

function describe(result: Omit<SampleResult<unknown>, "toString">, moments: Moments): string {
  const { chain, method, reason, completed, detail, acceptanceRate: rate, advice, elapsed } = result;
  const lack = completed ? "" : `, not all (${reason})`;
  const time = `${elapsed.toFixed(0)} ms`;
  return [
    `${chain.count} samples by ${method}${lack}: ${detail}`,
    ...(chain.count === 0
      ? [`  no sample was kept in ${time}: the run ended before its warm-up did`]
      : [`  accepted ${(100 * rate).toFixed(1)} % in ${time}`, ...variableLines(result.mean, moments)]),
    ...(completed ? [] : [`  advice: ${advice}`]),
  ].join("\n");
}

function variableLines(x: unknown, { mean, covariance, standardError, sizes }: Moments): string[] {
  const lines = namesOf(x, "")
    .slice(0, shownVariables)
    .map((name, i) => {
      const deviation = Math.sqrt(at(at(covariance, i), i));
      return `  ${name}: mean ${short(at(mean, i))} ± ${short(at(standardError, i))}, deviation ${short(deviation)}, effective samples ${Math.round(at(sizes, i))}`;
    });
  const hidden = mean.length - lines.length;
  return hidden > 0 ? [...lines, `  … and ${hidden} more variables`] : lines;
}

/** The variables of a tree as a program writes them: `rate`, `layers[0].w[2]`; those of a lone list are `x[0]`, `x[1]`. */
function namesOf(x: unknown, path: string): string[] {
  if (isPlainObject(x))
    return Object.entries(x).flatMap(([key, part]) => namesOf(part, path === "" ? key : `${path}.${key}`));
  const name = path === "" ? "x" : path;
  if (Array.isArray(x)) return x.flatMap((part, i) => namesOf(part, `${name}[${i}]`));
  if (isNumericArray(x)) return Array.from(x, (_, i) => `${name}[${i}]`);
  if (x instanceof Tensor && x.rank > 0) return Array.from({ length: x.size }, (_, i) => `${name}[${i}]`);
  return [name];
}

const short = (value: number): string => showNumber(value, 4);
