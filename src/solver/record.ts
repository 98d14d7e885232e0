/** What the loop itself remembers of a run: plain data, saved with the method's state. */
import { maxNorm } from "../core/vector.ts";
import type { Measured, Scale } from "./criteria.ts";
import type { State } from "./method.ts";
import { type Answer, type Counts, type Query, wants } from "./question.ts";

/** Figures of every step, the start first. */
export interface History {
  /** f at each point reached. */
  readonly value: number[];
  /** ‖∇f‖∞ there; NaN where the method does not know it. */
  readonly gradientNorm: number[];
  /** ‖Δx‖₂ of the step that led there; 0 at the start. */
  readonly stepNorm: number[];
}

/** A point and its value. */
export interface Seen {
  readonly x: Float64Array;
  readonly value: number;
}

/** The loop's memory. */
export interface RunRecord {
  readonly spent: Record<keyof Counts, number>;
  /** Milliseconds of earlier runs that this one continues. */
  readonly elapsedBefore: number;
  readonly history: History;
  /** Every point reached, where that was asked for. */
  readonly path: Float64Array[] | undefined;
  /** Known once the start was evaluated. */
  scale: Scale | undefined;
  /** The lowest value met, whether or not its point was accepted. */
  best: Seen | undefined;
  /** What the last step, or the start, was measured to be. */
  measured: Measured;
}

/** The memory of a run that has not begun. */
export function newRecord(recordPath: boolean): RunRecord {
  return {
    spent: noCounts(),
    elapsedBefore: 0,
    history: { value: [], gradientNorm: [], stepNorm: [] },
    path: recordPath ? [] : undefined,
    scale: undefined,
    best: undefined,
    measured: {},
  };
}

/** The memory of a run that is continued; a path that was not kept begins where the run is taken up. */
export function continuedRecord(record: RunRecord, { x }: Pick<State, "x">, recordPath: boolean): RunRecord {
  return { ...record, path: recordPath ? (record.path ?? [x.slice()]) : undefined };
}

function noCounts(): Record<keyof Counts, number> {
  return { value: 0, gradient: 0, hessian: 0, hessianProduct: 0, residuals: 0, jacobian: 0 };
}

/** Adds what an answer cost. */
export function spend(spent: Record<keyof Counts, number>, more: Partial<Counts>): void {
  for (const kind of wants) {
    const count = more[kind];
    if (count !== undefined) spent[kind] += count;
  }
}

/** Evaluations of all kinds together. */
export function total(spent: Counts): number {
  let sum = 0;
  for (const kind of wants) sum += spent[kind];
  return sum;
}

/** Keeps the lowest finite value among the points of a query. */
export function keepBest(record: RunRecord, { points }: Query, { evaluations }: Answer): void {
  for (let i = 0; i < points.length; i++) keepIfBest(record, points[i], evaluations[i]?.value);
}

function keepIfBest(record: RunRecord, x: Float64Array | undefined, value: number | undefined): void {
  if (x === undefined || value === undefined || !Number.isFinite(value)) return;
  if (record.best === undefined || value < record.best.value) record.best = { x: x.slice(), value };
}

/** Notes a point reached. Its value may be one that only the method knows, such as ½‖r‖² of residuals. */
export function note(record: RunRecord, { x, value, gradient }: State, stepNorm: number): void {
  const { history, path } = record;
  history.value.push(value ?? Number.NaN);
  history.gradientNorm.push(gradient === undefined ? Number.NaN : maxNorm(gradient));
  history.stepNorm.push(stepNorm);
  path?.push(x.slice());
  keepIfBest(record, x, value);
}
