/** What a run comes to, in the loop's own terms: flat vectors. The verbs give it the caller's structure. */
import type { Checkpoint } from "./checkpoint.ts";
import type { Criteria } from "./criteria.ts";
import type { State } from "./method.ts";
import type { Counts } from "./question.ts";
import type { Reason } from "./reason.ts";
import type { History } from "./record.ts";

/** The end of a run. `converged` follows from the rest and is never true with a value that is not finite. */
export interface Outcome<S extends State = State> {
  /** The best point seen. */
  readonly x: Float64Array;
  /** f there, evaluated at the exit. */
  readonly value: number;
  /** ∇f there, where it was to be had. */
  readonly gradient: Float64Array | undefined;
  readonly reason: Reason;
  /** What exactly happened, in a sentence. */
  readonly detail: string;
  readonly converged: boolean;
  readonly criteria: Criteria;
  readonly steps: number;
  readonly evaluations: Counts;
  /** Milliseconds, earlier runs that this one continued included. */
  readonly elapsed: number;
  readonly history: History;
  readonly path: readonly Float64Array[] | undefined;
  /** What the function threw, where that ended the run; else why the last checkpoint could not be written. */
  readonly error: unknown;
  /** The method's last state. */
  readonly state: S;
  /** The run as it ended, to be continued with other limits. Its counts include the evaluation at the exit. */
  readonly save: () => Checkpoint;
}
