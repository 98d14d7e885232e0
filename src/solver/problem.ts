/** Who answers: what the loop needs of a problem. How problems are made is the business of the room `problem`. */
import type { Answer, Query, Want } from "./question.ts";

/** What is the same whether answers come at once or later. */
export interface ProblemFacts<W extends Want = Want> {
  /** The number of variables. */
  readonly dimension: number;
  /** Every kind of question that is answered. */
  readonly offers: readonly W[];
  /** What the result's point is evaluated for at the exit: the value, and the gradient where it costs little. */
  readonly certifies: readonly W[];
  /** How each kind is had, where it can be had in several ways: exactly, from the user, by differences. */
  readonly sources: Partial<Readonly<Record<Want, DerivativeSource>>>;
  /** Who computes; recorded in results and checkpoints, because bits depend on it. */
  readonly kernels: string;
}

/** How a kind of knowledge is had. */
export type DerivativeSource = "exact" | "given" | "differences";

/** A problem that answers at once. */
export interface Problem<W extends Want = Want> extends ProblemFacts<W> {
  readonly evaluate: (query: Query<W>) => Answer<W>;
}

/** A problem that answers later: a user's asynchronous function, workers, a laboratory. */
export interface AsyncProblem<W extends Want = Want> extends ProblemFacts<W> {
  readonly evaluate: (query: Query<W>) => Answer<W> | Promise<Answer<W>>;
}
