/** The transformation of a training: clipping, optimizer, schedule and average as one chain. */
import { showValue } from "../core/checks.ts";
import { ArgumentError } from "../core/errors.ts";
import { rampedMovingAverage } from "../first-order/averaging/ramped-moving-average.ts";
import { chain } from "../first-order/chain.ts";
import { adam } from "../first-order/methods/adam.ts";
import type { Plateau, PlateauState } from "../first-order/schedules/plateau.ts";
import { isSchedule, type Schedule } from "../first-order/schedules/schedule.ts";
import {
  type GradientTransformation,
  openly,
  type SomeTransformation,
  type StepFacts,
} from "../first-order/transformation.ts";
import { clipByGlobalNorm } from "../first-order/transformations/clip-by-global-norm.ts";
import { scale } from "../first-order/transformations/scale.ts";
import type { Settings } from "../solver/card.ts";
import type { Method } from "../solver/method.ts";
import { type Plan, refusal, type TrainSettings } from "./options.ts";

/** What moves the parameters in steps of mini-batches. */
export interface StepOptimizer {
  readonly kind: "steps";
  /** For people: `adam`. */
  readonly name: string;
  /** What was chosen, as plain data. */
  readonly settings: Settings;
  readonly transformation: GradientTransformation<unknown, unknown, StepFacts>;
  /** The rate of step t, where there is one. */
  readonly rate: (t: number) => number | undefined;
  readonly plateau: Plateau | undefined;
  /** Takes the factor of a plateau for the steps to come. */
  readonly follow: (state: PlateauState) => void;
}

/** A method that judges points by the same function, and so needs the full batch. */
export interface FullBatchOptimizer {
  readonly kind: "full-batch";
  readonly name: string;
  readonly method: Method;
}

type Given = Pick<TrainSettings, "optimizer" | "schedule" | "clip" | "average">;

/** The optimizer that the options ask for. @throws ArgumentError for what is none. */
export function optimizerOf(options: Given, plan: Plan): StepOptimizer | FullBatchOptimizer {
  const given: unknown =
    typeof options.optimizer === "function" ? options.optimizer(plan) : options.optimizer;
  const optimizer = given ?? adam();
  if (isFullBatchMethod(optimizer)) return fullBatch(optimizer, options);
  const main = transformationOf(optimizer);
  const { schedule, clip, average } = options;
  const factor = typeof schedule === "function" ? schedule(plan) : schedule;
  const plateau = isPlateau(factor) ? factor : undefined;
  let current = plateau?.init().rate ?? 1;
  const parts: SomeTransformation[] = [
    ...(clip === undefined ? [] : [clipping(clip)]),
    main,
    ...(factor === undefined
      ? []
      : [plateau ? following(plateau, () => current) : scale(asSchedule(factor))]),
    ...(average === undefined ? [] : [averaging(average)]),
  ];
  const whole = parts.length === 1 ? main : chain(...parts);
  const schedules = schedulesOf(optimizer);
  return {
    kind: "steps",
    name: nameOf(optimizer, main),
    settings: { name: whole.name, ...whole.settings },
    transformation: closed(whole),
    rate: (t) => {
      const rate = schedules?.rate?.at(t);
      if (rate === undefined) return undefined;
      if (factor === undefined) return rate;
      return rate * (plateau ? current : asSchedule(factor).at(t));
    },
    plateau,
    follow: ({ rate }) => {
      current = rate;
    },
  };
}

/** The types of state and numbers are the transformation's own business here. */
function closed(transformation: SomeTransformation): GradientTransformation<unknown, unknown, StepFacts> {
  return openly(transformation);
}

function fullBatch(method: Method, { schedule, clip, average }: Given): FullBatchOptimizer {
  const { name } = method.card;
  for (const [option, value] of Object.entries({ schedule, clip, average }))
    if (value !== undefined)
      throw new ArgumentError(
        `train({ ${option} }): belongs to first-order methods; ${name} chooses its own steps; leave it out, or take adam() or momentum()`,
      );
  return { kind: "full-batch", name, method };
}

/** Whether something is a method that needs the full batch. */
export function isFullBatchMethod(value: unknown): value is Method {
  return (
    typeof value === "object" &&
    value !== null &&
    "ask" in value &&
    "card" in value &&
    !("transformation" in value)
  );
}

function transformationOf(optimizer: unknown): SomeTransformation {
  const inner: unknown =
    typeof optimizer === "object" && optimizer !== null && "transformation" in optimizer
      ? optimizer.transformation
      : optimizer;
  if (isTransformation(inner)) return inner;
  const remedy = typeof optimizer === "function" ? "; call the factory: optimizer: adam()" : "";
  throw refusal("optimizer", "a method such as adam(), or a chain of transformations", optimizer, remedy);
}

function isTransformation(value: unknown): value is SomeTransformation {
  return typeof value === "object" && value !== null && "update" in value && "hyperparameters" in value;
}

function clipping(clip: unknown): SomeTransformation {
  if (typeof clip === "number") return clipByGlobalNorm(clip);
  if (isTransformation(clip)) return clip;
  throw refusal("clip", "the largest norm, or a transformation such as clipByValue(1)", clip);
}

/** Of a decay alone the average that begins with short memory: else a short run would answer with its beginning. */
function averaging(average: unknown): SomeTransformation {
  if (typeof average === "number") return rampedMovingAverage({ decay: average });
  if (isTransformation(average) && average.averaged !== undefined) return average;
  throw refusal("average", "a decay in [0, 1), or an average such as polyakRuppert()", average);
}

function isPlateau(value: unknown): value is Plateau {
  return typeof value === "object" && value !== null && "next" in value && "init" in value;
}

function asSchedule(value: unknown): Schedule {
  if (isSchedule(value)) return value;
  throw new ArgumentError(
    `train({ schedule }): must be a schedule of a factor such as cosineDecay({ from: 1, steps }), or plateau(); got ${showValue(value)}`,
  );
}

/** A factor that changes between epochs, known only while the run goes on. */
function following({ settings }: Plateau, factor: () => number): SomeTransformation {
  const scaling = scale(1);
  return { ...scaling, name: "scale-by-plateau", settings, hyperparameters: () => ({ factor: factor() }) };
}

function schedulesOf(optimizer: unknown): Readonly<Record<string, Schedule>> | undefined {
  const has = typeof optimizer === "object" && optimizer !== null && "schedules" in optimizer;
  return has ? (optimizer.schedules as Readonly<Record<string, Schedule>>) : undefined;
}

function nameOf(optimizer: unknown, main: SomeTransformation): string {
  const has = typeof optimizer === "object" && optimizer !== null && "card" in optimizer;
  return has ? (optimizer.card as Method["card"]).name : main.name;
}
