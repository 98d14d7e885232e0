/** The words the walk is written in: the walker, scopes, jumps. */
import type { Expression, Node, Statement } from "acorn";
import type { Tensor } from "../../tensor/index.ts";
import type { Mask } from "./branching/mask.ts";
import type { AnyFunction, FunctionNode, Source } from "./source.ts";

/** A variable: `slot` holds its value, or its versions when it was assigned under traced conditions. */
export interface Binding {
  readonly kind: "const" | "let" | "var";
  slot: unknown;
  /** Where it was created: an assignment under the same mask needs no select. */
  created: Mask;
  /** False between the beginning of the block and the declaration. */
  ready: boolean;
}

/** Lanes that left their statement: for the end of the function, of a loop or a labelled block, or for its next round. */
export interface Jump {
  readonly kind: "return" | "break" | "continue";
  readonly label: string | undefined;
  readonly mask: Mask;
  readonly value: unknown;
}

/** One call of a function. */
export interface Frame {
  readonly source: Source;
  /** The jumps that have not reached their target yet. */
  jumps: Jump[];
}

/** The variables of a block or function, inside those around it. */
export interface Scope {
  readonly bindings: Map<string, Binding>;
  readonly parent: Scope | undefined;
  readonly frame: Frame;
  /** At the outermost scope of a source: what the function captured, as far as anybody told. */
  readonly captured: Readonly<Record<string, unknown>> | undefined;
}

/** A function of the walked source together with the variables it sees. */
export interface Closure {
  readonly node: FunctionNode;
  readonly scope: Scope;
  /** The function value itself, once there is one. */
  self: AnyFunction | undefined;
}

/** What an optional chain gives once its object was missing: the rest of the chain is skipped. */
export const SKIPPED: unique symbol = Symbol("skipped");

/** A function of JavaScript that the walk carries out itself. */
export type Builtin = (walker: Walker, args: readonly unknown[], self: unknown) => unknown;

/** What an array stands for when the source made a typed one: values stored are rounded as that type does. */
export interface TypedKind {
  readonly name: string;
  readonly convert: (value: number) => number;
  readonly isFloat64: boolean;
}

/** An array or object of the walk's own. */
export interface Owned {
  readonly created: Mask;
  readonly kind: TypedKind | undefined;
}

/** An array or object that is one of two, by a traced condition: writes go to both, under their masks. */
export interface Choice {
  /** Grows with creation, so a choice can only stand for containers with smaller numbers. */
  readonly order: number;
  readonly condition: Tensor;
  readonly yes: object;
  readonly no: object;
}

/** The state of one walk, and its four verbs. */
export interface Walker {
  /** The lanes being followed now. */
  mask: Mask;
  /** Where we are, for errors. */
  node: Node;
  source: Source;
  /** Calls within calls. */
  depth: number;
  /** Loop rounds and calls so far. */
  rounds: number;
  /** Traced operations so far. */
  operations: number;
  choicesMade: number;
  readonly owned: WeakMap<object, Owned>;
  readonly choices: WeakMap<object, Choice>;
  /** The choices an array or object takes part in. */
  readonly chosen: WeakMap<object, object[]>;
  readonly closures: WeakMap<object, Closure>;
  readonly rows: WeakMap<Tensor, readonly Tensor[]>;
  readonly evaluate: (node: Expression, scope: Scope) => unknown;
  /** Evaluates for the effects alone. */
  readonly perform: (node: Expression, scope: Scope) => void;
  /** Runs a statement; afterwards `mask` is the lanes that reached its end, and the others are in the frame's jumps. */
  readonly execute: (node: Statement, scope: Scope) => void;
  readonly call: (callee: unknown, self: unknown, args: readonly unknown[]) => unknown;
  readonly closure: (node: FunctionNode, scope: Scope) => unknown;
}
