/** What calls tell of an objective: its given members directly, everything else by differences of them. */
import type { Want } from "../solver/question.ts";
import { chainHessian, times } from "./chain.ts";
import { columnsByDifferences, matrixOf } from "./differences.ts";
import type { GivenCalls } from "./given.ts";
import { type Entry, type Spent, spend } from "./memo.ts";
import { alongDirection, hessianByValues, symmetrize } from "./second-differences.ts";
import type { Variables } from "./variables.ts";
import { type Call, mapped, only, type Work } from "./work.ts";

/** Learns kinds of a point by calling the user's functions. */
export type LearnByCalls = (entry: Entry, missing: readonly Want[], spent: Spent) => Work<void>;

/**
 * Learns by calls of what was given.
 *
 * @param given Calls on the caller's points; derivatives they return are by the caller's parameters.
 */
export function calledObjective(given: GivenCalls, variables: Variables): LearnByCalls {
  const { toPoint, chain, scale, dimension } = variables;
  const hasGradient = given.gradient !== undefined || given.both !== undefined;

  const valueAt =
    (spent: Spent) =>
    (u: Float64Array): Call<number> =>
    () => {
      for (const kind of given.costs.value) spend(spent, kind);
      return given.value(toPoint(u))();
    };

  /** The gradient by parameters at variables u. */
  const slopeAt =
    (spent: Spent) =>
    (u: Float64Array): Call<Float64Array> =>
    () => {
      const x = toPoint(u);
      for (const kind of given.costs.gradient) spend(spent, kind);
      if (given.gradient) return given.gradient(x)();
      return given.both === undefined ? u : mapped(given.both(x), ({ gradient }) => gradient)();
    };

  /** The gradient by variables at variables u. */
  const pulledSlopeAt =
    (spent: Spent) =>
    (u: Float64Array): Call<Float64Array> =>
      chain === undefined ? slopeAt(spent)(u) : mapped(slopeAt(spent)(u), (g) => chain.pull(u, g));

  function keepSlope(entry: Entry, slope: Float64Array): void {
    entry.pointGradient = slope;
    entry.known.gradient ??= chain === undefined ? slope : chain.pull(entry.x, slope);
  }

  function* value(entry: Entry, spent: Spent): Work<number> {
    entry.known.value ??= yield* only(valueAt(spent)(entry.x));
    return entry.known.value;
  }

  /** ∇f by parameters. */
  function* slope({ x, pointGradient }: Entry, spent: Spent): Work<Float64Array> {
    return pointGradient ?? (yield* only(slopeAt(spent)(x)));
  }

  function* gradientByValues(u: Float64Array, spent: Spent, centre?: number): Work<Float64Array> {
    const f = (x: Float64Array): Call<Float64Array> => mapped(valueAt(spent)(x), (y) => Float64Array.of(y));
    const middle = centre === undefined ? undefined : Float64Array.of(centre);
    return matrixOf(yield* columnsByDifferences(f, u, scale, middle));
  }

  function* gradient(entry: Entry, spent: Spent): Work<void> {
    if (hasGradient) keepSlope(entry, yield* slope(entry, spent));
    else entry.known.gradient = yield* gradientByValues(entry.x, spent, entry.known.value);
  }

  function* both(entry: Entry, call: NonNullable<GivenCalls["both"]>, spent: Spent): Work<void> {
    spend(spent, "value");
    spend(spent, "gradient");
    const told = yield* only(call(toPoint(entry.x)));
    entry.known.value = told.value;
    keepSlope(entry, told.gradient);
  }

  function* product(entry: Entry, v: Float64Array, spent: Spent): Work<Float64Array> {
    const { x } = entry;
    if (chain === undefined || hasGradient) {
      const through = chain === undefined ? v : chain.push(x, v);
      const back = function* (w: Float64Array): Work<Float64Array> {
        return chain === undefined ? w : chain.pullProduct(x, v, yield* slope(entry, spent), w);
      };
      if (given.product) {
        spend(spent, "hessianProduct");
        return yield* back(yield* only(given.product(toPoint(x), through)));
      }
      if (given.hessian) {
        entry.known.hessian ??= yield* hessian(entry, spent);
        return times(entry.known.hessian, v);
      }
    }
    const noise = hasGradient ? scale.epsilon : scale.epsilon ** (2 / 3);
    const slopes = (u: Float64Array): Work<Float64Array> =>
      hasGradient ? only(pulledSlopeAt(spent)(u)) : gradientByValues(u, spent);
    return yield* alongDirection(slopes, x, v, scale, noise);
  }

  function* hessian(entry: Entry, spent: Spent): Work<Float64Array> {
    const { x } = entry;
    if (given.hessian && (chain === undefined || hasGradient)) {
      spend(spent, "hessian");
      const matrix = yield* only(given.hessian(toPoint(x)));
      return chain === undefined ? matrix : chainHessian(chain, x, yield* slope(entry, spent), matrix);
    }
    if (given.product && (chain === undefined || hasGradient)) {
      const columns: Float64Array[] = [];
      for (let i = 0; i < dimension; i++)
        columns.push(
          yield* product(
            entry,
            x.map((_, j) => (i === j ? 1 : 0)),
            spent,
          ),
        );
      return symmetrize(matrixOf(columns), dimension);
    }
    if (hasGradient)
      return symmetrize(
        matrixOf(yield* columnsByDifferences(pulledSlopeAt(spent), x, scale, entry.known.gradient)),
        dimension,
      );
    return yield* hessianByValues(valueAt(spent), x, yield* value(entry, spent), scale);
  }

  return function* (entry, missing, spent) {
    const lacks = (kind: Want): boolean => missing.includes(kind) && entry.known[kind] === undefined;
    if (given.both && lacks("value") && lacks("gradient")) yield* both(entry, given.both, spent);
    if (lacks("value")) yield* value(entry, spent);
    if (lacks("gradient")) yield* gradient(entry, spent);
    if (lacks("hessian")) entry.known.hessian = yield* hessian(entry, spent);
    if (lacks("hessianProduct") && entry.direction !== undefined)
      entry.known.hessianProduct = yield* product(entry, entry.direction, spent);
  };
}
