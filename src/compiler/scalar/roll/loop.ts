/** Loops that are found again in a list of steps: a body, and where its operands come from in each iteration. */
import type { Step } from "../../../tensor/graph.ts";
import type { Operand } from "../code.ts";

/** Where an operand of a step in the body of a loop comes from. */
export type Source = { readonly isTruth: boolean } & (
  | { readonly kind: "constant"; readonly value: number }
  /** The same place of the memory in each iteration. */
  | { readonly kind: "fixed"; readonly place: number }
  /** Place `place + stride · k` in iteration k. */
  | { readonly kind: "moving"; readonly place: number; readonly stride: number }
  /** The result of step `index` of the body, `back` iterations ago. */
  | { readonly kind: "own"; readonly index: number; readonly back: number }
);

/** A step of the body. */
export interface BodyStep {
  /** The step in the first iteration. */
  readonly step: Step;
  readonly sources: readonly Source[];
  readonly isTruth: boolean;
  /** Its result lies at `place + stride · k` after iteration k. */
  readonly place: number;
  readonly stride: number;
  /** Results that others read from the memory: none, the last one alone, or all. */
  readonly kept: "none" | "last" | "all";
  /** Places of the results before the first iteration, the latest first, where the body reads them. */
  readonly before: readonly number[];
}

/** A loop: `count` iterations of the steps of its body, in order. */
export interface Loop {
  readonly body: readonly BodyStep[];
  readonly count: number;
}

/** A result of the body in one turn of the code, in variables: two iterations as a pair, or one by one. */
export type Result =
  | { readonly kind: "pair"; readonly local: number }
  | { readonly kind: "singles"; readonly lanes: readonly Operand[] };
