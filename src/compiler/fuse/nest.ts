/**
 * What graphs become before they are written as code: units in the order in which they run. The most frequent is the nest, one set of
 * loops that computes a group of elementwise steps and the reductions that feed on them or that they feed on.
 */
import type { Dtype } from "../../tensor/dtype.ts";
import type { Step } from "../../tensor/graph.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { Place } from "./place.ts";

/** A value that a nest reads from memory: `strides` along each of its axes. */
export interface Load {
  readonly kind: "load";
  readonly root: number;
  readonly dtype: Dtype;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** What an elementwise step works on. */
export type Operand =
  | Load
  | { readonly kind: "value"; readonly slot: number }
  | { readonly kind: "constant"; readonly dtype: Dtype; readonly value: number };

/** How a reduction combines. */
export type Combination = "sum" | "max" | "min";

/** A value computed in a nest, element by element or by folding axes. */
export type Computation = {
  readonly slot: number;
  readonly dtype: Dtype;
  readonly shape: Shape;
  /** The axes of the nest that stand for its own axes longer than 1, in their order. */
  readonly axes: readonly number[];
  readonly operands: readonly Operand[];
} & (
  | { readonly kind: "map"; readonly step: Step }
  | { readonly kind: "copy" }
  | { readonly kind: "fold"; readonly combination: Combination; readonly over: readonly number[] }
);

/** A value that is written to memory: `strides` along each axis of the nest. */
export interface Store {
  readonly slot: number;
  readonly root: number;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Loops over some axes, outermost first. */
export interface Nest {
  readonly kind: "nest";
  /** Lengths, all larger than 1. */
  readonly axes: readonly number[];
  /**
   * The number of the first axis of a row: folds over just the axes from there on are used inside the nest, where the row is
   * walked again for what needs them.
   */
  readonly row: number;
  readonly computations: readonly Computation[];
  readonly stores: readonly Store[];
}

/** A matrix product; stacks of matrices are several. */
export interface Product {
  readonly kind: "product";
  readonly a: Place;
  readonly b: Place;
  readonly result: Place;
}

/** A convolution of contiguous operands. */
export interface Convolution {
  readonly kind: "convolution";
  readonly step: Extract<Step, { readonly primitive: "convolution" }>;
  readonly input: Place;
  readonly kernel: Place;
}

/** A step with a function of WebAssembly of its own (`routines/`), on contiguous operands. */
export interface Routine {
  readonly kind: "routine";
  readonly step: Step;
  readonly operands: readonly Place[];
  /** For each operand the value of all its elements, where that is known. */
  readonly known: readonly (number | undefined)[];
}

/** A step that contains graphs. */
export type ControlStep = Extract<Step, { readonly primitive: "scan" | "while" | "cond" }>;

/** A loop or a branch, whose graphs run in the same memory, on contiguous operands. */
export interface Control {
  readonly kind: "control";
  readonly step: ControlStep;
  readonly operands: readonly Place[];
}

/** A step evaluated by its primitive's reference rule, on contiguous operands. */
export interface Reference {
  readonly kind: "reference";
  readonly step: Step;
  readonly operands: readonly Place[];
}

/** What runs as a whole. */
export type Unit = Nest | Product | Convolution | Routine | Control | Reference;
