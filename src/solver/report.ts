/** What is told of a step to those who watch. */
import type { Checkpoint } from "./checkpoint.ts";
import type { Criteria } from "./criteria.ts";
import type { State } from "./method.ts";
import type { Counts } from "./question.ts";

/** One step. Its numbers are copies; it may be kept. */
export interface StepReport<X = Float64Array, S extends State = State> {
  /** How many steps have been taken, this one included. */
  readonly steps: number;
  /** The point reached. */
  readonly x: X;
  readonly value: number;
  /** ‖∇f(x)‖∞, where the method knows it. */
  readonly gradientNorm: number | undefined;
  /** ‖Δx‖₂. */
  readonly stepNorm: number;
  readonly criteria: Criteria;
  /** Evaluations so far, by kind. */
  readonly evaluations: Counts;
  /** Milliseconds so far. */
  readonly elapsed: number;
  /** The method's state; the next step may reuse its buffers, so clone what is to be kept. */
  readonly state: S;
  /**
   * The run as it stands, to be continued later.
   *
   * @throws ArgumentError when the run has gone on since.
   */
  readonly save: () => Checkpoint;
}
