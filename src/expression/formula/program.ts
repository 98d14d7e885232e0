/** What a formula becomes: instructions for a machine with a stack, in the order in which they run. */

import type { Operation } from "./operation.ts";

/** One instruction. Positions in `otherwise` and `end` are indices of instructions. */
export type Instruction =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "variable"; readonly index: number }
  /** Replaces the topmost `count` values by the operation's result. */
  | { readonly kind: "apply"; readonly operation: Operation; readonly count: number }
  /** Takes a condition; the side where it holds follows, the other starts at `otherwise`. */
  | { readonly kind: "branch"; readonly otherwise: number }
  /** Ends the side where the condition holds. */
  | { readonly kind: "else"; readonly end: number }
  /** Ends the other side: joins both. */
  | { readonly kind: "join" };

/** A formula that has been read: flat, so that neither a long nor a nested one exhausts the call stack. */
export interface Program {
  readonly instructions: readonly Instruction[];
  /** The names of variables in the order of their first appearance. */
  readonly variables: readonly string[];
}
