/**
 * A first-order method is a chain of gradient transformations: x ← x + u(∇f(x)). Every point asked at is a step: nothing is
 * tried and rejected, so that values may also rise.
 */
import { isFiniteVector } from "../core/vector.ts";
import type { MethodCard, Settings } from "../solver/card.ts";
import type { Method, State } from "../solver/method.ts";
import { told } from "../solver/question.ts";
import type { DataArray } from "../tensor/dtype.ts";
import { makeProgram, type Program } from "./program.ts";
import type { SomeTransformation } from "./transformation.ts";

/** The state of a first-order method. */
export interface FirstOrderState extends State {
  /** The point that comes next. */
  readonly next: Float64Array;
  /** The transformation's state there, tensor by tensor in the order of its tree. */
  readonly memory: readonly DataArray[];
}

/** A method, and the transformation it is made of: with that a network can be trained. */
export interface FirstOrderMethod<T extends SomeTransformation>
  extends Method<FirstOrderState, "value" | "gradient"> {
  readonly transformation: T;
}

/** What makes a first-order method: called with options, and known by its card. */
export interface FirstOrderFactory<Options extends object, T extends SomeTransformation> {
  (options?: Options): FirstOrderMethod<T>;
  readonly card: MethodCard;
}

/** What a first-order method is made of. */
export interface Recipe<T extends SomeTransformation> {
  readonly settings: Settings;
  readonly transformation: T;
}

/** Joins a card to the function that puts the chain together. */
export function firstOrderFactory<Options extends object, T extends SomeTransformation>(
  card: MethodCard,
  create: (options: Options) => Recipe<T>,
  none: Options,
): FirstOrderFactory<Options, T> {
  const factory = (options: Options = none): FirstOrderMethod<T> => firstOrder(card, create(options));
  return Object.assign(factory, { card });
}

/**
 * The method that moves by what a transformation makes of the gradient.
 *
 * ```ts
 * import { accumulateMomentum, chain, firstOrder, minimize, momentum, scaleByRate } from "nabla";
 * const card = { ...momentum.card, name: "heavy-ball", settings: [] };
 * const transformation = chain(accumulateMomentum({ decay: 0.8 }), scaleByRate(0.1));
 * const method = firstOrder(card, { settings: {}, transformation });
 * minimize(([x, y]) => x * x + 3 * y * y, [1, 2], { method }).converged; // → true
 * ```
 */
export function firstOrder<T extends SomeTransformation>(
  card: MethodCard,
  { settings, transformation }: Recipe<T>,
): FirstOrderMethod<T> {
  const programs = new Map<number, Program>();
  const programFor = (dimension: number): Program => {
    const known = programs.get(dimension) ?? makeProgram(transformation, dimension);
    programs.set(dimension, known);
    return known;
  };
  return {
    card,
    settings,
    transformation,
    init: ({ x }) => ({
      x,
      value: undefined,
      steps: 0,
      next: x,
      memory: programFor(x.length).begin(x),
    }),
    ask: ({ next }) => ({ points: [next], wants: ["value", "gradient"] }),
    tell: (state, answer) => {
      const x = state.next;
      const value = told(answer, 0, "value");
      const gradient = told(answer, 0, "gradient");
      const steps = state.value === undefined ? 0 : state.steps + 1;
      const cut = steps === 0 ? 1 : shareTaken(transformation.share?.(steps), state.x, x);
      const { memory } = state;
      const { x: next, memory: kept } = programFor(x.length).step({ x, gradient, memory, t: steps + 1 });
      // A moment that overflowed would hold still for good, which is no convergence.
      if (isFiniteVector(next) && kept.every(isFiniteMemory))
        return { x, value, gradient, steps, cut, next, memory: kept };
      const detail = "the next step is not finite: the gradient is too large for what is accumulated of it";
      const verdict = { reason: "stalled", detail } as const;
      return { x, value, gradient, steps, cut, next: x, memory, verdict };
    },
  };
}

/** The share of a full step that led from one point to another; 0 where so little of it was left that nothing changed. */
function shareTaken(share = 1, from: Float64Array, to: Float64Array): number {
  return share < 1 && from.every((xi, i) => xi === to[i]) ? 0 : share;
}

const isFiniteMemory = (data: DataArray): boolean => !(data instanceof Float64Array) || isFiniteVector(data);
